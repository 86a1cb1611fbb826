package io.vitrine.analysis;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * One bin's line ln(T P_R) = Sigma - dE / T.
 *
 * @param low lower edge of the bin
 * @param high upper edge
 * @param dE energy barrier, epsilon; NaN where the bin could not be fitted
 * @param dEError its standard error
 * @param sigma entropic term Sigma, k_B
 * @param sigmaError its standard error
 * @param chiSquared of the line
 * @param points temperatures fitted
 * @param curvature coefficient of (1/T)^2 in a parabola through the same points; NaN below 3 points
 * @param curvatureError its standard error
 * @param reason why the bin was not fitted; empty where it was
 */
public record KramersFit(
    double low,
    double high,
    double dE,
    double dEError,
    double sigma,
    double sigmaError,
    double chiSquared,
    int points,
    double curvature,
    double curvatureError,
    String reason) {

  static KramersFit of(double low, double high, LogRates rates) {
    if (rates.count() < 2) {
      return new KramersFit(
          low,
          high,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          rates.count(),
          Double.NaN,
          Double.NaN,
          "a line needs 2 temperatures in range with enough hops, but there were " + rates.count());
    }
    WeightedFit line = WeightedFit.polynomial(rates.u, rates.y, rates.variance, 1);
    WeightedFit parabola =
        rates.count() < 3 ? null : WeightedFit.polynomial(rates.u, rates.y, rates.variance, 2);
    return new KramersFit(
        low,
        high,
        -line.coefficient(1),
        line.error(1),
        line.coefficient(0),
        line.error(0),
        line.chiSquared(),
        rates.count(),
        parabola == null ? Double.NaN : parabola.coefficient(2),
        parabola == null ? Double.NaN : parabola.error(2),
        "");
  }

  /** True where there is a line. */
  public boolean fitted() {
    return reason.isEmpty();
  }

  /** Chance of a chi^2 at least so large if the line were true; NaN for 2 points. */
  public double goodness() {
    return points < 3
        ? Double.NaN
        : 1 - new ChiSquaredDistribution(null, points - 2).cumulativeProbability(chiSquared);
  }

  /** Curvature over its error: beyond 2 or so, a line is not the law. */
  public double curvatureZ() {
    return curvature / curvatureError;
  }

  KramersFit withErrors(double otherDeError, double otherSigmaError, double otherCurvatureError) {
    return new KramersFit(
        low,
        high,
        dE,
        otherDeError,
        sigma,
        otherSigmaError,
        chiSquared,
        points,
        curvature,
        otherCurvatureError,
        reason);
  }
}
