package io.vitrine.analysis;

import io.vitrine.format.Columns;
import io.vitrine.format.FrameCodec;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one complete window says of the motion of the targets, with the frame whose structure goes
 * with it.
 *
 * <p>Carries p_hop [n] of the targets at the centre t, the frame at t - 2 tau, mean squared
 * displacements, and the histograms of the window as sparse (bin, count) pairs by kind.
 */
public final class HopFrame {
  private static final byte VERSION = 2;

  private final long timeMillis;
  private final Frame structure;
  private final double[] pHop;
  private final double[] pHopOfAll;
  private final double[] displacement;
  private final double[] msd;
  private final double largestStep;
  private final SortedMap<String, int[]> histograms;

  HopFrame(
      long timeMillis,
      Frame structure,
      double[] pHop,
      double[] pHopOfAll,
      double[] displacement,
      double[] msd,
      double largestStep,
      SortedMap<String, int[]> histograms) {
    this.timeMillis = timeMillis;
    this.structure = structure;
    this.pHop = pHop;
    this.pHopOfAll = pHopOfAll;
    this.displacement = displacement;
    this.msd = msd;
    this.largestStep = largestStep;
    this.histograms = histograms;
  }

  /** Identifier of the simulation. */
  public String simulation() {
    return structure.simulation();
  }

  /** Centre of the window, ms of event time. */
  public long timeMillis() {
    return timeMillis;
  }

  /** The frame at t - 2 tau. */
  public Frame structure() {
    return structure;
  }

  /** p_hop [n] of the targets in particle order, sigma^2, frozen. */
  public double[] pHop() {
    return pHop;
  }

  /** p_hop [N] of all particles, frozen, or null where only the targets count. */
  public double[] pHopOfAll() {
    return pHopOfAll;
  }

  /**
   * What the tails of the training sets are tails of [n]: p_hop of the targets, or their
   * displacement over the window where the analysis takes that for a label.
   */
  public double[] label() {
    return displacement == null ? pHop : displacement;
  }

  /** Mean squared displacement at lags 1, 2, ..., 10 tau from the first frame, sigma^2, frozen. */
  public double[] msd() {
    return msd;
  }

  /** Longest step found by minimum image over half the box. */
  public double largestStep() {
    return largestStep;
  }

  /** Sparse histograms by kind: bin, count, bin, count, ... with ascending bins. */
  public SortedMap<String, int[]> histograms() {
    return histograms;
  }

  /** The byte form: version, columns. */
  public byte[] toBytes() {
    byte[] frame = FrameCodec.encode(structure);
    Columns.Writer out = new Columns.Writer(frame.length + 8 * pHop.length + 8192);
    out.put(VERSION).put(timeMillis).put(frame).put(pHop).put(pHopOfAll);
    out.put(displacement).put(msd).put(largestStep);
    out.put(histograms.size());
    histograms.forEach((kind, bins) -> out.put(kind).put(bins));
    return out.toBytes();
  }

  /** Reads the byte form. */
  public static HopFrame fromBytes(byte[] bytes) throws IOException {
    Columns.Reader in = new Columns.Reader(bytes, "hop frame");
    byte version = in.getByte();
    if (version != VERSION) {
      throw new IOException("hop frame has version " + version + ", expected " + VERSION);
    }
    long time = in.getLong();
    Frame frame = FrameCodec.decode(in.getBytes());
    double[] pHop = in.getDoubles();
    double[] pHopOfAll = in.getDoubles();
    double[] displacement = in.getDoubles();
    double[] msd = in.getDoubles();
    double largestStep = in.getDouble();
    int kinds = in.getInt();
    SortedMap<String, int[]> histograms = new TreeMap<>();
    for (int k = 0; k < kinds; k++) {
      histograms.put(in.getString(), in.getInts());
    }
    in.end();
    return new HopFrame(time, frame, pHop, pHopOfAll, displacement, msd, largestStep, histograms);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof HopFrame that && Arrays.equals(toBytes(), that.toBytes()));
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(timeMillis) + Arrays.hashCode(pHop);
  }

  @Override
  public String toString() {
    return "HopFrame[" + simulation() + ", t " + timeMillis / 1000.0 + ", n " + pHop.length + "]";
  }

  static void checkTargets(int n, Frame frame, AnalysisSpec spec) {
    if (n == 0) {
      throw Check.refuse(
          "particles of species " + spec.targets() + " in " + frame.simulation(), "be > 0", n);
    }
  }
}
