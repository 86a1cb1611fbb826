package io.vitrine.analysis;

import io.vitrine.model.TrainingSet;
import java.util.Map;
import java.util.TreeMap;

/** The conventions every training set and export records. */
final class SetAttributes {
  private SetAttributes() {}

  static Map<String, Object> of(AnalysisSpec spec, double temperature) {
    Map<String, Object> attributes = new TreeMap<>();
    attributes.put("p_hop_convention", spec.convention().label());
    attributes.put("interval", spec.intervalMillis() / 1000.0);
    attributes.put("window", spec.window().spanMillis() / 1000.0);
    attributes.put("lag", spec.lagMillis() / 1000.0);
    attributes.put("targets", spec.targets().name());
    attributes.put("hop_threshold", spec.hopThreshold());
    attributes.put("quench", spec.quench().text());
    if (!Double.isNaN(temperature)) {
      attributes.put(TrainingSet.TEMPERATURE, temperature);
    }
    return attributes;
  }
}
