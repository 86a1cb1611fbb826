package io.vitrine.analysis.window;

/**
 * Mean, population variance, skewness m3 / m2^1.5 and excess kurtosis m4 / m2^2 - 3 of some values,
 * summed in their order, so the same bits wherever they are computed.
 *
 * <p>One value, or values all equal, have variance 0 and no skewness or kurtosis (NaN).
 */
public record Moments(double mean, double variance, double skewness, double kurtosis) {

  /** Pearson's coefficient of two lists, summed in their order; NaN where one does not vary. */
  public static double pearson(double[] a, double[] b) {
    double meanA = of(a).mean;
    double meanB = of(b).mean;
    double both = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      double x = a[i] - meanA;
      double y = b[i] - meanB;
      both += x * y;
      squareA += x * x;
      squareB += y * y;
    }
    double r = both / Math.sqrt(squareA * squareB);
    return squareA > 0 && squareB > 0 ? Math.max(-1, Math.min(1, r)) : Double.NaN;
  }

  /** Of some values. */
  public static Moments of(double[] values) {
    int n = values.length;
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    double mean = sum / n;
    double m2 = 0;
    double m3 = 0;
    double m4 = 0;
    for (double v : values) {
      double d = v - mean;
      double d2 = d * d;
      m2 += d2;
      m3 += d2 * d;
      m4 += d2 * d2;
    }
    m2 /= n;
    m3 /= n;
    m4 /= n;
    if (!(m2 > 0)) {
      return new Moments(mean, 0, Double.NaN, Double.NaN);
    }
    return new Moments(mean, m2, m3 / (m2 * Math.sqrt(m2)), m4 / (m2 * m2) - 3);
  }
}
