package io.vitrine.analysis;

import io.vitrine.model.Check;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Weighted least squares for y = sum_k a_k u^k.
 *
 * <p>Minimizes chi^2 = sum_i (y_i - f(u_i))^2 / v_i with known variances v_i; the covariance of the
 * coefficients is (X' V^-1 X)^-1, not scaled by chi^2. By QR of the weighted design matrix; u is
 * shifted to its weighted mean first, so that a quadratic is as well conditioned as a line. Cost
 * O(points).
 */
final class WeightedFit {
  private final double[] coefficients;
  private final double[][] covariance;
  private final double chiSquared;
  private final int points;

  private WeightedFit(double[] coefficients, double[][] covariance, double chi, int points) {
    this.coefficients = coefficients;
    this.covariance = covariance;
    this.chiSquared = chi;
    this.points = points;
  }

  /** Fits a polynomial of that degree; needs more than {@code degree} distinct abscissae. */
  static WeightedFit polynomial(double[] u, double[] y, double[] variances, int degree) {
    if (u.length <= degree) {
      throw Check.refuse("points", "be > degree = " + degree, u.length);
    }
    double weightSum = 0;
    double centre = 0;
    for (int i = 0; i < u.length; i++) {
      weightSum += 1 / variances[i];
      centre += u[i] / variances[i];
    }
    centre /= weightSum;
    double[][] design = new double[u.length][degree + 1];
    double[] right = new double[u.length];
    for (int i = 0; i < u.length; i++) {
      double scale = 1 / Math.sqrt(variances[i]);
      double power = scale;
      for (int k = 0; k <= degree; k++) {
        design[i][k] = power;
        power *= u[i] - centre;
      }
      right[i] = y[i] * scale;
    }
    RealMatrix x = new Array2DRowRealMatrix(design, false);
    RealVector a = new QRDecomposition(x).getSolver().solve(new ArrayRealVector(right, false));
    double residual = x.operate(a).subtract(new ArrayRealVector(right, false)).getNorm();
    RealMatrix inverse = new QRDecomposition(x.transpose().multiply(x)).getSolver().getInverse();
    RealMatrix shift = shift(centre, degree);
    return new WeightedFit(
        shift.operate(a).toArray(),
        shift.multiply(inverse).multiply(shift.transpose()).getData(),
        residual * residual,
        u.length);
  }

  /** Coefficient of u^k. */
  double coefficient(int k) {
    return coefficients[k];
  }

  /** Standard error of the coefficient of u^k. */
  double error(int k) {
    return Math.sqrt(covariance[k][k]);
  }

  double covariance(int j, int k) {
    return covariance[j][k];
  }

  double chiSquared() {
    return chiSquared;
  }

  int degreesOfFreedom() {
    return points - coefficients.length;
  }

  /** Turns coefficients in powers of (u - centre) into coefficients in powers of u. */
  private static RealMatrix shift(double centre, int degree) {
    double[][] matrix = new double[degree + 1][degree + 1];
    for (int k = 0; k <= degree; k++) {
      double term = 1; // binomial(k, j) (-centre)^(k - j), from j = k down
      for (int j = k; j >= 0; j--) {
        matrix[j][k] = term;
        term *= -centre * j / (k - j + 1);
      }
    }
    return new Array2DRowRealMatrix(matrix, false);
  }
}
