package io.vitrine.learning.ridge;

/**
 * x of A x = b for a symmetric positive definite A, by A = U'U. Row by row, four pivots in one pass
 * over the rest of the matrix. Time: n^3 / 3 multiplications.
 */
final class Cholesky {
  private static final int TOGETHER = 4;

  private final double[][] u;

  private Cholesky(double[][] u) {
    this.u = u;
  }

  /**
   * Factors a matrix.
   *
   * @param a rows [n][n], of which the upper triangle is read and overwritten
   * @return null where A is not positive definite within rounding
   */
  static Cholesky of(double[][] a) {
    int n = a.length;
    for (int k = 0; k < n; k += TOGETHER) {
      int end = Math.min(n, k + TOGETHER);
      for (int p = k; p < end; p++) {
        for (int q = k; q < p; q++) {
          subtract(a[p], a[q], a[q][p], p, n);
        }
        if (!(a[p][p] > 0)) {
          return null;
        }
        double root = Math.sqrt(a[p][p]);
        for (int l = p; l < n; l++) {
          a[p][l] /= root;
        }
      }
      for (int i = end; i < n; i++) {
        if (end - k == TOGETHER) {
          subtract(a[i], a[k], a[k + 1], a[k + 2], a[k + 3], i, n);
        }
      }
    }
    return new Cholesky(a);
  }

  private static void subtract(double[] row, double[] pivot, double factor, int from, int n) {
    for (int l = from; l < n; l++) {
      row[l] -= factor * pivot[l];
    }
  }

  private static void subtract(
      double[] row, double[] p, double[] q, double[] r, double[] s, int i, int n) {
    double pi = p[i];
    double qi = q[i];
    double ri = r[i];
    double si = s[i];
    for (int l = i; l < n; l++) {
      row[l] -= (pi * p[l] + qi * q[l]) + (ri * r[l] + si * s[l]);
    }
  }

  /** x [n] of A x = b. */
  double[] solve(double[] b) {
    int n = u.length;
    double[] x = b.clone();
    for (int k = 0; k < n; k++) {
      x[k] /= u[k][k];
      subtract(x, u[k], x[k], k + 1, n);
    }
    for (int k = n - 1; k >= 0; k--) {
      double sum = x[k];
      for (int l = k + 1; l < n; l++) {
        sum -= u[k][l] * x[l];
      }
      x[k] = sum / u[k][k];
    }
    return x;
  }
}
