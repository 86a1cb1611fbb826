package io.vitrine.structure;

import io.vitrine.geometry.PairVisitor;
import io.vitrine.model.FeatureSpec;

/** The definition, term by term: the oracle for faster sums. One exponential a pair and radius. */
final class DirectSum implements FeatureKernel {
  private final int species;
  private final double[] radii;
  private final double exponent;

  DirectSum(FeatureSpec spec) {
    this.species = spec.species().size();
    this.radii = spec.radii();
    this.exponent = -1 / (2 * spec.delta() * spec.delta());
  }

  @Override
  public PairVisitor into(double[] features) {
    return (slot, type, squared, count) -> {
      int at = (slot * species + type) * radii.length;
      for (int n = 0; n < count; n++) {
        double distance = Math.sqrt(squared[n]);
        for (int k = 0; k < radii.length; k++) {
          double off = radii[k] - distance;
          features[at + k] += Math.exp(off * off * exponent);
        }
      }
    };
  }
}
