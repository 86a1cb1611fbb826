package io.vitrine.structure;

import io.vitrine.geometry.PairVisitor;

/**
 * E_X(i) = 1/2 sum_{j in X, j != i} u(R_ij), for each species X: the share of a particle in its
 * pair energies with it, [n * species], in units of epsilon_AA. Their sum over species and
 * particles is the potential energy.
 */
final class EnergyShares {
  private EnergyShares() {}

  /** A visitor that adds the energies of targets of given types at their slots. */
  static PairVisitor into(double[] energies, int species, byte[] types, PairEnergy energy) {
    return (slot, type, squared, count) -> {
      double sum = 0;
      for (int n = 0; n < count; n++) {
        sum += energy.at(types[slot], type, squared[n]);
      }
      energies[slot * species + type] = 0.5 * sum;
    };
  }
}
