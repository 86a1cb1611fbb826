package io.vitrine.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.barriers.ScoreScale;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.ModelRow;
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

  /** A number of its file, by keys with slashes between; NaN where it is none. */
  double number(String path) {
    JsonNode value = json.at("/" + path);
    return value.isNumber() ? value.asDouble() : Double.NaN;
  }

  /** Whether its file says how wide its scores are spread. */
  boolean knowsSigma() {
    return number("sigma") > 0;
  }

  /**
   * The scale of its scores; as they are stored where its file cannot be read.
   *
   * @param counters needed where its file does not say how wide its scores are spread
   */
  Unit unit(List<CounterSum> counters) {
    try {
      Model model = ModelJson.parse(row.model(), row.json());
      ScoreScale scale = ScoreScale.of(model, counters.stream().filter(this::counted).toList());
      return new Unit(scale.origin(), scale.origin() - model.bias(), scale.sigma());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Unit.NONE;
    }
  }

  private boolean counted(CounterSum counter) {
    return counter.model().equals(row.model()) && counter.modelVersion().equals(row.version());
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
}
