package io.vitrine.learning;

import java.util.Arrays;

/**
 * Dual variables of the linear hinge SVM by a primal-dual interior-point method: max over 0 &lt;=
 * alpha &lt;= C of sum alpha - |A' alpha|^2 / 2, row i of A being y_i (z_i, bias feature).
 *
 * <p>The number of steps hardly depends on C (10 to 40). Each solves (A A' + D) x = r with a
 * diagonal D through an [m, m] matrix, m = d + 1 (Woodbury), so a step costs O(n m^2), memory O(n
 * m). Mehrotra's predictor and corrector with one step length. Sums run in the order of the
 * samples: same input, same bits.
 *
 * @see <a href="https://doi.org/10.1137/S1052623400374379">Ferris and Munson 2002</a>
 */
final class InteriorPoint {
  private static final int STEPS = 80;

  /** How far to go towards the nearest bound. */
  private static final double NEARLY = 0.995;

  private final double[][] a;
  private final double c;
  private final int n;
  private final int m;
  private final double[] alpha;
  private final double[] lower;
  private final double[] upper;
  private final double[][] matrix;
  private final double[] diagonal;
  private double dual;
  private int steps;

  /**
   * @param a [n][m] samples times their labels
   * @param c the bound C
   */
  InteriorPoint(double[][] a, double c) {
    this.a = a;
    this.c = c;
    this.n = a.length;
    this.m = a[0].length;
    this.alpha = new double[n];
    this.lower = new double[n];
    this.upper = new double[n];
    this.matrix = new double[m][m];
    this.diagonal = new double[n];
    Arrays.fill(alpha, c / 2);
    Arrays.fill(lower, 1);
    Arrays.fill(upper, 1);
  }

  /** The dual variables [n] where the complementarity is below {@code tolerance} of the dual. */
  double[] solve(double tolerance) {
    double[] affine = new double[n];
    double[] step = new double[n];
    double[] right = new double[n];
    for (int k = 0; k < STEPS; k++) {
      double mu = complementarity(0, affine, affine, affine);
      double[] gradient = gradient();
      if (dual > 0 && 2 * n * mu <= tolerance * dual) {
        break;
      }
      if (!factorize()) {
        break;
      }
      System.arraycopy(gradient, 0, right, 0, n);
      solveSystem(right, affine);
      double[] dLower = new double[n];
      double[] dUpper = new double[n];
      for (int i = 0; i < n; i++) {
        dLower[i] = -lower[i] - lower[i] / alpha[i] * affine[i];
        dUpper[i] = -upper[i] + upper[i] / (c - alpha[i]) * affine[i];
      }
      double length = Math.min(1.0, longest(affine, dLower, dUpper));
      double after = complementarity(length, affine, dLower, dUpper);
      double centre = mu * Math.pow(after / mu, 3);
      for (int i = 0; i < n; i++) {
        double s = c - alpha[i];
        double below = (centre - affine[i] * dLower[i]) / alpha[i];
        double above = (centre + affine[i] * dUpper[i]) / s;
        right[i] = gradient[i] + below - above;
        dLower[i] = below - lower[i];
        dUpper[i] = above - upper[i];
      }
      solveSystem(right, step);
      for (int i = 0; i < n; i++) {
        dLower[i] -= lower[i] / alpha[i] * step[i];
        dUpper[i] += upper[i] / (c - alpha[i]) * step[i];
      }
      if (!Double.isFinite(Arrays.stream(step).sum())) {
        break;
      }
      double go = Math.min(1.0, NEARLY * longest(step, dLower, dUpper));
      for (int i = 0; i < n; i++) {
        alpha[i] += go * step[i];
        lower[i] += go * dLower[i];
        upper[i] += go * dUpper[i];
      }
      steps++;
      Arrays.fill(affine, 0);
    }
    return alpha;
  }

  /** Steps taken so far. */
  int steps() {
    return steps;
  }

  /** Mean of what should vanish, alpha z and (C - alpha) v, after a step. */
  private double complementarity(double length, double[] d, double[] dLower, double[] dUpper) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (alpha[i] + length * d[i]) * (lower[i] + length * dLower[i]);
      sum += (c - alpha[i] - length * d[i]) * (upper[i] + length * dUpper[i]);
    }
    return sum / (2 * n);
  }

  /** 1 - A A' alpha; the dual's value on the way. */
  private double[] gradient() {
    double[] w = new double[m];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < m; k++) {
        w[k] += alpha[i] * a[i][k];
      }
    }
    double[] gradient = new double[n];
    dual = -dot(w, w) / 2;
    for (int i = 0; i < n; i++) {
      gradient[i] = 1 - dot(a[i], w);
      dual += alpha[i];
    }
    return gradient;
  }

  /**
   * Cholesky factor of 1 + A' D^-1 A, D = z / alpha + v / (C - alpha); false where rounding spoils
   * it.
   */
  private boolean factorize() {
    for (double[] row : matrix) {
      Arrays.fill(row, 0);
    }
    for (int i = 0; i < n; i++) {
      diagonal[i] = lower[i] / alpha[i] + upper[i] / (c - alpha[i]);
    }
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      addFour(i);
    }
    for (; i < n; i++) {
      double[] x = a[i];
      for (int k = 0; k < m; k++) {
        double factor = x[k] / diagonal[i];
        double[] row = matrix[k];
        for (int l = 0; l <= k; l++) {
          row[l] += factor * x[l];
        }
      }
    }
    for (int k = 0; k < m; k++) {
      double[] row = matrix[k];
      row[k] += 1;
      for (int l = 0; l <= k; l++) {
        double sum = row[l];
        for (int j = 0; j < l; j++) {
          sum -= row[j] * matrix[l][j];
        }
        row[l] = l == k ? Math.sqrt(sum) : sum / matrix[l][l];
      }
      if (!(row[k] > 0)) {
        return false;
      }
    }
    return true;
  }

  /** Four samples at once: the matrix is read and written a quarter as often. */
  private void addFour(int i) {
    double[] x0 = a[i];
    double[] x1 = a[i + 1];
    double[] x2 = a[i + 2];
    double[] x3 = a[i + 3];
    for (int k = 0; k < m; k++) {
      double f0 = x0[k] / diagonal[i];
      double f1 = x1[k] / diagonal[i + 1];
      double f2 = x2[k] / diagonal[i + 2];
      double f3 = x3[k] / diagonal[i + 3];
      double[] row = matrix[k];
      for (int l = 0; l <= k; l++) {
        row[l] += f0 * x0[l] + f1 * x1[l] + f2 * x2[l] + f3 * x3[l];
      }
    }
  }

  /** x of (A A' + D) x = r. */
  private void solveSystem(double[] r, double[] x) {
    double[] t = new double[m];
    for (int i = 0; i < n; i++) {
      double scaled = r[i] / diagonal[i];
      for (int k = 0; k < m; k++) {
        t[k] += scaled * a[i][k];
      }
    }
    for (int k = 0; k < m; k++) {
      for (int l = 0; l < k; l++) {
        t[k] -= matrix[k][l] * t[l];
      }
      t[k] /= matrix[k][k];
    }
    for (int k = m - 1; k >= 0; k--) {
      for (int l = k + 1; l < m; l++) {
        t[k] -= matrix[l][k] * t[l];
      }
      t[k] /= matrix[k][k];
    }
    for (int i = 0; i < n; i++) {
      x[i] = (r[i] - dot(a[i], t)) / diagonal[i];
    }
  }

  /** How far one can go before a variable is negative, at most 1 / {@value #NEARLY}. */
  private double longest(double[] d, double[] dLower, double[] dUpper) {
    double most = 1 / NEARLY;
    for (int i = 0; i < n; i++) {
      most = Math.min(most, d[i] < 0 ? -alpha[i] / d[i] : most);
      most = Math.min(most, d[i] > 0 ? (c - alpha[i]) / d[i] : most);
      most = Math.min(most, dLower[i] < 0 ? -lower[i] / dLower[i] : most);
      most = Math.min(most, dUpper[i] < 0 ? -upper[i] / dUpper[i] : most);
    }
    return most;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += x[k] * y[k];
    }
    return sum;
  }
}
