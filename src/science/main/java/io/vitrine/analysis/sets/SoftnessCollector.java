package io.vitrine.analysis.sets;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.SoftnessRule;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.InOrder;
import io.vitrine.analysis.window.Keep;
import io.vitrine.analysis.window.Kept;
import io.vitrine.format.run.SampleShard;
import io.vitrine.format.wire.Columns;
import io.vitrine.learning.sampling.HopPeaks;
import io.vitrine.learning.sampling.KeyedSample;
import io.vitrine.learning.sampling.QuietRun;
import io.vitrine.learning.sampling.QuietRuns;
import io.vitrine.model.Frame;
import io.vitrine.results.rows.TrainingCountRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Collects the samples of the softness rule of one simulation while its windows pass: hops with the
 * structure before them, and the structures in the middle of long quiet runs.
 *
 * <p>Quiet runs need windows in order ({@link InOrder}); a window that is missing ends all runs.
 * Only windows at whole tau count.
 *
 * <p>Structures and p_hop are kept apart, one entry a frame ({@link Keep}), and only as long as
 * they can become the middle of a run under way: at most 127 frames. The rest of the state is about
 * 5 bytes a particle and 40 bytes a wanted sample, with a calibrated threshold 200 bytes a particle
 * more.
 */
public final class SoftnessCollector {
  private static final byte VERSION = 2;
  private static final long TAU = 1_000;

  private final AnalysisSpec spec;
  private final SoftnessRule rule;
  private QuietRuns quiet;
  private HopPeaks peaks;
  private KeyedSample hops;
  private KeyedSample quiets;
  private long windows;
  private long lastMillis;
  private InOrder order = new InOrder();
  private final TreeSet<Long> structures = new TreeSet<>();
  private final TreeSet<Long> values = new TreeSet<>();

  private SoftnessCollector(AnalysisSpec spec) {
    this.spec = spec;
    this.rule = spec.training().softness();
  }

  /** Of one simulation, from its first window on. */
  public static SoftnessCollector of(AnalysisSpec spec) {
    return new SoftnessCollector(spec);
  }

  /** Windows taken so far, without those held. */
  public long windows() {
    return windows;
  }

  /** Takes a window; returns the samples it made known. */
  public List<SoftnessSamples> accept(HopFrame window, Keep keep) {
    List<SoftnessSamples> found = new ArrayList<>();
    for (HopFrame each : order.accept(window.number(), window, keep.early())) {
      take(each, keep, found);
    }
    return found;
  }

  /** No window follows: takes what is held and ends all runs. */
  public List<SoftnessSamples> finish(Keep keep) {
    List<SoftnessSamples> found = new ArrayList<>();
    for (HopFrame each : order.finish(keep.early())) {
      take(each, keep, found);
    }
    if (quiet != null) {
      sampleRuns(quiet.finish(), lastMillis + TAU, keep, found);
    }
    forget(keep.structures(), structures, structures);
    forget(keep.pHop(), values, values);
    return found;
  }

  private void take(HopFrame window, Keep keep, List<SoftnessSamples> found) {
    long time = window.timeMillis();
    if (Math.floorMod(time, TAU) >= spec.intervalMillis()) {
      return;
    }
    Frame frame = window.structure();
    int[] targets = frame.particles().indicesOf(spec.targets());
    int[] ids = frame.particles().ids(targets);
    lastMillis = time;
    if (quiet == null) {
      begin(window.simulation(), ids);
    }
    windows++;
    long structureMillis = time - spec.lagMillis();
    SoftnessSamples hopping = hops(window, structureMillis, targets, ids);
    if (hopping.indices().length > 0) {
      found.add(hopping);
    }
    keep.structures().put(structureMillis, frame);
    structures.add(structureMillis);
    keep.pHop().put(time, window.pHop());
    values.add(time);
    sampleRuns(quiet.accept(time, window.pHop()), time, keep, found);
    long from = quiet.earliestMiddle();
    forget(keep.structures(), structures, structures.headSet(from, false));
    forget(keep.pHop(), values, values.headSet(from, false));
  }

  private void begin(String simulation, int[] ids) {
    quiet = QuietRuns.of(ids, rule.levels(), rule.isCalibrated() ? rule.size() : Long.MAX_VALUE);
    peaks = rule.peaks() ? HopPeaks.of(ids, spec.hopThreshold()) : null;
    hops = KeyedSample.of(rule.size(), TrainingSpec.SEED, simulation);
    quiets =
        rule.isCalibrated() ? null : KeyedSample.of(rule.size(), TrainingSpec.SEED, simulation);
  }

  /** Hops of a window that may be in the draw when all is seen. */
  private SoftnessSamples hops(HopFrame window, long structureMillis, int[] targets, int[] ids) {
    long time = window.timeMillis();
    Rows rows = new Rows();
    if (peaks == null) {
      int[] above = HopPeaks.above(window.pHop(), spec.hopThreshold());
      int[] hopping = Arrays.stream(above).map(i -> ids[i]).toArray();
      for (int k : hops.accept(time, hopping)) {
        rows.add(targets[above[k]], hopping[k], time, time, window.pHop()[above[k]], 0, 0);
      }
    } else {
      List<HopPeaks.Candidate> candidates = peaks.accept(time, window.pHop());
      for (HopPeaks.Candidate c : candidates) {
        if (c.start() == time) {
          hops.offer(time, c.particle());
        }
      }
      for (HopPeaks.Candidate c : candidates) {
        if (hops.keeps(c.start(), c.particle())) {
          rows.add(
              targets[c.index()], c.particle(), time, c.start(), window.pHop()[c.index()], 0, 0);
        }
      }
    }
    return rows.samples(window.structure(), time, structureMillis, 1);
  }

  /** Structures in the middle of runs that are over, one element a frame. */
  private void sampleRuns(
      List<QuietRun> runs, long windowMillis, Keep keep, List<SoftnessSamples> found) {
    TreeMap<Long, List<QuietRun>> byMiddle = new TreeMap<>();
    for (QuietRun run : runs) {
      if (quiets == null || quiets.offer(run.first(), run.particle())) {
        byMiddle.computeIfAbsent(run.middle(), m -> new ArrayList<>()).add(run);
      }
    }
    for (var e : byMiddle.entrySet()) {
      long middle = e.getKey();
      Frame frame = keep.structures().get(middle);
      double[] pHop = keep.pHop().get(middle);
      int[] targets = frame.particles().indicesOf(spec.targets());
      int[] ids = frame.particles().ids(targets);
      TreeMap<Integer, Integer> places = new TreeMap<>();
      for (int i = 0; i < ids.length; i++) {
        places.put(ids[i], i);
      }
      Rows rows = new Rows();
      for (QuietRun run : e.getValue()) {
        int i = places.get(run.particle());
        rows.add(
            targets[i],
            run.particle(),
            middle,
            run.first(),
            pHop[i],
            run.lowestLevel(),
            run.highestLevel());
      }
      found.add(rows.samples(frame, windowMillis, middle, -1));
    }
  }

  private static void forget(Kept<?> kept, NavigableSet<Long> known, Collection<Long> some) {
    for (long time : List.copyOf(some)) {
      kept.remove(time);
      known.remove(time);
    }
  }

  /** Samples of one frame, column by column. */
  private static final class Rows {
    private final List<int[]> whole = new ArrayList<>();
    private final List<long[]> long2 = new ArrayList<>();
    private final List<Double> pHop = new ArrayList<>();

    private void add(
        int index, int id, long time, long start, double value, int lowest, int highest) {
      whole.add(new int[] {index, id, lowest, highest});
      long2.add(new long[] {time, start});
      pHop.add(value);
    }

    private int[] column(int c) {
      return whole.stream().mapToInt(r -> r[c]).toArray();
    }

    private SoftnessSamples samples(Frame frame, long window, long structure, int label) {
      byte[] labels = new byte[whole.size()];
      Arrays.fill(labels, (byte) label);
      return new SoftnessSamples(
          frame,
          column(0),
          new SampleShard(
              frame.simulation(),
              window,
              structure,
              column(1),
              labels,
              long2.stream().mapToLong(r -> r[0]).toArray(),
              long2.stream().mapToLong(r -> r[1]).toArray(),
              pHop.stream().mapToDouble(Double::doubleValue).toArray(),
              column(2),
              column(3),
              new float[0]));
    }
  }

  /** How far the two halves have come; none before the first window. */
  public List<TrainingCountRow> counts(String study, String simulation) {
    if (quiet == null) {
      return List.of();
    }
    long found = peaks == null ? hops.seen() : peaks.hops();
    long[] runs = quiet.counts();
    int level = 0;
    if (rule.isCalibrated()) {
      long wanted = Math.min(rule.size(), Math.max(1, found));
      level = QuietRuns.calibrate(List.of(runs), wanted);
    }
    long most = level < 0 ? LongStream.of(runs).max().orElse(0) : runs[level];
    double threshold = level < 0 ? Double.NaN : quiet.levels()[level];
    return List.of(
        new TrainingCountRow(
            study,
            simulation,
            "hops",
            windows,
            found,
            Math.min(found, rule.size()),
            rule.size(),
            spec.hopThreshold()),
        new TrainingCountRow(
            study,
            simulation,
            "quiet",
            windows,
            most,
            Math.min(most, rule.size()),
            rule.size(),
            threshold));
  }

  /** A copy that changes on its own. */
  public SoftnessCollector copy() {
    try {
      return decode(encode(), spec);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All but what is kept apart: equal contents give equal bytes. */
  public byte[] encode() {
    Columns.Writer out = new Columns.Writer(1 << 16).put(VERSION).put(windows).put(lastMillis);
    order.encode(out);
    for (TreeSet<Long> times : List.of(structures, values)) {
      out.put(times.size());
      times.forEach(out::put);
    }
    out.put(quiet == null ? 0 : 1);
    if (quiet != null) {
      out.put(quiet.encode()).put(hops.encode());
      out.put(peaks == null ? null : peaks.encode()).put(quiets == null ? null : quiets.encode());
    }
    return out.toBytes();
  }

  /** Reads what {@link #encode} wrote. */
  public static SoftnessCollector decode(byte[] bytes, AnalysisSpec spec) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "softness state");
    byte version = in.getByte();
    if (version != VERSION) {
      throw new IOException("softness state has version " + version + ", expected " + VERSION);
    }
    SoftnessCollector collector = new SoftnessCollector(spec);
    collector.windows = in.getLong();
    collector.lastMillis = in.getLong();
    collector.order = InOrder.decode(in);
    for (TreeSet<Long> times : List.of(collector.structures, collector.values)) {
      for (int n = in.getInt(); n > 0; n--) {
        times.add(in.getLong());
      }
    }
    if (in.getInt() != 0) {
      collector.quiet = QuietRuns.decode(in.getBytes());
      collector.hops = KeyedSample.decode(in.getBytes());
      byte[] peaks = in.getBytes();
      byte[] quiets = in.getBytes();
      collector.peaks = peaks == null ? null : HopPeaks.decode(peaks);
      collector.quiets = quiets == null ? null : KeyedSample.decode(quiets);
    }
    in.end();
    return collector;
  }
}
