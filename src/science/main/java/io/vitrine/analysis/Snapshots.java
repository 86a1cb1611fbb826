package io.vitrine.analysis;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.results.SnapshotRow;
import java.util.Arrays;
import java.util.List;

/**
 * What is kept of a window to look at: every particle of the frame at t - 2 tau, wrapped into the
 * box, with p_hop(t) and score of the targets.
 *
 * <p>A function of the window alone, for windows whose centre lies on a grid of {@value
 * #EVERY_MILLIS} ms, so that what is kept does not depend on order or workers. Beyond {@value
 * #MOST} particles every k-th by index is kept, with the smallest k that is enough. Cost: 20 bytes
 * a particle and no neighbour search; the store keeps the newest {@link SnapshotRow#KEPT}.
 */
final class Snapshots {
  /** Distance of snapshots, ms of event time: 5 tau, half a window. */
  static final int EVERY_MILLIS = 5000;

  /** Most particles of a snapshot: 1 MB of float32. */
  static final int MOST = 50_000;

  private Snapshots() {}

  static boolean isKept(long timeMillis) {
    return Math.floorMod(timeMillis, EVERY_MILLIS) == 0;
  }

  /**
   * @param targets indices of the particles that p_hop and score belong to
   * @param score of each target, or null without a model
   */
  static SnapshotRow of(String study, HopFrame hops, int[] targets, String model, double[] score) {
    Frame frame = hops.structure();
    int n = frame.count();
    float[] pHopOfAll = new float[n];
    float[] scoreOfAll = new float[n];
    Arrays.fill(pHopOfAll, Float.NaN);
    Arrays.fill(scoreOfAll, Float.NaN);
    for (int k = 0; k < targets.length; k++) {
      pHopOfAll[targets[k]] = (float) hops.pHop()[k];
      if (score != null) {
        scoreOfAll[targets[k]] = (float) score[k];
      }
    }
    int stride = Math.max(1, (n + MOST - 1) / MOST);
    int count = (n + stride - 1) / stride;
    float[] values = new float[SnapshotRow.FIELDS * count];
    for (int k = 0; k < count; k++) {
      int at = SnapshotRow.FIELDS * k;
      place(frame, k * stride, values, at);
      values[at + 3] = pHopOfAll[k * stride];
      values[at + 4] = scoreOfAll[k * stride];
    }
    Box box = frame.box();
    return new SnapshotRow(
        study,
        hops.simulation(),
        hops.timeMillis(),
        model,
        List.of(box.lx(), box.ly(), box.lz(), box.xy(), box.xz(), box.yz()),
        count,
        SnapshotRow.pack(values));
  }

  /** Writes the position of a particle relative to the lower corner, wrapped into the box. */
  private static void place(Frame frame, int i, float[] values, int at) {
    Box box = frame.box();
    double x = frame.positions()[3 * i] - box.originX();
    double y = frame.positions()[3 * i + 1] - box.originY();
    double z = frame.positions()[3 * i + 2] - box.originZ();
    double fz = z / box.lz();
    double fy = (y - box.yz() * fz) / box.ly();
    double fx = (x - box.xy() * fy - box.xz() * fz) / box.lx();
    double a = Math.floor(fx);
    double b = Math.floor(fy);
    double c = Math.floor(fz);
    x -= a * box.lx() + b * box.xy() + c * box.xz();
    y -= b * box.ly() + c * box.yz();
    z -= c * box.lz();
    values[at] = (float) x;
    values[at + 1] = (float) y;
    values[at + 2] = (float) z;
  }
}
