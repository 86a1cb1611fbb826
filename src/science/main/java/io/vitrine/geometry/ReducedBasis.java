package io.vitrine.geometry;

/**
 * Shortest edges that span a given lattice of one, two or three dimensions in space.
 *
 * <p>An edge is shortened by whole multiples of the others until no combination with coefficients
 * -1, 0, 1 of the others makes any edge shorter: the conditions of Minkowski in three dimensions.
 */
final class ReducedBasis {
  /** A gain smaller than this is rounding, and would continue for ever. */
  private static final double GAIN = 1 - 1e-12;

  private ReducedBasis() {}

  /** Reduces the edges in place. */
  static void reduce(double[][] edge) {
    for (int e = 0; e < edge.length; e++) {
      edge[e] = edge[e].clone();
    }
    boolean shorter = true;
    while (shorter) {
      shorter = false;
      for (int e = 0; e < edge.length; e++) {
        shorter |= shorten(edge, e);
      }
    }
  }

  /** Rows r_e in the span of the edges with r_e . edge_f = 1 for e = f, 0 else. */
  static double[][] dual(double[][] edge) {
    int n = edge.length;
    double[][] dual = new double[n][];
    for (int e = 0; e < n; e++) {
      double[] row = edge[e].clone();
      if (n == 3) {
        row = cross(edge[(e + 1) % 3], edge[(e + 2) % 3]);
      } else if (n == 2) {
        double[] other = edge[1 - e];
        add(row, other, -dot(row, other) / dot(other, other));
      }
      double scale = 1 / dot(row, edge[e]);
      dual[e] = new double[] {row[0] * scale, row[1] * scale, row[2] * scale};
    }
    return dual;
  }

  private static boolean shorten(double[][] edge, int e) {
    double before = dot(edge[e], edge[e]);
    for (int other = 0; other < edge.length; other++) {
      if (other != e) {
        double times = Math.rint(dot(edge[e], edge[other]) / dot(edge[other], edge[other]));
        tryAdding(edge, e, other, -times, other, 0);
      }
    }
    if (edge.length == 3) {
      int f = (e + 1) % 3;
      int g = (e + 2) % 3;
      for (int sign = 0; sign < 4; sign++) {
        tryAdding(edge, e, f, (sign & 1) * 2 - 1, g, (sign & 2) - 1);
      }
    }
    return dot(edge[e], edge[e]) < before * GAIN;
  }

  private static void tryAdding(double[][] edge, int e, int f, double m, int g, double n) {
    double[] trial = edge[e].clone();
    add(trial, edge[f], m);
    add(trial, edge[g], n);
    if (dot(trial, trial) < dot(edge[e], edge[e]) * GAIN) {
      edge[e] = trial;
    }
  }

  private static void add(double[] to, double[] what, double times) {
    for (int d = 0; d < 3; d++) {
      to[d] += times * what[d];
    }
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0],
    };
  }
}
