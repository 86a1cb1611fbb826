package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.learning.Model;
import java.util.Map;

/**
 * What is known of one classifier of the paper.
 *
 * @param name of it
 * @param reading it belongs to
 * @param temperature it was trained at
 * @param model features standardized over all particles
 * @param report of its training
 * @param bySet report of the same with features standardized over the training set
 * @param cosines with the softness of each reading, by name
 * @param correlations of scores with those, over all particles at the test temperature
 * @param counts in the counted runs; null where they cannot score it
 * @param printed its row of Table I, or null
 */
record PaperClassifier(
    String name,
    PaperReading reading,
    double temperature,
    Model model,
    JsonNode report,
    JsonNode bySet,
    Map<String, Double> cosines,
    Map<String, Double> correlations,
    PaperCounts counts,
    PaperValues printed) {
  double sigma() {
    return number(report, "sigma");
  }

  /** b of Table I: of highest cross-validated accuracy. */
  double train() {
    return number(report, "bias_train");
  }

  double best() {
    return number(report, "bias_best");
  }

  /** b_best - b, which does not depend on the means that features are standardized with. */
  double difference() {
    return best() - train();
  }

  /** A number of a report, NaN where it has none. */
  static double number(JsonNode report, String key) {
    return report.path(key).asDouble(Double.NaN);
  }

  /** Highest accuracy of cross-validation over the bias. */
  double peak() {
    double peak = Double.NaN;
    for (JsonNode a : report.path("bias_scan").path("cross_validation")) {
      peak = Double.isNaN(peak) ? a.asDouble() : Math.max(peak, a.asDouble());
    }
    return peak;
  }

  /** Cross-validated accuracy at the bias of the scan that is nearest to this one. */
  double accuracyAt(double bias) {
    JsonNode biases = report.path("bias_scan").path("bias");
    int nearest = 0;
    for (int i = 0; i < biases.size(); i++) {
      double off = Math.abs(biases.get(i).asDouble() - bias);
      nearest = off < Math.abs(biases.get(nearest).asDouble() - bias) ? i : nearest;
    }
    return report.path("bias_scan").path("cross_validation").path(nearest).asDouble(Double.NaN);
  }

  boolean isSoftness() {
    return name.equals(reading.softness());
  }

  /** Whether the counted runs scored it. */
  boolean isCounted() {
    return counts != null;
  }
}
