package io.vitrine.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.TrainingCountRow;
import java.util.List;

/** Training sets with a forecast, classifiers with their numbers and angles. */
final class LearningView {
  private LearningView() {}

  static ObjectNode of(Study study, List<Classifier> classifiers) {
    ObjectNode node = Json.object();
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
    for (Classifier classifier : classifiers) {
      ObjectNode model = models.addObject();
      model.put("model", classifier.row().model());
      model.put("version", classifier.row().version());
      ObjectNode file = classifier.json().deepCopy();
      file.remove(List.of("weights", "means", "deviations", "features"));
      if (!classifier.equals(Classifier.newest(classifiers, classifier.row().model()))) {
        file.remove("bias_scan"); // one curve a classifier
      }
      model.set("file", file);
      ArrayNode cosines = model.putArray("cosines");
      for (Classifier other : classifiers) {
        Json.add(cosines, classifier.cosine(other));
      }
    }
    return node;
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
