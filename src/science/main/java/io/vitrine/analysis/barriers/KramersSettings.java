package io.vitrine.analysis.barriers;

import io.vitrine.model.Check;

/**
 * How Kramers fits are made.
 *
 * @param below only temperatures below this are fitted, epsilon / k_B; infinity for all
 * @param prefactor true to fit ln(T P_R), false to fit ln P_R
 * @param hazard true to fit the hazard -ln(1 - P_R) in place of P_R, which is the rate of a Poisson
 *     process where P_R is no longer small
 * @param minimumHops a bin with fewer rearrangements in the range is not fitted
 * @param replicas bootstrap replicas
 * @param seed of the bootstrap
 */
public record KramersSettings(
    double below, boolean prefactor, boolean hazard, int minimumHops, int replicas, long seed) {
  /** T < 0.85, with the prefactor, P_R itself, at least 10 hops a bin, 400 replicas. */
  public static final KramersSettings DEFAULT = new KramersSettings(0.85, true, false, 10, 400, 1);

  /** Checks the settings. */
  public KramersSettings {
    if (!(below > 0)) {
      throw Check.refuse("below", "be > 0", below);
    }
    Check.positive("minimumHops", minimumHops);
    if (replicas < 2) {
      throw Check.refuse("replicas", "be >= 2", replicas);
    }
  }

  /** The same over another range of temperatures. */
  public KramersSettings below(double temperature) {
    return new KramersSettings(temperature, prefactor, hazard, minimumHops, replicas, seed);
  }

  /** The same with another number of replicas. */
  public KramersSettings replicas(int number) {
    return new KramersSettings(below, prefactor, hazard, minimumHops, number, seed);
  }

  /** The same with or without the factor T. */
  public KramersSettings prefactor(boolean use) {
    return new KramersSettings(below, use, hazard, minimumHops, replicas, seed);
  }

  /** The same for the hazard or for P_R. */
  public KramersSettings hazard(boolean use) {
    return new KramersSettings(below, prefactor, use, minimumHops, replicas, seed);
  }
}
