package io.vitrine.analysis.window;

import io.vitrine.format.wire.Columns;
import io.vitrine.learning.Model;
import io.vitrine.results.bins.Binning;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.CounterTotal;
import io.vitrine.results.rows.HistogramTotal;
import io.vitrine.results.rows.ResultRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums of {@link WindowCounts}: integers, so the same whatever the order and the number of workers.
 *
 * <p>Accept, merge, result. Size: some thousand occupied bins, about 20 kB, whatever the length of
 * the run.
 */
public final class CountTotals {
  private static final byte VERSION = 1;

  private long windows;
  private final TreeMap<String, TreeMap<Integer, Long>> histograms = new TreeMap<>();
  private final TreeMap<ModelVersion, Counter> counters = new TreeMap<>();

  private record Counter(long windows, SortedMap<Integer, long[]> bins) {}

  /** Adds one window. */
  public CountTotals accept(WindowCounts counts) {
    windows++;
    counts
        .histograms()
        .forEach(
            (kind, pairs) -> {
              TreeMap<Integer, Long> bins = histograms.computeIfAbsent(kind, k -> new TreeMap<>());
              for (int i = 0; i < pairs.length; i += 2) {
                bins.merge(pairs[i], (long) pairs[i + 1], Long::sum);
              }
            });
    counts
        .counters()
        .forEach(
            (model, triples) -> {
              Counter old = counters.getOrDefault(model, new Counter(0, new TreeMap<>()));
              for (int i = 0; i < triples.length; i += 3) {
                add(old.bins, triples[i], triples[i + 1], triples[i + 2]);
              }
              counters.put(model, new Counter(old.windows + 1, old.bins));
            });
    return this;
  }

  /** Adds what another has counted of other windows. */
  public CountTotals merge(CountTotals other) {
    windows += other.windows;
    other.histograms.forEach(
        (kind, bins) -> {
          TreeMap<Integer, Long> own = histograms.computeIfAbsent(kind, k -> new TreeMap<>());
          bins.forEach((bin, count) -> own.merge(bin, count, Long::sum));
        });
    other.counters.forEach(
        (model, counter) -> {
          Counter old = counters.getOrDefault(model, new Counter(0, new TreeMap<>()));
          counter.bins.forEach((bin, c) -> add(old.bins, bin, c[0], c[1]));
          counters.put(model, new Counter(old.windows + counter.windows, old.bins));
        });
    return this;
  }

  private static void add(Map<Integer, long[]> bins, int bin, long structures, long hops) {
    long[] both = bins.computeIfAbsent(bin, b -> new long[2]);
    both[0] += structures;
    both[1] += hops;
  }

  /** Windows added so far. */
  public long windows() {
    return windows;
  }

  /** The totals as rows: histograms and, per model version, rearrangement counters. */
  public List<ResultRow> totals(String study, String simulation, double temperature) {
    return totals(study, simulation, temperature, counters.keySet());
  }

  /** The same of some model versions only, those that have changed. */
  public List<ResultRow> totals(
      String study, String simulation, double temperature, Set<ModelVersion> models) {
    SortedMap<ModelVersion, Counter> some = new TreeMap<>(counters);
    some.keySet().retainAll(models);
    List<ResultRow> rows = new ArrayList<>();
    histograms.forEach(
        (kind, bins) ->
            rows.add(
                new HistogramTotal(study, simulation, kind, windows, binning(kind), list(bins))));
    some.forEach((key, counter) -> rows.add(scores(study, simulation, key, counter)));
    some.forEach(
        (key, counter) ->
            rows.add(
                new CounterTotal(
                    study,
                    simulation,
                    key.model(),
                    key.version(),
                    temperature,
                    counter.windows,
                    bins(counter))));
    return rows;
  }

  /**
   * The distribution of a model's raw score: the structures of its counters. Versions of a model
   * that is trained during the run have scales of their own, so each has its own.
   */
  private static HistogramTotal scores(
      String study, String simulation, ModelVersion key, Counter counter) {
    List<HistogramTotal.Bin> bins = new ArrayList<>(counter.bins.size());
    counter.bins.forEach((bin, c) -> bins.add(new HistogramTotal.Bin(bin, c[0])));
    String model = key.model();
    String kind = "score:" + model + (model.equals(Model.LIVE) ? "@" + key.version() : "");
    return new HistogramTotal(study, simulation, kind, counter.windows, Binning.RAW_SCORE, bins);
  }

  /** The totals as rows of one block of time: rearrangement counters per model version. */
  public List<ResultRow> block(String study, String simulation, double temperature, long block) {
    List<ResultRow> rows = new ArrayList<>();
    counters.forEach(
        (key, counter) ->
            rows.add(
                new CounterBlock(
                    study,
                    simulation,
                    key.model(),
                    key.version(),
                    temperature,
                    CounterBlock.DEFAULT_MILLIS,
                    block,
                    counter.windows,
                    bins(counter))));
    return rows;
  }

  private static Binning binning(String kind) {
    return switch (kind) {
      case WindowMeasure.P_HOP -> Binning.P_HOP;
      case WindowMeasure.VAN_HOVE_1D -> Binning.DISPLACEMENT;
      case WindowMeasure.VAN_HOVE_R -> Binning.DISTANCE;
      default -> throw new IllegalStateException("no binning for histogram " + kind);
    };
  }

  private static List<HistogramTotal.Bin> list(Map<Integer, Long> bins) {
    List<HistogramTotal.Bin> list = new ArrayList<>(bins.size());
    bins.forEach((bin, count) -> list.add(new HistogramTotal.Bin(bin, count)));
    return list;
  }

  private static List<CounterBin> bins(Counter counter) {
    List<CounterBin> list = new ArrayList<>(counter.bins.size());
    counter.bins.forEach((bin, c) -> list.add(new CounterBin(bin, c[0], c[1])));
    return list;
  }

  /** The byte form: version, windows, bins. */
  public byte[] toBytes() {
    Columns.Writer out = new Columns.Writer(16384);
    out.put(VERSION).put(windows).put(histograms.size());
    histograms.forEach(
        (kind, bins) -> {
          out.put(kind).put(bins.size());
          for (Map.Entry<Integer, Long> e : bins.entrySet()) {
            out.put(e.getKey().intValue()).put(e.getValue().longValue());
          }
        });
    out.put(counters.size());
    counters.forEach(
        (model, counter) -> {
          out.put(model.model()).put(model.version()).put(counter.windows).put(counter.bins.size());
          for (Map.Entry<Integer, long[]> e : counter.bins.entrySet()) {
            out.put(e.getKey().intValue()).put(e.getValue()[0]).put(e.getValue()[1]);
          }
        });
    return out.toBytes();
  }

  /** Reads the byte form. */
  public static CountTotals fromBytes(byte[] bytes) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "count totals");
    byte version = in.getByte();
    if (version != VERSION) {
      throw new IOException("count totals have version " + version + ", expected " + VERSION);
    }
    CountTotals totals = new CountTotals();
    totals.windows = in.getLong();
    int kinds = in.getInt();
    for (int k = 0; k < kinds; k++) {
      TreeMap<Integer, Long> bins = new TreeMap<>();
      totals.histograms.put(in.getString(), bins);
      int n = in.getInt();
      for (int i = 0; i < n; i++) {
        bins.put(in.getInt(), in.getLong());
      }
    }
    int models = in.getInt();
    for (int m = 0; m < models; m++) {
      ModelVersion model = new ModelVersion(in.getString(), in.getString());
      Counter counter = new Counter(in.getLong(), new TreeMap<>());
      totals.counters.put(model, counter);
      int n = in.getInt();
      for (int i = 0; i < n; i++) {
        counter.bins.put(in.getInt(), new long[] {in.getLong(), in.getLong()});
      }
    }
    in.end();
    return totals;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof CountTotals that && Arrays.equals(toBytes(), that.toBytes()));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }
}
