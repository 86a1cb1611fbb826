package io.vitrine.analysis.window;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.format.wire.Columns;
import io.vitrine.format.wire.FrameCodec;
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
  /** Of a particle that does not move at all, so that its logarithm is a number; sigma^2. */
  public static final double LEAST_P_HOP = 1e-12;

  private static final byte VERSION = 3;

  private final long number;
  private final long timeMillis;
  private final Frame structure;
  private final double[] pHop;
  private final double[] pHopOfExported;
  private final double[] displacement;
  private final double[] msd;
  private final double largestStep;
  private final SortedMap<String, int[]> histograms;

  /** Of the window with this number; the rest as the accessors say. */
  public HopFrame(
      long number,
      long timeMillis,
      Frame structure,
      double[] pHop,
      double[] pHopOfExported,
      double[] displacement,
      double[] msd,
      double largestStep,
      SortedMap<String, int[]> histograms) {
    this.number = number;
    this.timeMillis = timeMillis;
    this.structure = structure;
    this.pHop = pHop;
    this.pHopOfExported = pHopOfExported;
    this.displacement = displacement;
    this.msd = msd;
    this.largestStep = largestStep;
    this.histograms = histograms;
  }

  /** Complete windows of the simulation before this one. */
  public long number() {
    return number;
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

  /** p_hop [n] of the particles that exports hold, frozen, or null where these are the targets. */
  public double[] pHopOfExported() {
    return pHopOfExported;
  }

  /**
   * What the tails of the training sets are tails of [n]: p_hop of the targets, or their
   * displacement over the window where the analysis takes that for a label.
   */
  public double[] label() {
    return displacement == null ? pHop : displacement;
  }

  /** Displacement of the targets over the window [n], sigma, or null where it is no label. */
  double[] displacement() {
    return displacement;
  }

  /**
   * A label of the targets [n]: p_hop; ln p_hop, where less than {@value #LEAST_P_HOP} counts as
   * that; or the displacement over the window, null where it was not measured.
   */
  public double[] values(TrainingSpec.Label label) {
    return switch (label) {
      case P_HOP -> pHop;
      case LOG_P_HOP -> Arrays.stream(pHop).map(HopFrame::logarithm).toArray();
      case DISPLACEMENT -> displacement;
    };
  }

  private static double logarithm(double pHop) {
    return StrictMath.log(Math.max(LEAST_P_HOP, pHop));
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
    out.put(VERSION).put(number).put(timeMillis).put(frame).put(pHop).put(pHopOfExported);
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
    long number = in.getLong();
    long time = in.getLong();
    Frame frame = FrameCodec.decode(in.getBytes());
    double[] pHop = in.getDoubles();
    double[] pHopOfExported = in.getDoubles();
    double[] displacement = in.getDoubles();
    double[] msd = in.getDoubles();
    double largestStep = in.getDouble();
    int kinds = in.getInt();
    SortedMap<String, int[]> histograms = new TreeMap<>();
    for (int k = 0; k < kinds; k++) {
      histograms.put(in.getString(), in.getInts());
    }
    in.end();
    return new HopFrame(
        number, time, frame, pHop, pHopOfExported, displacement, msd, largestStep, histograms);
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
