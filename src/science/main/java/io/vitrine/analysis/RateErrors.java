package io.vitrine.analysis;

import org.apache.commons.math3.random.RandomGenerator;

/** Where the errors of counts come from. */
public interface RateErrors {
  /**
   * Variances of ln P_R, [bin][temperature]; infinite where there is no hop.
   *
   * @param seed of whatever is random in it
   */
  double[][] logVariances(RateTable table, int replicas, long seed);

  /** The table as another, equally long run might have given it. */
  RateTable redraw(RateTable table, RandomGenerator random);

  /** True where errors of fits must come from replicas, because counts are not independent. */
  boolean correlated();
}
