package io.vitrine.analysis.barriers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * One bin's line ln(T r) = Sigma - dE / T, r being P_R or the hazard -ln(1 - P_R).
 *
 * @param low lower edge of the bin
 * @param high upper edge
 * @param dE energy barrier, epsilon; NaN where the bin could not be fitted
 * @param dEError its statistical standard error
 * @param dESystematic largest change of dE when the coldest or the hottest third of the
 *     temperatures, or one simulation of every temperature that has several, is left out; NaN where
 *     no line remains
 * @param sigma entropic term Sigma, k_B
 * @param sigmaError its standard error
 * @param chiSquared deviance of the line
 * @param points temperatures fitted
 * @param hops windows in which a particle of the bin rearranges, in range
 * @param effectiveHops how many independent ones they are worth: divided by the design effect
 * @param curvature coefficient of (1/T)^2 in a parabola through the same points; NaN below 3 points
 * @param curvatureError its standard error
 * @param reason why the bin was not fitted; empty where it was
 */
public record KramersFit(
    double low,
    double high,
    double dE,
    double dEError,
    double dESystematic,
    double sigma,
    double sigmaError,
    double chiSquared,
    int points,
    long hops,
    double effectiveHops,
    double curvature,
    double curvatureError,
    String reason) {
  /** Fewest temperatures of a line: with two there is no chi^2, and any counts lie on a line. */
  static final int FEWEST = 3;

  /**
   * The fit of a bin of a table through some of its points; {@code leftOut} as of {@link
   * RateErrors}.
   */
  static KramersFit of(
      RateTable table,
      int bin,
      RatePoints points,
      List<RateTable> leftOut,
      KramersSettings settings) {
    RateLine line = RateLine.of(points, 1, settings);
    long hops = 0;
    for (int t : points.temperatures) {
      hops += table.rearranging(bin, t);
    }
    String refusal =
        points.count() < FEWEST
            ? "a line with a chi^2 needs "
                + FEWEST
                + " temperatures in range, but there were "
                + points.count()
            : points.withHops() < 2
                ? "a line needs hops at 2 temperatures in range, but there were "
                    + points.withHops()
                : hops < settings.minimumHops()
                    ? "a line needs "
                        + settings.minimumHops()
                        + " hops in range, but there were "
                        + hops
                    : line == null ? "the counts do not determine a line" : "";
    if (!refusal.isEmpty()) {
      return new KramersFit(
          table.low(bin),
          table.high(bin),
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          points.count(),
          hops,
          points.effectiveHops(),
          Double.NaN,
          Double.NaN,
          refusal);
    }
    RateLine parabola = RateLine.of(points, 2, settings);
    return new KramersFit(
        table.low(bin),
        table.high(bin),
        -line.slope(),
        line.leadingError(),
        systematic(table, bin, points, leftOut, line, settings),
        line.at(0),
        line.errorAt(0),
        line.deviance(),
        points.count(),
        hops,
        points.effectiveHops(),
        parabola == null ? Double.NaN : parabola.leading(),
        parabola == null ? Double.NaN : parabola.leadingError(),
        "");
  }

  private static double systematic(
      RateTable table,
      int bin,
      RatePoints points,
      List<RateTable> leftOut,
      RateLine line,
      KramersSettings settings) {
    int n = points.count();
    int third = Math.max(1, n / 3);
    List<RatePoints> parts = new ArrayList<>();
    parts.add(points.part(table, bin, third, n));
    parts.add(points.part(table, bin, 0, n - third));
    leftOut.forEach(other -> parts.add(points.from(other, bin)));
    return parts.stream()
        .map(part -> RateLine.of(part, 1, settings))
        .filter(Objects::nonNull)
        .mapToDouble(other -> Math.abs(other.slope() - line.slope()))
        .max()
        .orElse(Double.NaN);
  }

  /** True where there is a line. */
  public boolean fitted() {
    return reason.isEmpty();
  }

  /** Degrees of freedom of chi^2. */
  public int degreesOfFreedom() {
    return Math.max(0, points - 2);
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
        dESystematic,
        sigma,
        otherSigmaError,
        chiSquared,
        points,
        hops,
        effectiveHops,
        curvature,
        otherCurvatureError,
        reason);
  }
}
