package io.vitrine.model;

import java.util.Arrays;

/**
 * Mean and covariance of the feature vectors of all particles of a species at one temperature: what
 * {@code bulk_n}, {@code bulk_mean} and {@code bulk_cov} of a training set hold.
 *
 * <p>{@code mean} is [d], {@code covariance} [d * d] row by row, symmetric, divided by the count
 * (population). Arrays are frozen once built.
 */
public final class FeatureMoments {
  private final long count;
  private final double[] mean;
  private final double[] covariance;

  private FeatureMoments(long count, double[] mean, double[] covariance) {
    this.count = count;
    this.mean = mean;
    this.covariance = covariance;
  }

  /** Takes over both arrays. */
  public static FeatureMoments of(long count, double[] mean, double[] covariance) {
    if (count <= 0) {
      throw Check.refuse("bulk count", "be > 0", count);
    }
    Check.length("bulk covariance", covariance.length, mean.length * mean.length);
    return new FeatureMoments(count, mean, covariance);
  }

  /** How many feature vectors went in. */
  public long count() {
    return count;
  }

  /** Mean [d], frozen. */
  public double[] mean() {
    return mean;
  }

  /** Population covariance [d * d], frozen. */
  public double[] covariance() {
    return covariance;
  }

  /** Length d of a feature vector. */
  public int featureCount() {
    return mean.length;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof FeatureMoments that
            && count == that.count
            && Arrays.equals(mean, that.mean)
            && Arrays.equals(covariance, that.covariance));
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(count) + Arrays.hashCode(mean);
  }

  @Override
  public String toString() {
    return "FeatureMoments[" + count + " x " + mean.length + "]";
  }
}
