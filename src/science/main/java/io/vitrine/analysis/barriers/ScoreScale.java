package io.vitrine.analysis.barriers;

import io.vitrine.learning.Model;
import io.vitrine.results.bins.Binning;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.bins.CounterSum;
import java.util.Collection;

/**
 * Zero and unit of x = (w.z - b) / sigma of one version of a classifier: b is its b_best, else its
 * b_train, else the bias of the SVM; sigma is what its file holds, else the spread of the counted
 * scores at the temperature nearest to the training temperature.
 *
 * @param origin b, in units of the raw score w.z
 * @param originName which of them b is: {@code bias_best}, {@code bias_train} or {@code bias}
 * @param sigma standard deviation of the score at the training temperature
 */
public record ScoreScale(double origin, String originName, double sigma) {
  /** w.z itself, where nothing is known. */
  public static final ScoreScale RAW = new ScoreScale(0, "none", 1);

  /**
   * Of a classifier.
   *
   * @param counters of this version; needed where its file has no sigma
   */
  public static ScoreScale of(Model model, Collection<CounterSum> counters) {
    Model.Origin known = model.origin();
    double sigma = known.sigma().orElseGet(() -> nearest(known, counters));
    double unit = sigma > 0 ? sigma : 1;
    if (known.biasBest().isPresent()) {
      return new ScoreScale(known.biasBest().getAsDouble(), "bias_best", unit);
    }
    return known.biasTrain().isPresent()
        ? new ScoreScale(known.biasTrain().getAsDouble(), "bias_train", unit)
        : new ScoreScale(model.bias(), "bias", unit);
  }

  /** Bins of x. */
  public ScoreBins bins(double width) {
    return new ScoreBins(origin, sigma, width);
  }

  private static double nearest(Model.Origin known, Collection<CounterSum> counters) {
    double trained = known.temperature().orElse(0);
    CounterSum nearest = null;
    for (CounterSum counter : counters) {
      if (nearest == null
          || Math.abs(counter.temperature() - trained)
              < Math.abs(nearest.temperature() - trained)) {
        nearest = counter;
      }
    }
    return nearest == null ? Double.NaN : spread(nearest);
  }

  private static double spread(CounterSum counter) {
    double n = 0;
    double sum = 0;
    double squares = 0;
    for (CounterBin bin : counter.bins()) {
      double score = (Binning.RAW_SCORE.low(bin.index()) + Binning.RAW_SCORE.high(bin.index())) / 2;
      if (Double.isFinite(score)) {
        n += bin.structures();
        sum += bin.structures() * score;
        squares += bin.structures() * score * score;
      }
    }
    return Math.sqrt(squares / n - sum / n * (sum / n));
  }
}
