package io.vitrine.learning;

import io.vitrine.model.Check;

/** How alike the directions of two hyperplanes are. */
public final class Directions {
  private Directions() {}

  /**
   * a.b / (|a| |b|) of two normal vectors, each in its own standardized features (Table I of the
   * paper). NaN when one is zero.
   */
  public static double cosine(double[] a, double[] b) {
    Check.length("normal vector", b.length, a.length);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int k = 0; k < a.length; k++) {
      ab += a[k] * b[k];
      aa += a[k] * a[k];
      bb += b[k] * b[k];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
