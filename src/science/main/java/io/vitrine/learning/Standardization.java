package io.vitrine.learning;

import io.vitrine.model.Check;
import io.vitrine.model.FeatureMoments;
import io.vitrine.model.TrainingSet;
import java.util.Arrays;
import java.util.List;

/**
 * z = (f - mean) / deviation, feature by feature, with population deviations.
 *
 * <p>A feature that does not vary (deviation at most 1e-10 of its mean: rounding, as float32
 * features resolve 6e-8 of their value) gets deviation 1, so that its z is 0 and it carries no
 * weight.
 */
public final class Standardization {
  /** Below this part of the mean a deviation is rounding. */
  private static final double ROUNDING = 1e-10;

  private final double[] means;
  private final double[] deviations;

  private Standardization(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  /** Takes over both arrays [d]; deviations are &gt; 0. */
  public static Standardization of(double[] means, double[] deviations) {
    Check.length("deviations", deviations.length, means.length);
    for (int k = 0; k < deviations.length; k++) {
      Check.positive("deviations[" + k + "]", deviations[k]);
    }
    return new Standardization(means, deviations);
  }

  /** Means and deviations over the samples of some sets, in order. */
  public static Standardization of(List<TrainingSet> sets) {
    int d = sets.get(0).spec().featureCount();
    double[] means = new double[d];
    double[] squares = new double[d];
    long n = 0;
    for (TrainingSet set : sets) {
      n += set.count();
      for (int i = 0; i < set.features().length; i++) {
        means[i % d] += set.features()[i];
      }
    }
    if (n == 0) {
      throw Check.refuse("number of samples", "be > 0", n);
    }
    for (int k = 0; k < d; k++) {
      means[k] /= n;
    }
    for (TrainingSet set : sets) {
      for (int i = 0; i < set.features().length; i++) {
        double x = set.features()[i] - means[i % d];
        squares[i % d] += x * x;
      }
    }
    for (int k = 0; k < d; k++) {
      squares[k] = varying(Math.sqrt(squares[k] / n), means[k]);
    }
    return new Standardization(means, squares);
  }

  /** Means and deviations over all particles. */
  public static Standardization of(FeatureMoments bulk) {
    int d = bulk.featureCount();
    double[] deviations = new double[d];
    for (int k = 0; k < d; k++) {
      deviations[k] = varying(Math.sqrt(bulk.covariance()[k * d + k]), bulk.mean()[k]);
    }
    return new Standardization(bulk.mean().clone(), deviations);
  }

  /** Means [d], frozen. */
  public double[] means() {
    return means;
  }

  /** Deviations [d], &gt; 0, frozen. */
  public double[] deviations() {
    return deviations;
  }

  /** Standardized features of a set, [n * d]. */
  public double[] apply(TrainingSet set) {
    float[] f = set.features();
    int d = means.length;
    Check.length("feature vector", set.spec().featureCount(), d);
    double[] z = new double[f.length];
    for (int i = 0; i < f.length; i++) {
      z[i] = (f[i] - means[i % d]) / deviations[i % d];
    }
    return z;
  }

  /** A deviation, or 1 where it is only rounding. */
  public static double varying(double deviation, double mean) {
    return deviation > ROUNDING * Math.abs(mean) ? deviation : 1.0;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Standardization that
            && Arrays.equals(means, that.means)
            && Arrays.equals(deviations, that.deviations));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(means) + Arrays.hashCode(deviations);
  }
}
