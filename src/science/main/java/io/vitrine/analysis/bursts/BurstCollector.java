package io.vitrine.analysis.bursts;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.InOrder;
import io.vitrine.analysis.window.Keep;
import io.vitrine.analysis.window.Kept;
import io.vitrine.dynamics.WindowSpec;
import io.vitrine.format.wire.Columns;
import io.vitrine.learning.sampling.HopPeaks;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Finds bursts of rearrangement in one simulation while its windows pass, and keeps their frames.
 *
 * <p>A burst begins with a window that {@link BurstRule} says belongs to one. Windows that do and
 * whose frames touch its own prolong it; it is over when one comes that no longer could, or at
 * {@value #MOST_FRAMES} frames, where the next one begins. Windows are taken in order ({@link
 * InOrder}), so the bursts are a function of the complete windows alone, however they come.
 *
 * <p>Frames and p_hop are kept apart, one entry a time ({@link Keep}): those of the last half
 * window, or, in a burst, from its first frame on.
 */
public final class BurstCollector {
  /** Frames of a burst at most; what lasts longer is cut. */
  static final int MOST_FRAMES = 120;

  private static final byte VERSION = 2;
  private static final long NONE = Long.MIN_VALUE;

  private final AnalysisSpec spec;
  private final BurstRule rule;
  private final long stepMillis;
  private final long halfMillis;
  private InOrder order = new InOrder();
  private final TreeSet<Long> structures = new TreeSet<>();
  private final TreeSet<Long> values = new TreeSet<>();
  private String simulation = "";
  private long windows;
  private long sum;
  private long squares;
  private long first = NONE;
  private long last = NONE;
  private long peak;

  private BurstCollector(AnalysisSpec spec, BurstRule rule) {
    WindowSpec window = spec.window();
    this.spec = spec;
    this.rule = rule;
    this.stepMillis = window.intervalMillis();
    this.halfMillis = (long) window.halfFrames() * window.intervalMillis();
  }

  /** Of one simulation, from its first window on. */
  public static BurstCollector of(AnalysisSpec spec, BurstRule rule) {
    return new BurstCollector(spec, rule);
  }

  /** Takes a window; returns the bursts that are over. */
  public List<Burst> accept(HopFrame window, Keep keep) {
    List<Burst> over = new ArrayList<>();
    for (HopFrame each : order.accept(window.number(), window, keep.early())) {
      take(each, keep, over);
    }
    return over;
  }

  /** No window follows. */
  public List<Burst> finish(Keep keep) {
    List<Burst> over = new ArrayList<>();
    for (HopFrame each : order.finish(keep.early())) {
      take(each, keep, over);
    }
    if (first != NONE) {
      over.add(end(keep));
    }
    forget(keep.structures(), structures, Long.MAX_VALUE);
    forget(keep.pHop(), values, Long.MAX_VALUE);
    return over;
  }

  private void take(HopFrame window, Keep keep, List<Burst> over) {
    long time = window.timeMillis();
    double[] pHop = window.pHop();
    simulation = window.simulation();
    keep.structures().put(time - spec.lagMillis(), window.structure());
    structures.add(time - spec.lagMillis());
    keep.pHop().put(time, pHop);
    values.add(time);
    if (first != NONE && time > last + 2 * halfMillis + stepMillis) {
      over.add(end(keep));
    }
    long hops = HopPeaks.above(pHop, spec.hopThreshold()).length;
    if (rule.isBurst(hops, pHop.length, windows, sum, squares)) {
      if (first != NONE && (time - first + 2 * halfMillis) / stepMillis + 1 > MOST_FRAMES) {
        over.add(end(keep));
      }
      first = first == NONE ? time : first;
      last = time;
      peak = Math.max(peak, hops);
    }
    windows++;
    sum += hops;
    squares += hops * hops;
    long from = (first == NONE ? time + stepMillis : first) - halfMillis;
    forget(keep.structures(), structures, from);
    forget(keep.pHop(), values, from);
  }

  private static void forget(Kept<?> kept, NavigableSet<Long> known, long from) {
    for (long millis : List.copyOf(known.headSet(from, false))) {
      kept.remove(millis);
      known.remove(millis);
    }
  }

  /** The burst under way with the frames that are there. */
  private Burst end(Keep keep) {
    List<Frame> frames = new ArrayList<>();
    List<double[]> pHop = new ArrayList<>();
    for (long millis : structures.subSet(first - halfMillis, true, last + halfMillis, true)) {
      frames.add(keep.structures().get(millis));
      pHop.add(values.contains(millis) ? keep.pHop().get(millis) : null);
    }
    Burst burst = new Burst(simulation, first, last, peak, frames, pHop);
    first = NONE;
    last = NONE;
    peak = 0;
    return burst;
  }

  /** A copy that changes on its own. */
  public BurstCollector copy() {
    try {
      return decode(encode(), spec, rule);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All but what is kept apart: equal contents give equal bytes. */
  public byte[] encode() {
    Columns.Writer out = new Columns.Writer(4096).put(VERSION).put(simulation);
    order.encode(out);
    for (TreeSet<Long> times : List.of(structures, values)) {
      out.put(times.size());
      times.forEach(out::put);
    }
    return out.put(windows).put(sum).put(squares).put(first).put(last).put(peak).toBytes();
  }

  /** Reads what {@link #encode} wrote. */
  public static BurstCollector decode(byte[] bytes, AnalysisSpec spec, BurstRule rule)
      throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "burst state");
    byte version = in.getByte();
    if (version != VERSION) {
      throw new IOException("burst state has version " + version + ", expected " + VERSION);
    }
    BurstCollector collector = new BurstCollector(spec, rule);
    collector.simulation = in.getString();
    collector.order = InOrder.decode(in);
    for (TreeSet<Long> times : List.of(collector.structures, collector.values)) {
      for (int n = in.getInt(); n > 0; n--) {
        times.add(in.getLong());
      }
    }
    collector.windows = in.getLong();
    collector.sum = in.getLong();
    collector.squares = in.getLong();
    collector.first = in.getLong();
    collector.last = in.getLong();
    collector.peak = in.getLong();
    in.end();
    return collector;
  }
}
