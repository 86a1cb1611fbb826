package io.vitrine.relaxation;

import org.apache.commons.math3.distribution.FDistribution;

/**
 * Where S_cc of the shortest wavevectors lies in equilibrium, from what is measured beyond them.
 *
 * <p>S_cc of one wavevector is exponentially distributed about a mean that hardly depends on k at
 * small k ({@link CompositionWaves}), so the mean over m wavevectors, each frozen at worst, and the
 * mean over M others have a ratio that is distributed as F with 2 m and 2 M degrees of freedom. The
 * band leaves out {@value #OUTSIDE} at each end.
 *
 * @param frames that were measured in the last half of the run
 * @param shortest mean of S_cc over these frames and the shortest wavevectors
 * @param beyond the same over the wavevectors beyond
 * @param lowest ratio of the two in equilibrium
 * @param highest ratio of the two in equilibrium
 */
record CompositionBand(
    double frames, double shortest, double beyond, double lowest, double highest) {
  /** Probability of a ratio below, and of one above, in equilibrium. */
  static final double OUTSIDE = 0.005;

  /**
   * Over the last half of a run.
   *
   * @param composition rows of (S_cc of the shortest wavevectors, mean of S_cc beyond)
   * @param last number of the last frame
   * @param first how many wavevectors the first shell has
   * @param others how many wavevectors lie beyond it
   */
  static CompositionBand of(TimeBlocks composition, long last, int first, int others) {
    double[] sums = {0, 0, 0};
    for (double[] row : composition.rows(last / 2, 0)) {
      for (int c = 0; c < sums.length; c++) {
        sums[c] += row[c];
      }
    }
    if (!(sums[2] > 0)) {
      return new CompositionBand(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    FDistribution f = new FDistribution(null, 2.0 * first, 2.0 * others);
    return new CompositionBand(
        sums[0],
        sums[1] / sums[0],
        sums[2] / sums[0],
        f.inverseCumulativeProbability(OUTSIDE),
        f.inverseCumulativeProbability(1 - OUTSIDE));
  }

  /** False where nothing was measured in the last half of the run. */
  boolean known() {
    return frames > 0;
  }

  /** S_cc of the shortest wavevectors in those beyond. */
  double ratio() {
    return shortest / beyond;
  }

  /** S_cc of the shortest wavevectors is above this in equilibrium. */
  double low() {
    return lowest * beyond;
  }

  /** S_cc of the shortest wavevectors is below this in equilibrium. */
  double high() {
    return highest * beyond;
  }
}
