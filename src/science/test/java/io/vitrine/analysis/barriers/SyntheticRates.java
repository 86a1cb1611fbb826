package io.vitrine.analysis.barriers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleToLongFunction;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * A world with known barriers: T P_R = exp(c + dE(x) (1/T0 - 1/T)), dE(x) = 3 - 0.7 x, c = -1.5, T0
 * = 0.95; x is normal, 400,000 structures a temperature.
 */
final class SyntheticRates {
  static final double T0 = 0.95;
  static final double LEVEL = -1.5;
  static final double[] TEMPERATURES = {0.50, 0.53, 0.56, 0.60, 0.65, 0.70, 0.75, 0.80};
  private static final double STRUCTURES = 400_000;

  private SyntheticRates() {}

  static double dE(double x) {
    return 3 - 0.7 * x;
  }

  static double sigma(double x) {
    return LEVEL + dE(x) / T0;
  }

  static double probability(double x, double temperature) {
    return Math.exp(sigma(x) - dE(x) / temperature) / temperature;
  }

  static long structures(double x) {
    return Math.round(STRUCTURES * 0.5 * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
  }

  /** Counts of bins 0.5 wide, centred at -2, -1.5, .. 2. */
  static RateTable draw(RandomGenerator random) {
    return draw(random, SyntheticRates::structures);
  }

  /** The same with another number of structures in the bin at x. */
  static RateTable draw(RandomGenerator random, DoubleToLongFunction structures) {
    List<RateTable.Count> counts = new ArrayList<>();
    for (double x = -2; x <= 2; x += 0.5) {
      for (double temperature : TEMPERATURES) {
        long n = structures.applyAsLong(x);
        long hops = BinomialErrors.binomial(n, probability(x, temperature), random);
        counts.add(new RateTable.Count(x - 0.25, x + 0.25, temperature, n, hops));
      }
    }
    return RateTable.of(counts);
  }

  /** The same without noise, as far as whole numbers allow. */
  static RateTable exact(long structures) {
    List<RateTable.Count> counts = new ArrayList<>();
    for (double x = -2; x <= 2; x += 0.5) {
      for (double temperature : TEMPERATURES) {
        long hops = Math.round(structures * probability(x, temperature));
        counts.add(new RateTable.Count(x - 0.25, x + 0.25, temperature, structures, hops));
      }
    }
    return RateTable.of(counts);
  }
}
