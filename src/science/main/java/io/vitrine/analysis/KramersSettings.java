package io.vitrine.analysis;

import io.vitrine.model.Check;

/**
 * How Kramers fits are made.
 *
 * @param below only temperatures below this are fitted, epsilon / k_B; infinity for all
 * @param prefactor true to fit ln(T P_R), false to fit ln P_R
 * @param minimumHops a bin with fewer rearrangements at a temperature is not fitted there
 * @param replicas bootstrap replicas
 * @param seed of the bootstrap
 */
public record KramersSettings(
    double below, boolean prefactor, int minimumHops, int replicas, long seed) {
  /** T < 0.85, with the prefactor, at least 10 hops, 400 replicas. */
  public static final KramersSettings DEFAULT = new KramersSettings(0.85, true, 10, 400, 1);

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
    return new KramersSettings(temperature, prefactor, minimumHops, replicas, seed);
  }

  /** The same with another number of replicas. */
  public KramersSettings replicas(int number) {
    return new KramersSettings(below, prefactor, minimumHops, number, seed);
  }

  /** The same with or without the factor T. */
  public KramersSettings prefactor(boolean use) {
    return new KramersSettings(below, use, minimumHops, replicas, seed);
  }
}
