package io.vitrine.analysis.barriers;

import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * The point where the lines of all bins meet: ln(T P_R) = c + dE(x) (1/T0 - 1/T).
 *
 * <p>chi^2(u0) = sum over bins of (line(u0) - c)^2 / error(u0)^2, with c the weighted mean of the
 * lines' values at u0 = 1/T0 and errors from the covariance of each line, is minimized by a scan
 * over the range of 1/T widened threefold on both sides and Brent's method around the best point.
 * For least-squares lines this is what a joint fit of all points adds to the separate ones. Cost:
 * about 100 passes over the lines.
 */
final class OnsetFit {
  /** Slopes are said to differ where equality has less than this chance. */
  static final double SIGNIFICANCE = 0.05;

  private static final int SCAN = 96;
  private static final double WIDENING = 3.0;

  /** 1/T0, the common level c and chi^2 of the lines meeting there. */
  record Meeting(double u0, double c, double chiSquared) {}

  private OnsetFit() {}

  /** Why there is no T0: empty where there is. */
  static String refusal(List<KramersFit> fits) {
    double weights = 0;
    double mean = 0;
    int count = 0;
    for (KramersFit fit : fits) {
      if (fit.fitted()) {
        double w = 1 / (fit.dEError() * fit.dEError());
        weights += w;
        mean += w * fit.dE();
        count++;
      }
    }
    if (count < 2) {
      return "lines of 2 bins are needed, but " + count + " could be fitted";
    }
    mean /= weights;
    double chi = 0;
    for (KramersFit fit : fits) {
      if (fit.fitted()) {
        double off = (fit.dE() - mean) / fit.dEError();
        chi += off * off;
      }
    }
    double chance = 1 - new ChiSquaredDistribution(null, count - 1).cumulativeProbability(chi);
    return chance > SIGNIFICANCE
        ? String.format(
            java.util.Locale.ROOT,
            "the slopes of the %d bins must differ, but equal slopes have a chance of %.2g"
                + " (chi^2 %.3g)",
            count,
            chance,
            chi)
        : "";
  }

  /** The point where lines meet; NaN where chi^2 has no minimum in the range searched. */
  static Meeting fit(List<RateLine> lines) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (RateLine line : lines) {
      for (double u : line.points().u) {
        least = Math.min(least, u);
        most = Math.max(most, u);
      }
    }
    double from = least - WIDENING * (most - least);
    double step = (1 + 2 * WIDENING) * (most - least) / SCAN;
    int best = 0;
    double bestChi = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= SCAN; i++) {
      double chi = level(lines, from + i * step)[1];
      if (chi < bestChi) {
        bestChi = chi;
        best = i;
      }
    }
    if (best == 0 || best == SCAN) {
      return new Meeting(Double.NaN, Double.NaN, Double.NaN);
    }
    double u0 =
        new BrentOptimizer(1e-9, 1e-12)
            .optimize(
                new MaxEval(200),
                GoalType.MINIMIZE,
                new SearchInterval(from + (best - 1) * step, from + (best + 1) * step),
                new UnivariateObjectiveFunction(u -> level(lines, u)[1]))
            .getPoint();
    double[] level = level(lines, u0);
    return new Meeting(u0, level[0], level[1]);
  }

  /** Mean of the lines' values at u0, weighted by their errors, and chi^2 of those values. */
  private static double[] level(List<RateLine> lines, double u0) {
    double weights = 0;
    double mean = 0;
    for (RateLine line : lines) {
      double error = line.errorAt(u0);
      weights += 1 / (error * error);
      mean += line.at(u0) / (error * error);
    }
    mean /= weights;
    double chi = 0;
    for (RateLine line : lines) {
      double off = (line.at(u0) - mean) / line.errorAt(u0);
      chi += off * off;
    }
    return new double[] {mean, chi};
  }
}
