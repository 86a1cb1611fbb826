package io.vitrine.learning;

import io.vitrine.model.Check;
import io.vitrine.model.FeatureMoments;

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

  /**
   * Pearson's correlation of two classifiers' scores over all particles: a' C b / sqrt(a' C a b' C
   * b), where C is the covariance of the features as they are and a, b the weights over each
   * classifier's own deviations. Exact, from second moments. Neighbouring features vary together,
   * so it says more than the cosine of how alike two scores are. NaN when a score does not vary.
   */
  public static double correlation(Model one, Model other, FeatureMoments bulk) {
    double[] a = perFeature(one, bulk);
    double[] b = perFeature(other, bulk);
    return product(a, b, bulk) / Math.sqrt(product(a, a, bulk) * product(b, b, bulk));
  }

  private static double[] perFeature(Model model, FeatureMoments bulk) {
    double[] weights = model.weights().clone();
    Check.length("weights", weights.length, bulk.featureCount());
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= model.standardization().deviations()[k];
    }
    return weights;
  }

  private static double product(double[] a, double[] b, FeatureMoments bulk) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      for (int l = 0; l < b.length; l++) {
        sum += a[k] * bulk.covariance()[k * a.length + l] * b[l];
      }
    }
    return sum;
  }
}
