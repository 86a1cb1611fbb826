package io.vitrine.analysis;

/**
 * Mean, population variance, skewness m3 / m2^1.5 and excess kurtosis m4 / m2^2 - 3 of some values,
 * summed in their order, so the same bits wherever they are computed.
 *
 * <p>One value, or values all equal, have variance 0 and no skewness or kurtosis (NaN).
 */
record Moments(double mean, double variance, double skewness, double kurtosis) {

  static Moments of(double[] values) {
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
