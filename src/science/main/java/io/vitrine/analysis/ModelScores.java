package io.vitrine.analysis;

import io.vitrine.learning.Model;
import io.vitrine.model.Frame;
import io.vitrine.structure.PairScore;
import java.util.ArrayList;
import java.util.List;

/** Scores of structures by several models at once, in one pass over the pairs. */
final class ModelScores {
  private final List<Model> models;
  private final List<PairScore> sums = new ArrayList<>();

  ModelScores(List<Model> models) {
    this.models = List.copyOf(models);
    for (Model model : models) {
      sums.add(
          PairScore.of(
              model.spec(),
              model.weights(),
              model.standardization().means(),
              model.standardization().deviations(),
              0.0));
    }
  }

  List<Model> models() {
    return models;
  }

  /** w . z [models][n] of some particles, indices [n] into the frame. */
  double[][] raw(Frame frame, int[] particles) {
    return PairScore.live(frame, particles, sums);
  }

  /** w . z - b [models][n]. */
  double[][] scores(Frame frame, int[] particles) {
    double[][] scores = raw(frame, particles);
    for (int m = 0; m < scores.length; m++) {
      double bias = models.get(m).bias();
      for (int i = 0; i < scores[m].length; i++) {
        scores[m][i] -= bias;
      }
    }
    return scores;
  }
}
