package io.vitrine.benchmarks;

import io.vitrine.model.Frame;

/** g(r) of one frame by brute force over all pairs, r below half the box: a study's oracle. */
final class PairHistogram {
  private PairHistogram() {}

  /** g_AA, g_AB, g_BB in bins [b width, (b+1) width) of a cubic box. */
  static double[][] of(Frame frame, double width, int bins) {
    int n = frame.count();
    double edge = frame.box().lx();
    double[] x = frame.positions();
    byte[] types = frame.particles().types();
    long[][] counts = new long[3][bins];
    double limit = Math.min(bins * width, edge / 2);
    double squared = limit * limit;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        double dx = nearest(x[3 * i] - x[3 * j], edge);
        double dy = nearest(x[3 * i + 1] - x[3 * j + 1], edge);
        double dz = nearest(x[3 * i + 2] - x[3 * j + 2], edge);
        double r2 = dx * dx + dy * dy + dz * dz;
        if (r2 < squared) {
          int bin = (int) (Math.sqrt(r2) / width);
          if (bin < bins) {
            counts[types[i] + types[j]][bin]++;
          }
        }
      }
    }
    double a = frame.particles().indicesOf(io.vitrine.model.Species.A).length;
    double[] pairs = {a * (a - 1) / 2, a * (n - a), (n - a) * (n - a - 1) / 2};
    double[][] g = new double[3][bins];
    for (int b = 0; b < bins; b++) {
      double shell = 4.0 / 3 * Math.PI * (Math.pow((b + 1) * width, 3) - Math.pow(b * width, 3));
      for (int pair = 0; pair < 3; pair++) {
        g[pair][b] = counts[pair][b] / (pairs[pair] * shell / frame.box().volume());
      }
    }
    return g;
  }

  private static double nearest(double d, double edge) {
    return d > edge / 2 ? d - edge : d < -edge / 2 ? d + edge : d;
  }
}
