package io.vitrine.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.model.Frame;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Scores without columns, against weights times columns: numpy's, and our own. */
final class LinearScoreTest {
  /** A model with the means and deviations of some columns; weights by chance. */
  private record Chance(double[] weights, double[] means, double[] deviations) {
    static Chance of(double[] columns, int d, long seed) {
      int n = columns.length / d;
      double[] means = new double[d];
      double[] deviations = new double[d];
      for (int k = 0; k < d; k++) {
        for (int i = 0; i < n; i++) {
          means[k] += columns[i * d + k] / n;
        }
        for (int i = 0; i < n; i++) {
          deviations[k] += Math.pow(columns[i * d + k] - means[k], 2) / n;
        }
        // Averages of averages hardly vary in so small a box: less than columns are exact.
        deviations[k] = Math.max(Math.sqrt(deviations[k]), 0.01 * Math.abs(means[k]) + 1e-6);
      }
      return new Chance(new Random(seed).doubles(d, -1, 1).toArray(), means, deviations);
    }

    LinearScore of(ParticleFeatures features) {
      return LinearScore.of(features, weights, means, deviations);
    }

    double score(double[] columns, int i) {
      double sum = 0;
      for (int k = 0; k < weights.length; k++) {
        sum += weights[k] * (columns[i * weights.length + k] - means[k]) / deviations[k];
      }
      return sum;
    }
  }

  @Test
  void scores_everySetAndItsAverage_areWeightsTimesNumpysColumns() throws IOException {
    double[] numpy = FeatureData.numpy();
    Frame frame = FeatureData.frame("frame.extxyz");
    int[] some = {7, 0, 39, 12};
    Chance model = Chance.of(numpy, numpy.length / frame.count(), 1);

    double[] scores =
        model
            .of(FeatureData.features(FeatureData.ALL))
            .scores(frame, FeatureData.frame("inherent.extxyz"), some);

    double spread = spread(numpy, model, frame.count());
    for (int i = 0; i < some.length; i++) {
      assertThat(scores[i]).isCloseTo(model.score(numpy, some[i]), within(1e-5 * spread));
    }
  }

  @Test
  void scores_averagesAmongSets_areWeightsTimesColumns() throws IOException {
    Frame frame = FeatureData.frame("frame.extxyz");
    Frame inherent = FeatureData.frame("inherent.extxyz");
    int[] all = new int[frame.count()];
    Arrays.setAll(all, i -> i);
    for (String sets :
        new String[] {
          "radial",
          "thermal:radial,fine",
          "energy,average:2",
          "radial,average:1,thermal:fine,energy,average:2,composition"
        }) {
      double[] columns = FeatureData.features(sets).of(frame, inherent);
      Chance model = Chance.of(columns, columns.length / frame.count(), 2);
      double spread = spread(columns, model, frame.count());

      double[] scores = model.of(FeatureData.features(sets)).scores(frame, inherent, all);

      for (int i = 0; i < all.length; i++) {
        assertThat(scores[i]).as(sets).isCloseTo(model.score(columns, i), within(1e-5 * spread));
      }
    }
  }

  private static double spread(double[] columns, Chance model, int n) {
    double square = 0;
    for (int i = 0; i < n; i++) {
      square += Math.pow(model.score(columns, i), 2) / n;
    }
    return Math.sqrt(square);
  }
}
