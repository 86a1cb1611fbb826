package io.vitrine.structure;

import io.vitrine.geometry.PairVisitor;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Species;

/** The definition, term by term: the oracle for faster sums. One exponential a pair and radius. */
final class DirectSum implements FeatureKernel {
  private final double[] radii;
  private final double exponent;

  DirectSum(FeatureSpec spec) {
    this.radii = spec.radii();
    this.exponent = -1 / (2 * spec.delta() * spec.delta());
  }

  @Override
  public PairVisitor into(double[] features) {
    return (slot, species, squared, count) -> {
      int at = (slot * Species.COUNT + species) * radii.length;
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
