package io.vitrine.dynamics;

/**
 * sum_f |r(t_{f+1}) - r(t_f)| over the frames of a window: how far a particle went in all, the
 * alternative to p_hop as a label of activity.
 *
 * <p>Units: sigma. One frame gives 0. It depends on the interval between frames, which therefore
 * belongs to the number. The paper names this label without a formula; we take the length of the
 * path, not the distance between its ends, which is {@link WindowHops#displacement()}.
 */
public final class CumulativeDisplacement {
  private CumulativeDisplacement() {}

  /** Length [n] of paths given as positions [frames][3n] relative to any common frame. */
  public static double[] of(double[][] relative) {
    double[] length = new double[relative[0].length / 3];
    for (int f = 1; f < relative.length; f++) {
      double[] a = relative[f - 1];
      double[] b = relative[f];
      for (int i = 0; i < length.length; i++) {
        double dx = b[3 * i] - a[3 * i];
        double dy = b[3 * i + 1] - a[3 * i + 1];
        double dz = b[3 * i + 2] - a[3 * i + 2];
        length[i] += Math.sqrt(dx * dx + dy * dy + dz * dz);
      }
    }
    return length;
  }
}
