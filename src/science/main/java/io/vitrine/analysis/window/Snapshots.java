package io.vitrine.analysis.window;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.results.rows.SnapshotRow;
import java.util.List;

/**
 * What is kept of a window to look at: every particle of the frame at t - 2 tau, wrapped into the
 * box, with p_hop(t) and score of the targets, all identifiers and types.
 *
 * <p>A function of the window alone, for the first window of every {@value #EVERY_MILLIS} ms, so
 * that what is kept does not depend on order or workers. Beyond {@value #MOST} particles every k-th
 * by index is kept, with the smallest k that is enough. Cost: 32 bytes a particle and no neighbour
 * search; the store keeps the newest {@link SnapshotRow#KEPT}.
 */
public final class Snapshots {
  /** Distance of snapshots, ms of event time: 5 tau, half a window. */
  static final int EVERY_MILLIS = 5000;

  /** Most particles of a snapshot: 1.6 MB of float32. */
  static final int MOST = 50_000;

  private Snapshots() {}

  static boolean isKept(long timeMillis, int intervalMillis) {
    return Math.floorMod(timeMillis, EVERY_MILLIS) < intervalMillis;
  }

  /**
   * @param targets indices of the particles that p_hop and score belong to
   * @param score of each target, or null without a model
   */
  static SnapshotRow of(String study, HopFrame hops, int[] targets, String model, double[] score) {
    Particles particles = hops.structure().particles();
    return of(
        study,
        hops.timeMillis(),
        hops.structure(),
        model,
        particles.spread(hops.pHop(), targets),
        particles.spread(score, targets));
  }

  /**
   * Of a frame whatever its time.
   *
   * @param pHop of every particle, NaN where it has none
   * @param score of every particle, NaN where it has none
   */
  public static SnapshotRow of(
      String study, long timeMillis, Frame frame, String model, double[] pHop, double[] score) {
    int n = frame.count();
    int stride = Math.max(1, (n + MOST - 1) / MOST);
    int count = (n + stride - 1) / stride;
    double[] diameters = frame.particles().diameters();
    float[] values = new float[(SnapshotRow.FIELDS + 3) * count];
    for (int k = 0; k < count; k++) {
      int at = SnapshotRow.FIELDS * k;
      place(frame, k * stride, values, at);
      values[at + 3] = (float) pHop[k * stride];
      values[at + 4] = (float) score[k * stride];
      values[SnapshotRow.FIELDS * count + k] =
          diameters == null ? Float.NaN : (float) diameters[k * stride];
      values[(SnapshotRow.FIELDS + 1) * count + k] = frame.particles().ids()[k * stride];
      values[(SnapshotRow.FIELDS + 2) * count + k] = frame.particles().types()[k * stride];
    }
    Box box = frame.box();
    return new SnapshotRow(
        study,
        frame.simulation(),
        timeMillis,
        model,
        List.of(box.lx(), box.ly(), box.lz(), box.xy(), box.xz(), box.yz()),
        count,
        SnapshotRow.pack(values));
  }

  /**
   * Writes the position of a particle relative to the lower corner, wrapped along periodic edges.
   */
  private static void place(Frame frame, int i, float[] values, int at) {
    Box box = frame.box();
    double x = frame.positions()[3 * i] - box.originX();
    double y = frame.positions()[3 * i + 1] - box.originY();
    double z = frame.positions()[3 * i + 2] - box.originZ();
    double fz = z / box.lz();
    double fy = (y - box.yz() * fz) / box.ly();
    double fx = (x - box.xy() * fy - box.xz() * fz) / box.lx();
    double a = box.periodicX() ? Math.floor(fx) : 0;
    double b = box.periodicY() ? Math.floor(fy) : 0;
    double c = box.periodicZ() ? Math.floor(fz) : 0;
    x -= a * box.lx() + b * box.xy() + c * box.xz();
    y -= b * box.ly() + c * box.yz();
    z -= c * box.lz();
    values[at] = (float) x;
    values[at + 1] = (float) y;
    values[at + 2] = (float) z;
  }
}
