package io.vitrine.analysis;

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
 * <p>For given u0 = 1/T0 everything else is linear and eliminated in closed form, bin by bin; the
 * remaining chi^2(u0) is minimized by a scan over the range of 1/T widened threefold on both sides
 * and Brent's method around the best point. Cost: about 100 passes over the points.
 */
final class OnsetFit {
  /** Slopes are said to differ where equality has less than this chance. */
  static final double SIGNIFICANCE = 0.05;

  private static final int SCAN = 96;
  private static final double WIDENING = 3.0;

  /** 1/T0 and the common level c; NaN where chi^2 has no minimum in the range searched. */
  record Meeting(double u0, double c) {}

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

  static Meeting fit(List<LogRates> bins) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (LogRates bin : bins) {
      for (double u : bin.u) {
        least = Math.min(least, u);
        most = Math.max(most, u);
      }
    }
    double from = least - WIDENING * (most - least);
    double step = (1 + 2 * WIDENING) * (most - least) / SCAN;
    int best = 0;
    double bestChi = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= SCAN; i++) {
      double chi = level(bins, from + i * step)[1];
      if (chi < bestChi) {
        bestChi = chi;
        best = i;
      }
    }
    if (best == 0 || best == SCAN) {
      return new Meeting(Double.NaN, Double.NaN);
    }
    double u0 =
        new BrentOptimizer(1e-9, 1e-12)
            .optimize(
                new MaxEval(200),
                GoalType.MINIMIZE,
                new SearchInterval(from + (best - 1) * step, from + (best + 1) * step),
                new UnivariateObjectiveFunction(u -> level(bins, u)[1]))
            .getPoint();
    return new Meeting(u0, level(bins, u0)[0]);
  }

  /** Best c and chi^2 for a given u0. */
  private static double[] level(List<LogRates> bins, double u0) {
    double one = 0;
    double oneY = 0;
    double yy = 0;
    for (LogRates bin : bins) {
      double w1 = 0;
      double wv = 0;
      double wvv = 0;
      double wy = 0;
      double wvy = 0;
      double wyy = 0;
      for (int i = 0; i < bin.count(); i++) {
        double w = 1 / bin.variance[i];
        double v = u0 - bin.u[i];
        double y = bin.y[i];
        w1 += w;
        wv += w * v;
        wvv += w * v * v;
        wy += w * y;
        wvy += w * v * y;
        wyy += w * y * y;
      }
      one += w1 - wv * wv / wvv;
      oneY += wy - wv * wvy / wvv;
      yy += wyy - wvy * wvy / wvv;
    }
    double c = oneY / one;
    return new double[] {c, yy - c * oneY};
  }
}
