package io.vitrine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.results.PredictionMean;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.rows.TrainingCountRow;
import io.vitrine.serving.alarms.Study;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Training sets with a forecast; the newest version of each classifier with its numbers, its angles
 * to the others and how its accuracy grew from version to version; r of score and label over time.
 */
final class LearningView {
  /** Points of a curve over time. */
  private static final int MOST_POINTS = 400;

  /** The shortest stretch that r is averaged over, ms: one window. */
  private static final long SHORTEST_MILLIS = 10_000;

  private LearningView() {}

  /** Stretch of time that a point of r stands for, ms: a window times a power of two. */
  static long stretch(Study study) {
    long latest = study.simulations().stream().mapToLong(s -> s.latestMillis()).max().orElse(0);
    long width = SHORTEST_MILLIS;
    while (latest / width >= MOST_POINTS) {
      width *= 2;
    }
    return width;
  }

  /**
   * @param classifiers all versions of each classifier, the newest last
   * @param predictions means of r over stretches of time
   */
  static ObjectNode of(
      Study study, List<List<Classifier>> classifiers, List<PredictionMean> predictions) {
    ObjectNode node = Json.object();
    addPredictions(node.putArray("predictions"), predictions);
    ArrayNode sets = node.putArray("training");
    for (TrainingCountRow row : study.training()) {
      ObjectNode set = sets.addObject();
      set.put("simulation", row.simulation());
      set.put("rule", row.rule());
      set.put("windows", row.windows());
      set.put("candidates", row.candidates());
      set.put("samples", row.samples());
      if (row.target() >= 0) {
        set.put("target", row.target());
      } else {
        set.putNull("target");
      }
      Json.put(set, "threshold", row.threshold());
      Json.put(set, "forecast", forecast(study, row));
    }
    ArrayNode models = node.putArray("models");
    for (List<Classifier> versions : classifiers) {
      Classifier newest = versions.get(versions.size() - 1);
      ObjectNode model = models.addObject();
      model.put("model", newest.row().model());
      model.put("version", newest.row().version());
      ObjectNode file = newest.json().deepCopy();
      file.remove(List.of("weights", "means", "deviations", "features"));
      model.set("file", file);
      ArrayNode cosines = model.putArray("cosines");
      for (List<Classifier> other : classifiers) {
        Json.add(cosines, newest.cosine(other.get(other.size() - 1)));
      }
      model.set("versions", history(versions));
    }
    return node;
  }

  /** r over time of each simulation and model, in columns, over its versions. */
  private static void addPredictions(ArrayNode curves, List<PredictionMean> predictions) {
    Map<List<String>, ObjectNode> known = new HashMap<>();
    for (PredictionMean p : predictions) {
      ObjectNode curve =
          known.computeIfAbsent(
              List.of(p.simulation(), p.model(), p.label()),
              key ->
                  curves
                      .addObject()
                      .put("simulation", p.simulation())
                      .put("model", p.model())
                      .put("label", p.label()));
      curve.withArray("time").add(p.time());
      curve.withArray("r").add(p.r());
      curve.withArray("low").add(p.low());
      curve.withArray("high").add(p.high());
      curve.withArray("windows").add(p.windows());
    }
  }

  /** Numbers of each version, in columns. */
  private static ObjectNode history(List<Classifier> versions) {
    Classifier newest = versions.get(versions.size() - 1);
    ObjectNode node = Json.object();
    ArrayNode version = node.putArray("version");
    versions.forEach(each -> version.add(each.row().version()));
    for (String path :
        List.of(
            "convention/live_version",
            "convention/live_trained_at",
            "training_set/n",
            "sigma",
            "bias",
            "bias_train",
            "bias_best")) {
      ArrayNode column = node.putArray(path.substring(path.indexOf('/') + 1));
      versions.forEach(each -> Json.add(column, each.number(path)));
    }
    for (String folds : List.of("cross_validation", "cross_validation_grouped")) {
      ArrayNode mean = node.putArray(folds);
      ArrayNode spread = node.putArray(folds + "_spread");
      for (Classifier each : versions) {
        double[] both = moments(each.json().path("accuracies").path(folds));
        Json.add(mean, both[0]);
        Json.add(spread, both[1]);
      }
    }
    ArrayNode cosine = node.putArray("cosine");
    versions.forEach(each -> Json.add(cosine, newest.cosine(each)));
    return node;
  }

  /** Mean and standard deviation of an array of numbers. */
  private static double[] moments(JsonNode values) {
    double sum = 0;
    double squares = 0;
    for (JsonNode value : values) {
      sum += value.asDouble();
      squares += value.asDouble() * value.asDouble();
    }
    int n = values.size();
    double variance = (squares - sum * sum / n) / (n - 1);
    return new double[] {sum / n, Math.sqrt(Math.max(0, variance))};
  }

  /** Simulation time until the target at the pace so far, tau; NaN without target or samples. */
  private static double forecast(Study study, TrainingCountRow row) {
    if (row.target() < 0 || row.samples() == 0) {
      return Double.NaN;
    }
    for (SimulationStatus status : study.simulations()) {
      if (status.simulation().simulation().equals(row.simulation())) {
        double interval = status.simulation().intervalMillis() / 1000.0;
        double missing = Math.max(0, row.target() - row.samples());
        return missing * row.windows() * interval / row.samples();
      }
    }
    return Double.NaN;
  }
}
