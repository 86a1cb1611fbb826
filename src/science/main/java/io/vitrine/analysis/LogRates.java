package io.vitrine.analysis;

import java.util.Arrays;

/**
 * The points of one bin that are fitted: u = 1/T, y = ln(T P_R) (or ln P_R), variance of y.
 *
 * <p>A point is in where T lies below the range's end and the bin has enough hops. Points stand in
 * ascending temperature.
 */
final class LogRates {
  final int[] temperatures;
  final double[] u;
  final double[] y;
  final double[] variance;

  private LogRates(int[] temperatures, double[] u, double[] y, double[] variance) {
    this.temperatures = temperatures;
    this.u = u;
    this.y = y;
    this.variance = variance;
  }

  /** Points of a bin; {@code variances} are those of ln P_R, [bin][temperature]. */
  static LogRates of(RateTable table, int bin, double[][] variances, KramersSettings settings) {
    int[] chosen = new int[table.temperatures()];
    int n = 0;
    for (int t = 0; t < chosen.length; t++) {
      double variance = variances[bin][t];
      if (table.temperature(t) < settings.below()
          && table.rearranging(bin, t) >= settings.minimumHops()
          && variance > 0
          && variance < Double.POSITIVE_INFINITY) {
        chosen[n++] = t;
      }
    }
    return read(table, bin, Arrays.copyOf(chosen, n), variances[bin], settings.prefactor());
  }

  /** The same points read from a replica of the table; those without a hop are left out. */
  LogRates from(RateTable replica, int bin, double[] variances, boolean prefactor) {
    int[] left = Arrays.stream(temperatures).filter(t -> replica.rearranging(bin, t) > 0).toArray();
    return read(replica, bin, left, variances, prefactor);
  }

  int count() {
    return u.length;
  }

  private static LogRates read(
      RateTable table, int bin, int[] chosen, double[] variances, boolean prefactor) {
    double[] u = new double[chosen.length];
    double[] y = new double[chosen.length];
    double[] v = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      double temperature = table.temperature(chosen[i]);
      u[i] = 1 / temperature;
      y[i] = Math.log((prefactor ? temperature : 1) * table.probability(bin, chosen[i]));
      v[i] = variances[chosen[i]];
    }
    return new LogRates(chosen, u, y, v);
  }
}
