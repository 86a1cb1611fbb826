package io.vitrine.analysis;

import io.vitrine.dynamics.WindowSpec;
import io.vitrine.format.Columns;
import io.vitrine.format.FrameCodec;
import io.vitrine.learning.HopPeaks;
import io.vitrine.model.Frame;
import java.io.IOException;
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
 * WindowOrder}), so the bursts are a function of the complete windows alone, however they come.
 *
 * <p>Frames and p_hop are kept apart, one entry a time ({@link Keep}): those of the last half
 * window, or, in a burst, from its first frame on.
 */
public final class BurstCollector {
  /** Frames of a burst at most; what lasts longer is cut. */
  static final int MOST_FRAMES = 120;

  private static final byte VERSION = 1;
  private static final long NONE = Long.MIN_VALUE;

  private final AnalysisSpec spec;
  private final BurstRule rule;
  private final long stepMillis;
  private final long halfMillis;
  private WindowOrder order;
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
    this.order = new WindowOrder(stepMillis);
  }

  /** Of one simulation, from its first window on. */
  public static BurstCollector of(AnalysisSpec spec, BurstRule rule) {
    return new BurstCollector(spec, rule);
  }

  /** Takes a window; returns the bursts that are over. */
  public List<Burst> accept(HopFrame window, Keep keep) throws IOException {
    List<Burst> over = new ArrayList<>();
    for (HopFrame each : order.accept(window, keep)) {
      take(each, keep, over);
    }
    return over;
  }

  /** No window follows. */
  public List<Burst> finish(Keep keep) throws IOException {
    List<Burst> over = new ArrayList<>();
    for (HopFrame each : order.finish(keep)) {
      take(each, keep, over);
    }
    if (first != NONE) {
      over.add(end(keep));
    }
    forget(Keep.Kind.STRUCTURE, structures, Long.MAX_VALUE, keep);
    forget(Keep.Kind.P_HOP, values, Long.MAX_VALUE, keep);
    return over;
  }

  private void take(HopFrame window, Keep keep, List<Burst> over) throws IOException {
    long time = window.timeMillis();
    double[] pHop = window.pHop();
    simulation = window.simulation();
    keep(Keep.Kind.STRUCTURE, structures, time - spec.lagMillis(), frame(window), keep);
    byte[] packed = new Columns.Writer(8 * pHop.length + 8).put(pHop).toBytes();
    keep(Keep.Kind.P_HOP, values, time, packed, keep);
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
    forget(Keep.Kind.STRUCTURE, structures, from, keep);
    forget(Keep.Kind.P_HOP, values, from, keep);
  }

  private static byte[] frame(HopFrame window) {
    return FrameCodec.encode(window.structure());
  }

  private static void keep(
      Keep.Kind kind, NavigableSet<Long> known, long millis, byte[] bytes, Keep keep) {
    keep.put(kind, millis, bytes);
    known.add(millis);
  }

  private static void forget(Keep.Kind kind, NavigableSet<Long> known, long from, Keep keep) {
    for (long millis : List.copyOf(known.headSet(from, false))) {
      keep.remove(kind, millis);
      known.remove(millis);
    }
  }

  /** The burst under way with the frames that are there. */
  private Burst end(Keep keep) throws IOException {
    List<Frame> frames = new ArrayList<>();
    List<double[]> pHop = new ArrayList<>();
    for (long millis : structures.subSet(first - halfMillis, true, last + halfMillis, true)) {
      frames.add(FrameCodec.decode(keep.get(Keep.Kind.STRUCTURE, millis)));
      pHop.add(
          values.contains(millis)
              ? new Columns.Reader(keep.get(Keep.Kind.P_HOP, millis), "p_hop").getDoubles()
              : null);
    }
    Burst burst = new Burst(simulation, first, last, peak, frames, pHop);
    first = NONE;
    last = NONE;
    peak = 0;
    return burst;
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
    collector.order = WindowOrder.decode(in, collector.stepMillis);
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
