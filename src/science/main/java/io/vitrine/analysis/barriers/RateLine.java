package io.vitrine.analysis.barriers;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * A polynomial in u = 1/T through the rates of one bin, fitted by likelihood.
 *
 * <p>eta(u) = sum_k a_k u^k is ln(T r), or ln r without the prefactor, where r is P_R or the hazard
 * -ln(1 - P_R), over the number of windows that see one hop. The counts of each temperature are
 * binomial, so temperatures without a hop count as they should. The likelihood is maximized by
 * iteratively reweighted least squares with steps that are halved until it grows; the covariance of
 * the coefficients is the inverse of the expected information. chi^2 is the deviance, 2
 * ln(likelihood of the counts themselves / likelihood of the fit), with points - coefficients
 * degrees of freedom. u is shifted to its mean, so that a parabola is as well conditioned as a
 * line. Cost: some ten passes over the points.
 *
 * <p>Reference: McCullagh and Nelder, Generalized Linear Models (1989), sections 2.5 and 4.4.
 */
final class RateLine {
  private static final int STEPS = 100;
  private static final int HALVINGS = 40;

  /** Relative gain of the log-likelihood below which nothing is gained: rounding of its sum. */
  private static final double GAIN = 1e-13;

  /** Smallest and largest probability that the likelihood is computed for. */
  private static final double EDGE = 1e-300;

  private final RatePoints points;
  private final double centre;
  private final double[] shifted;
  private final RealMatrix covariance;
  private final double deviance;

  private RateLine(
      RatePoints points, double centre, double[] shifted, RealMatrix covariance, double deviance) {
    this.points = points;
    this.centre = centre;
    this.shifted = shifted;
    this.covariance = covariance;
    this.deviance = deviance;
  }

  /** Fits a polynomial of that degree, 1 or 2; null where the points do not determine it. */
  static RateLine of(RatePoints points, int degree, KramersSettings settings) {
    if (points.count() <= degree || points.withHops() <= degree) {
      return null;
    }
    double centre = 0;
    for (double u : points.u) {
      centre += u / points.count();
    }
    double[] a = start(points, centre, degree, settings);
    double likelihood = likelihood(points, centre, a, settings);
    for (int step = 0; step < STEPS; step++) {
      double[][] system = system(points, centre, a, settings);
      RealMatrix inverse = inverse(system, degree);
      if (inverse == null) {
        return null;
      }
      double[] change = inverse.operate(system[degree + 1]);
      double scale = 1;
      double better = likelihood(points, centre, moved(a, change, scale), settings);
      for (int h = 0; h < HALVINGS && !(better >= likelihood); h++) {
        scale /= 2;
        better = likelihood(points, centre, moved(a, change, scale), settings);
      }
      if (!(better >= likelihood)) {
        break;
      }
      a = moved(a, change, scale);
      double gain = better - likelihood;
      likelihood = better;
      if (gain <= GAIN * Math.abs(likelihood)) {
        break;
      }
    }
    RealMatrix inverse = inverse(system(points, centre, a, settings), degree);
    if (inverse == null) {
      return null;
    }
    return new RateLine(points, centre, a, inverse, 2 * (saturated(points) - likelihood));
  }

  /** Value at u. */
  double at(double u) {
    return at(shifted, u - centre);
  }

  /** Standard error of the value at u. */
  double errorAt(double u) {
    double v = u - centre;
    double variance = 0;
    for (int j = 0; j < shifted.length; j++) {
      for (int k = 0; k < shifted.length; k++) {
        variance += covariance.getEntry(j, k) * Math.pow(v, j + (double) k);
      }
    }
    return Math.sqrt(variance);
  }

  /** Derivative by u at u = 0 for a line; for a parabola call {@link #leading}. */
  double slope() {
    return shifted[1];
  }

  /** Coefficient of the highest power of u. */
  double leading() {
    return shifted[shifted.length - 1];
  }

  /** Standard error of {@link #leading}. */
  double leadingError() {
    int k = shifted.length - 1;
    return Math.sqrt(covariance.getEntry(k, k));
  }

  double deviance() {
    return deviance;
  }

  int degreesOfFreedom() {
    return points.count() - shifted.length;
  }

  RatePoints points() {
    return points;
  }

  /** Least squares through ln of the rates with half a hop added everywhere. */
  private static double[] start(
      RatePoints points, double centre, int degree, KramersSettings settings) {
    double[][] normal = new double[degree + 2][degree + 1];
    for (int i = 0; i < points.count(); i++) {
      double p = (points.hops[i] + 0.5) / (points.structures[i] + 1);
      double rate = settings.hazard() ? -Math.log1p(-p) : p;
      add(
          normal,
          points.u[i] - centre,
          points.hops[i] + 0.5,
          Math.log(rate) - offset(points, i, settings));
    }
    RealMatrix inverse = inverse(normal, degree);
    double[] a = inverse == null ? new double[degree + 1] : inverse.operate(normal[degree + 1]);
    // Without the hazard a probability must stay below 1.
    for (int h = 0;
        h < HALVINGS && !Double.isFinite(likelihood(points, centre, a, settings));
        h++) {
      a[0] -= 1;
    }
    return a;
  }

  /** ln of the rate is eta plus this. */
  private static double offset(RatePoints points, int i, KramersSettings settings) {
    return points.logWindows[i] + (settings.prefactor() ? Math.log(points.u[i]) : 0);
  }

  /** Information matrix in rows 0 to degree, gradient in the last row. */
  private static double[][] system(
      RatePoints points, double centre, double[] a, KramersSettings settings) {
    int degree = a.length - 1;
    double[][] system = new double[degree + 2][degree + 1];
    for (int i = 0; i < points.count(); i++) {
      double v = points.u[i] - centre;
      double rate = Math.exp(at(a, v) + offset(points, i, settings));
      double n = points.structures[i];
      double p = settings.hazard() ? -Math.expm1(-rate) : rate;
      double change = settings.hazard() ? rate * Math.exp(-rate) : p; // dP / d eta
      double spread = Math.max(p * (1 - p), EDGE);
      add(system, v, n * change * change / spread, 0);
      double pull = change / spread * (points.hops[i] - n * p);
      double power = 1;
      for (int k = 0; k <= degree; k++) {
        system[degree + 1][k] += pull * power;
        power *= v;
      }
    }
    return system;
  }

  private static void add(double[][] system, double v, double weight, double y) {
    int degree = system.length - 2;
    for (int j = 0; j <= degree; j++) {
      for (int k = 0; k <= degree; k++) {
        system[j][k] += weight * Math.pow(v, j + (double) k);
      }
      system[degree + 1][j] += weight * Math.pow(v, j) * y;
    }
  }

  private static RealMatrix inverse(double[][] system, int degree) {
    double[][] matrix = new double[degree + 1][degree + 1];
    double[] scale = new double[degree + 1];
    for (int j = 0; j <= degree; j++) {
      scale[j] = Math.sqrt(system[j][j]);
      if (!(scale[j] > 0) || !Double.isFinite(scale[j])) {
        return null;
      }
    }
    for (int j = 0; j <= degree; j++) {
      for (int k = 0; k <= degree; k++) {
        matrix[j][k] = system[j][k] / scale[j] / scale[k];
      }
    }
    try {
      RealMatrix inverse =
          new CholeskyDecomposition(new Array2DRowRealMatrix(matrix, false))
              .getSolver()
              .getInverse();
      for (int j = 0; j <= degree; j++) {
        for (int k = 0; k <= degree; k++) {
          inverse.setEntry(j, k, inverse.getEntry(j, k) / scale[j] / scale[k]);
        }
      }
      return inverse;
    } catch (org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException e) {
      return null;
    }
  }

  private static double likelihood(
      RatePoints points, double centre, double[] a, KramersSettings settings) {
    double sum = 0;
    for (int i = 0; i < points.count(); i++) {
      double rate = Math.exp(at(a, points.u[i] - centre) + offset(points, i, settings));
      double p = settings.hazard() ? -Math.expm1(-rate) : rate;
      if ((!(p < 1) && points.hops[i] < points.structures[i]) || !(p > 0)) {
        return Double.NEGATIVE_INFINITY;
      }
      double logQ = settings.hazard() ? -rate : Math.log1p(-p);
      sum += term(points.hops[i], Math.log(p)) + term(points.structures[i] - points.hops[i], logQ);
    }
    return sum;
  }

  private static double saturated(RatePoints points) {
    double sum = 0;
    for (int i = 0; i < points.count(); i++) {
      double p = points.hops[i] / points.structures[i];
      sum +=
          term(points.hops[i], Math.log(p))
              + term(points.structures[i] - points.hops[i], Math.log1p(-p));
    }
    return sum;
  }

  private static double term(double count, double log) {
    return count > 0 ? count * log : 0;
  }

  private static double[] moved(double[] a, double[] change, double scale) {
    double[] moved = a.clone();
    for (int k = 0; k < a.length; k++) {
      moved[k] += scale * change[k];
    }
    return moved;
  }

  private static double at(double[] a, double v) {
    double value = 0;
    for (int k = a.length - 1; k >= 0; k--) {
      value = value * v + a[k];
    }
    return value;
  }
}
