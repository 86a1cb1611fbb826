package io.vitrine.structure;

import io.vitrine.geometry.PairVisitor;

/** A way to sum the structure functions over pairs. */
interface FeatureKernel {
  /** A visitor, for one thread, that writes feature vectors [n * features] at their slots. */
  PairVisitor into(double[] features);
}
