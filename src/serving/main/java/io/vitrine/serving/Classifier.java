package io.vitrine.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.results.Binning;
import io.vitrine.results.CounterBin;
import io.vitrine.results.CounterSum;
import io.vitrine.results.ModelRow;
import java.util.Comparator;
import java.util.List;

/**
 * What the page needs of a published classifier.
 *
 * @param row where it is stored
 * @param json its file
 */
record Classifier(ModelRow row, ObjectNode json) {
  static Classifier of(ModelRow row) {
    try {
      return new Classifier(row, Json.read(row.json()));
    } catch (JsonProcessingException | ClassCastException e) {
      return new Classifier(row, Json.object()); // shown without numbers
    }
  }

  /** Of several versions the newest; null without any. */
  static Classifier newest(List<Classifier> classifiers, String model) {
    return classifiers.stream()
        .filter(each -> each.row().model().equals(model))
        .max(Comparator.comparingLong(Classifier::number))
        .orElse(null);
  }

  /** Number of a version of the live model; 0 for others. */
  long number() {
    return json.path("convention").path("live_version").asLong(0);
  }

  /** b_best where there was a test set, else b_train, else the SVM's own bias. */
  double bias() {
    for (String name : List.of("bias_best", "bias_train", "bias")) {
      if (json.path(name).isNumber()) {
        return json.path(name).asDouble();
      }
    }
    return Double.NaN;
  }

  /** Which of them {@link #bias} is. */
  String biasName() {
    for (String name : List.of("bias_best", "bias_train", "bias")) {
      if (json.path(name).isNumber()) {
        return name;
      }
    }
    return "none";
  }

  double temperature() {
    return number("temperature");
  }

  double number(String name) {
    JsonNode value = json.path(name);
    return value.isNumber() ? value.asDouble() : Double.NaN;
  }

  /**
   * Spread of the raw score over the bulk: from the file, else from the counters at the temperature
   * nearest to the training temperature.
   */
  double sigma(List<CounterSum> counters) {
    double stored = number("sigma");
    if (stored > 0) {
      return stored;
    }
    CounterSum nearest = null;
    for (CounterSum counter : counters) {
      if (nearest == null
          || Math.abs(counter.temperature() - temperature())
              < Math.abs(nearest.temperature() - temperature())) {
        nearest = counter;
      }
    }
    return nearest == null ? Double.NaN : spread(nearest);
  }

  /** Cosine of the angle between two directions, each in its own standardized features. */
  double cosine(Classifier other) {
    JsonNode a = json.path("weights");
    JsonNode b = other.json.path("weights");
    if (a.size() == 0 || a.size() != b.size()) {
      return Double.NaN;
    }
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int i = 0; i < a.size(); i++) {
      aa += a.get(i).asDouble() * a.get(i).asDouble();
      bb += b.get(i).asDouble() * b.get(i).asDouble();
      ab += a.get(i).asDouble() * b.get(i).asDouble();
    }
    return ab / Math.sqrt(aa * bb);
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
