package io.vitrine.structure;

/** The energy of a pair of particles of given species. */
@FunctionalInterface
public interface PairEnergy {
  /**
   * u(R) of two types at a squared distance (sigma^2), in units of epsilon_AA; 0 beyond the pair's
   * cut-off.
   */
  double at(int type, int other, double squared);
}
