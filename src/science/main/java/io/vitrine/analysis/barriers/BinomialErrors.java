package io.vitrine.analysis.barriers;

import org.apache.commons.math3.random.RandomGenerator;

/**
 * Every structure rearranges independently with probability P_R: var(ln P) = (1 - P) / hops.
 *
 * <p>For tables of counts that come without their history. Where all rearrange, half a structure is
 * taken not to, so that the variance stays above 0.
 */
public final class BinomialErrors implements RateErrors {
  /** Above this variance a binomial is drawn as a rounded normal: its skewness is below 0.1. */
  private static final double NORMAL_VARIANCE = 100;

  @Override
  public double[][] logVariances(RateTable table, int replicas, long seed) {
    double[][] variances = new double[table.bins()][table.temperatures()];
    for (int b = 0; b < table.bins(); b++) {
      for (int t = 0; t < table.temperatures(); t++) {
        double n = table.structures(b, t);
        double hops = table.rearranging(b, t);
        variances[b][t] = Math.max(n - hops, 0.5) / n / hops;
      }
    }
    return variances;
  }

  @Override
  public RateTable redraw(RateTable table, RandomGenerator random) {
    long[][] structures = new long[table.bins()][table.temperatures()];
    long[][] hops = new long[table.bins()][table.temperatures()];
    for (int b = 0; b < table.bins(); b++) {
      for (int t = 0; t < table.temperatures(); t++) {
        structures[b][t] = table.structures(b, t);
        if (structures[b][t] > 0) {
          hops[b][t] = binomial(structures[b][t], table.probability(b, t), random);
        }
      }
    }
    return table.with(structures, hops);
  }

  @Override
  public boolean correlated() {
    return false;
  }

  /** Successes in n trials: a rounded normal, or by the waiting times between successes. */
  static long binomial(long n, double p, RandomGenerator random) {
    if (p > 0.5) {
      return n - binomial(n, 1 - p, random);
    }
    double variance = n * p * (1 - p);
    if (variance > NORMAL_VARIANCE) {
      long drawn = Math.round(n * p + Math.sqrt(variance) * random.nextGaussian());
      return Math.max(0, Math.min(n, drawn));
    }
    if (p <= 0) {
      return 0;
    }
    double logQ = Math.log1p(-p);
    long successes = 0;
    double trials = 0;
    for (; ; ) {
      trials += Math.floor(Math.log(1 - random.nextDouble()) / logQ) + 1;
      if (trials > n) {
        return successes;
      }
      successes++;
    }
  }
}
