package io.vitrine.learning;

import io.vitrine.model.TrainingSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Held-out accuracy and direction as a function of the number of training samples: whether more of
 * them would help.
 *
 * <p>For 1/16, 1/8, 1/4, 1/2 and all of the training part of each grouped fold, the samples first
 * in the draw of each class; accuracy on the fold that is held out and cosine with the classifier
 * of all samples, means over the folds.
 */
final class LearningCurve {
  /** Sizes that are tried. */
  static final int POINTS = 5;

  private LearningCurve() {}

  static List<Map<String, Object>> of(
      LinearSvm svm,
      TrainingSet set,
      Folds folds,
      TrainOptions options,
      double[] weights,
      Runnable step) {
    int[] drawn = Folds.drawn(set, options.seed() + 2);
    int[] fold = folds.assignment();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int p = POINTS - 1; p >= 0; p--) {
      double accuracy = 0;
      double cosine = 0;
      double samples = 0;
      for (int k = 0; k < folds.count(); k++) {
        int[] part = part(drawn, fold, k, set.labels(), p);
        SvmSolution s = svm.train(options.c(), part);
        accuracy += CrossValidation.accuracy(svm, s, folds.held(k));
        cosine += Directions.cosine(s.weights(), weights);
        samples += part.length;
        step.run();
      }
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("samples", Math.round(samples / folds.count()));
      row.put("accuracy", accuracy / folds.count());
      row.put("cosine", cosine / folds.count());
      rows.add(row);
    }
    return rows;
  }

  /** Of each class outside fold k the first 2^-halvings in the draw, at least one; ascending. */
  private static int[] part(int[] drawn, int[] fold, int k, byte[] labels, int halvings) {
    int[] outside = Arrays.stream(drawn).filter(i -> fold[i] != k).toArray();
    int positive = (int) Arrays.stream(outside).filter(i -> labels[i] > 0).count();
    int[] left = {
      Math.max(1, (outside.length - positive) >> halvings), Math.max(1, positive >> halvings)
    };
    return Arrays.stream(outside).filter(i -> left[labels[i] > 0 ? 1 : 0]-- > 0).sorted().toArray();
  }
}
