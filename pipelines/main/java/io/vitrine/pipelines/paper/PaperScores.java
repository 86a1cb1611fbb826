package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.learning.BiasScan;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.model.TrainingSet;
import java.io.IOException;
import java.util.List;

/** Scores of training and test sets, and accuracies that several places need. */
final class PaperScores {
  private PaperScores() {}

  /** A training or test set by name. */
  static TrainingSet set(PaperResults results, String name) throws IOException {
    return TrainingSetFile.read(results.folder().set(name));
  }

  /** The test set of frames as they are. */
  static TrainingSet test(PaperResults results) throws IOException {
    return set(results, results.scale().thermal().test());
  }

  /** w.z of every sample. */
  static double[] raw(Model model, TrainingSet set) {
    double[] z = model.standardization().apply(set);
    double[] w = model.weights();
    double[] raw = new double[set.count()];
    for (int i = 0; i < raw.length; i++) {
      for (int k = 0; k < w.length; k++) {
        raw[i] += w[k] * z[i * w.length + k];
      }
    }
    return raw;
  }

  /** Highest cross-validated accuracy over the bias by fraction of the tails, smallest first. */
  static double[] byFraction(PaperResults results, PaperReading reading) throws IOException {
    List<Double> fractions = results.scale().tailFractions().stream().sorted().toList();
    double[] accuracies = new double[fractions.size()];
    for (int i = 0; i < accuracies.length; i++) {
      String name = PaperTraining.fraction(reading, results.scale().varied(), fractions.get(i));
      for (JsonNode a : results.folder().report(name).path("bias_scan").path("cross_validation")) {
        accuracies[i] = Math.max(accuracies[i], a.asDouble());
      }
    }
    return accuracies;
  }

  /** The classifier of immobile against random particles. */
  static Model randomModel(PaperResults results, PaperReading reading) throws IOException {
    String name = PaperTraining.random(reading, results.scale().varied());
    return ModelJson.read(results.folder().model(name));
  }

  /**
   * How much lower the test accuracy of figure 8 is.
   *
   * @param gap of both best accuracies
   * @param error of it, of independent samples: the same samples are tested, so it is too large
   *     rather than too small
   */
  record Gap(double gap, double error) {}

  static Gap random(PaperResults results, PaperReading reading) throws IOException {
    TrainingSet test = test(results);
    Model mobile = results.classifiers().get(reading.fluidity(results.scale().varied())).model();
    double a = best(mobile, test);
    double b = best(randomModel(results, reading), test);
    return new Gap(a - b, Math.sqrt((a * (1 - a) + b * (1 - b)) / test.count()));
  }

  private static double best(Model model, TrainingSet test) {
    return BiasScan.of(raw(model, test), test.labels()).best().accuracy();
  }
}
