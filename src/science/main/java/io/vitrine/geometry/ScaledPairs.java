package io.vitrine.geometry;

import io.vitrine.model.Particles;

/**
 * Shows a {@link PairVisitor} distances in units of the mean diameter of each pair, R_ij / ((d_i +
 * d_j) / 2), up to a cut-off in these units: one pass over the neighbours a species.
 */
final class ScaledPairs implements BondVisitor {
  private final PairVisitor visitor;
  private final int[] targets;
  private final byte[] types;
  private final double[] diameters;
  private final int species;
  private final double limit;
  private double[] squared = {};

  ScaledPairs(PairVisitor visitor, int[] targets, Particles particles, double cutoff) {
    this.visitor = visitor;
    this.targets = targets;
    this.types = particles.types();
    this.diameters = particles.diameters();
    this.species = particles.names().size();
    this.limit = Math.nextUp(cutoff * cutoff);
  }

  @Override
  public void bonds(int slot, Bonds bonds) {
    if (squared.length < bonds.count()) {
      squared = new double[2 * bonds.count()];
    }
    double own = diameters[targets[slot]];
    for (int s = 0; s < species; s++) {
      int n = 0;
      for (int b = 0; b < bonds.count(); b++) {
        int other = bonds.particles()[b];
        if (types[other] == s) {
          double scale = 2 / (own + diameters[other]);
          double d = bonds.squared()[b] * scale * scale;
          squared[n] = d;
          n += d < limit ? 1 : 0;
        }
      }
      visitor.pairs(slot, s, squared, n);
    }
  }
}
