package io.vitrine.serving;

import io.vitrine.results.TimeBin;
import java.util.List;

/**
 * The scale of scores that every panel shares: x = (w.z - b) / sigma. Stored scores are w.z - bias
 * of the classifier's file, so x = (score - shift) / sigma with shift = b - bias.
 *
 * @param origin b, in units of w.z
 * @param shift b - bias
 * @param sigma standard deviation of the score at the training temperature
 */
record Unit(double origin, double shift, double sigma) {
  /** Scores as they are stored. */
  static final Unit NONE = new Unit(0, 0, 1);

  private static final int SCORE = 1;
  private static final int SPREAD = 2;

  /** Of a fraction, a mean score and a spread of scores those in this scale. */
  List<TimeBin.Spread> scale(List<TimeBin.Spread> values) {
    return List.of(values.get(0), of(values.get(SCORE), shift), of(values.get(SPREAD), 0));
  }

  private TimeBin.Spread of(TimeBin.Spread spread, double zero) {
    return new TimeBin.Spread(
        (spread.mean() - zero) / sigma,
        (spread.low() - zero) / sigma,
        (spread.high() - zero) / sigma);
  }
}
