package io.vitrine.analysis.barriers;

import java.util.ArrayList;
import java.util.List;

/**
 * Does the rate at fixed score and temperature depend on the state of the liquid otherwise?
 *
 * <p>If x holds all that matters, P_R(x, T) is the same in stretches of time (blocks of the
 * bootstrap) in which the liquid as a whole scores high and in those in which it scores low. With
 * O_k hops in block k, E_k = sum over bins of its structures times P_R(x, T), and s_k its mean x,
 *
 * <p>g = sum_k (s_k - s) (O_k - E_k) / sum_k E_k (s_k - s)^2
 *
 * <p>is d ln P_R / ds at fixed x, s the mean of s_k weighted by E_k; its error is sqrt(m / (m - 2)
 * sum_k (s_k - s)^2 (O_k - E_k)^2) over the same denominator, m the number of blocks. Beside it
 * stands d ln P_R / dx at fixed T, by least squares weighted with hops. g = 0: the score suffices.
 *
 * @param temperatures one a temperature with at least {@link BlockErrors#FEWEST} blocks and hops
 */
public record LiquidState(List<AtTemperature> temperatures) {
  /**
   * At one temperature.
   *
   * @param temperature epsilon / k_B
   * @param blocks number of blocks m
   * @param state g
   * @param error its standard error
   * @param score d ln P_R / dx
   */
  public record AtTemperature(
      double temperature, int blocks, double state, double error, double score) {}

  /** Freezes the list. */
  public LiquidState {
    temperatures = List.copyOf(temperatures);
  }

  /** Of a table and its blocks, below a temperature. */
  public static LiquidState of(RateTable table, BlockErrors errors, double below) {
    List<AtTemperature> all = new ArrayList<>();
    for (int t = 0; t < table.temperatures(); t++) {
      if (table.temperature(t) < below && errors.knows(t)) {
        AtTemperature one = at(table, errors.blocksAt(t), t);
        if (Double.isFinite(one.state()) && one.error() > 0 && Double.isFinite(one.score())) {
          all.add(one);
        }
      }
    }
    return new LiquidState(all);
  }

  private static AtTemperature at(RateTable table, List<BlockErrors.Block> blocks, int t) {
    int m = blocks.size();
    double[] observed = new double[m];
    double[] expected = new double[m];
    double[] mean = new double[m];
    double s = 0;
    double all = 0;
    for (int k = 0; k < m; k++) {
      double n = 0;
      for (int b = 0; b < table.bins(); b++) {
        long structures = blocks.get(k).structures[b];
        if (structures > 0) {
          observed[k] += blocks.get(k).rearranging[b];
          expected[k] += structures * table.probability(b, t);
          mean[k] += structures * centre(table, b);
          n += structures;
        }
      }
      mean[k] /= Math.max(n, 1);
      s += expected[k] * mean[k];
      all += expected[k];
    }
    s /= all;
    double top = 0;
    double squares = 0;
    double bottom = 0;
    for (int k = 0; k < m; k++) {
      double off = (mean[k] - s) * (observed[k] - expected[k]);
      top += off;
      squares += off * off;
      bottom += expected[k] * (mean[k] - s) * (mean[k] - s);
    }
    double error = Math.sqrt(m / (m - 2.0) * squares) / bottom;
    return new AtTemperature(table.temperature(t), m, top / bottom, error, slope(table, t));
  }

  private static double centre(RateTable table, int bin) {
    return (table.low(bin) + table.high(bin)) / 2;
  }

  private static double slope(RateTable table, int t) {
    double w = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (int b = 0; b < table.bins(); b++) {
      double hops = table.rearranging(b, t);
      if (hops > 0) {
        double p = Math.log(table.probability(b, t));
        w += hops;
        x += hops * centre(table, b);
        y += hops * p;
        xx += hops * centre(table, b) * centre(table, b);
        xy += hops * centre(table, b) * p;
      }
    }
    return (xy - x * y / w) / (xx - x * x / w);
  }

  /** g of all temperatures together, weighted by their errors; NaN where there are none. */
  public double state() {
    return weighted(true);
  }

  /** Its standard error. */
  public double error() {
    return Math.sqrt(
        1 / temperatures.stream().mapToDouble(one -> 1 / one.error() / one.error()).sum());
  }

  /** d ln P_R / dx with the same weights. */
  public double score() {
    return weighted(false);
  }

  private double weighted(boolean state) {
    double sum = 0;
    double weights = 0;
    for (AtTemperature one : temperatures) {
      double weight = 1 / one.error() / one.error();
      sum += weight * (state ? one.state() : one.score());
      weights += weight;
    }
    return sum / weights;
  }
}
