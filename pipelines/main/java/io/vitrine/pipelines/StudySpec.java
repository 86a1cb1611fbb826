package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.AnalysisSpec;
import io.vitrine.analysis.BurstRule;
import io.vitrine.analysis.SoftnessRule;
import io.vitrine.model.Check;
import io.vitrine.streaming.io.FrameUri;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is studied: everything that decides a number, and nothing that does not.
 *
 * @param study name of the study
 * @param frames where the frames of each simulation come from, by identifier
 * @param models models that score, as JSON by name
 * @param analysis what is computed
 * @param retrainMillis simulation time between trainings while the run goes on, ms; 0 without
 * @param capture bursts of rearrangement whose frames are kept, or null
 */
public record StudySpec(
    String study,
    Map<String, FrameUri> frames,
    TreeMap<String, String> models,
    AnalysisSpec analysis,
    long retrainMillis,
    BurstRule capture) {

  /** Collects URIs by identifier and refuses duplicates. */
  public static Map<String, FrameUri> byId(List<FrameUri> uris) {
    Map<String, FrameUri> byId = new LinkedHashMap<>();
    for (FrameUri uri : uris) {
      FrameUri first = byId.putIfAbsent(uri.id(), uri);
      if (first != null) {
        throw Check.refuse(
            "simulation ids",
            "differ (give id=)",
            "'" + uri.id() + "' for " + first + " and " + uri);
      }
    }
    return byId;
  }

  /** The description by which a run is recognized when it is started again. */
  public ObjectNode describe() {
    ObjectMapper json = new ObjectMapper();
    ObjectNode node = json.createObjectNode();
    node.put("study", study);
    ObjectNode simulations = node.putObject("simulations");
    frames.forEach((id, uri) -> simulations.put(id, uri.identity()));
    ObjectNode convention = node.putObject("convention");
    convention.put("p_hop", analysis.convention().label());
    convention.put("interval", analysis.intervalMillis() / 1000.0);
    convention.put("window", analysis.windowMillis() / 1000.0);
    convention.put("targets", analysis.targets().name());
    convention.put("hop_threshold", analysis.hopThreshold());
    convention.put("quench", analysis.quench().text());
    convention.put("lag", analysis.lagMillis() / 1000.0);
    convention.put("label", analysis.training().label().text());
    convention.put("tail_fraction", analysis.tailFraction());
    convention.put("one_sample_within", analysis.training().thinMillis() / 1000.0);
    convention.put("immobile_vs_random", analysis.training().random());
    ObjectNode softness = convention.putObject("softness");
    SoftnessRule rule = analysis.training().softness();
    softness.put("quiet", rule.isCalibrated() ? "auto" : String.valueOf(rule.quietThreshold()));
    softness.put("size", rule.size());
    softness.put("one_sample_a_hop", rule.peaks());
    ObjectNode features = convention.putObject("features");
    features.set("radii", json.valueToTree(analysis.features().radii()));
    features.put("delta", analysis.features().delta());
    features.put("cutoff", analysis.features().cutoff());
    ObjectNode exports = node.putObject("kept");
    exports.put("hops", analysis.keepHops());
    exports.put("frames", analysis.keepFrames());
    exports.set("features_at", json.valueToTree(analysis.featureMillis()));
    if (capture != null) {
      exports.put("bursts", capture.text() + " in " + capture.bytes() + " bytes");
    }
    node.put("train_every", retrainMillis / 1000.0);
    ObjectNode scorers = node.putObject("models");
    models.forEach((name, text) -> scorers.put(name, Digests.sha256(text)));
    return node;
  }
}
