package io.vitrine.relaxation;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * Whether the means of successive stretches of a series agree within their errors.
 *
 * <p>Two tests, each with a two-sided probability: the slope of a least-squares line through the
 * stretches (Student's t, n - 2 degrees of freedom), which sees a drift; and the mean of the first
 * fifth of them against that of the last half, with the variance of that half (n/2 - 1 degrees),
 * which sees a beginning that differs: Geweke's diagnostic with independent stretches in place of
 * spectral densities. Stretches are to be longer than the series remembers.
 *
 * @see <a href="https://doi.org/10.1287/opre.31.6.1109">Heidelberger and Welch 1983</a> for leaving
 *     out ever more of the beginning until a test of stationarity passes
 * @see <a href="https://doi.org/10.21034/sr.148">Geweke 1991</a> for the beginning against the end
 */
final class Stationarity {
  /** Fewer stretches than this say nothing. */
  static final int FEWEST = 6;

  private Stationarity() {}

  /** The smaller of the two probabilities, times two; 1 for fewer than {@value #FEWEST}. */
  static double probability(double[] means) {
    if (means.length < FEWEST) {
      return 1;
    }
    return Math.min(1, 2 * Math.min(slope(means), beginning(means)));
  }

  private static double slope(double[] y) {
    int n = y.length;
    double centre = (n - 1) / 2.0;
    double mean = mean(y, 0, n);
    double sxx = 0;
    double sxy = 0;
    double syy = 0;
    for (int i = 0; i < n; i++) {
      sxx += (i - centre) * (i - centre);
      sxy += (i - centre) * (y[i] - mean);
      syy += (y[i] - mean) * (y[i] - mean);
    }
    double slope = sxy / sxx;
    double rest = Math.max(0, syy - slope * sxy) / (n - 2);
    return twoSided(slope / Math.sqrt(rest / sxx), n - 2);
  }

  private static double beginning(double[] y) {
    int n = y.length;
    int head = Math.max(1, n / 5);
    int half = n - n / 2;
    double late = mean(y, n - half, n);
    double sum = 0;
    for (int i = n - half; i < n; i++) {
      sum += (y[i] - late) * (y[i] - late);
    }
    double variance = sum / (half - 1);
    double error = Math.sqrt(variance * (1.0 / head + 1.0 / half));
    return twoSided((mean(y, 0, head) - late) / error, half - 1);
  }

  private static double twoSided(double t, double freedom) {
    if (Double.isNaN(t)) {
      return 1; // all means are equal
    }
    return 2 * new TDistribution(null, freedom).cumulativeProbability(-Math.abs(t));
  }

  static double mean(double[] y, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += y[i];
    }
    return sum / (to - from);
  }
}
