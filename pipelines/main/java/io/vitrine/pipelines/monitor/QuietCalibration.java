package io.vitrine.pipelines.monitor;

import io.vitrine.analysis.sets.SoftnessSet;
import io.vitrine.learning.BiasScan;
import io.vitrine.learning.Directions;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelFile;
import io.vitrine.learning.TrainOptions;
import io.vitrine.learning.Training;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.run.Program;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a calibrated p_l represents: at p_l and at values 20% smaller and larger, how many quiet
 * runs there are, how the softness classifier trained with it is directed, and which bias is best
 * on the set for each model.
 */
public final class QuietCalibration {
  private static final double[] FACTORS = {0.8, 1, 1.2};

  private QuietCalibration() {}

  /**
   * One threshold.
   *
   * @param quietThreshold p_l, sigma^2
   * @param quiet quiet runs
   * @param cosine of its softness classifier with that of the calibrated p_l
   * @param bestBias of highest balanced accuracy on this set, by model; {@code softness} is the
   *     classifier trained on it
   */
  public record Row(
      double quietThreshold, int quiet, double cosine, Map<String, Double> bestBias) {}

  /** Trains on the three sets; none where there is no calibrated p_l or one class only. */
  public static List<Row> of(
      SoftnessSet softness, double temperature, Map<String, ModelFile> models) throws IOException {
    List<Row> rows = new ArrayList<>();
    if (Double.isNaN(softness.quietThreshold())) {
      return rows;
    }
    double[] direction = trained(softness.build(temperature, 1)).weights();
    for (double factor : FACTORS) {
      TrainingSet set = softness.build(temperature, factor);
      if (set.count(1) == 0 || set.count(-1) == 0) {
        continue;
      }
      Model own = trained(set);
      Map<String, Double> biases = new LinkedHashMap<>();
      biases.put("softness", bestBias(own, set));
      for (Map.Entry<String, ModelFile> e : models.entrySet()) {
        biases.put(e.getKey(), bestBias(e.getValue().model(), set));
      }
      double threshold = ((Number) set.attributes().get("p_l")).doubleValue();
      rows.add(
          new Row(threshold, set.count(-1), Directions.cosine(own.weights(), direction), biases));
    }
    return rows;
  }

  private static Model trained(TrainingSet set) {
    TrainOptions options = TrainOptions.standard(Program.VERSION).withFolds(0);
    return Training.run(List.of(set), Optional.empty(), options, "", part -> {}).model();
  }

  private static double bestBias(Model model, TrainingSet set) {
    double[] features = new double[set.features().length];
    for (int k = 0; k < features.length; k++) {
      features[k] = set.features()[k];
    }
    double[] raw = new double[set.count()];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = model.raw(features, i * set.spec().featureCount());
    }
    return BiasScan.of(raw, set.labels()).best().bias();
  }
}
