package io.vitrine.pipelines.study;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.bursts.BurstRule;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Conventions;
import io.vitrine.analysis.spec.SoftnessRule;
import io.vitrine.learning.ModelFile;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.Target;
import io.vitrine.streaming.io.feed.FrameUri;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What is studied: everything that decides a number, and nothing that does not.
 *
 * @param study name of the study
 * @param frames where the frames of each simulation come from, by identifier
 * @param models models that score, by name
 * @param analysis what is computed
 * @param retrainMillis simulation time between trainings during the run, ms; 0 without
 * @param ridge features of a ridge regression that is trained then; null for a classifier
 * @param capture bursts of rearrangement whose frames are kept, or null
 * @param hopEvents whether each hop becomes a row of the store
 */
public record StudySpec(
    String study,
    Map<String, FrameUri> frames,
    SortedMap<String, ModelFile> models,
    AnalysisSpec analysis,
    long retrainMillis,
    FeatureSets ridge,
    BurstRule capture,
    boolean hopEvents) {

  /** Name of the last component in descriptions of runs. */
  public static final String HOP_EVENTS = "hop_events";

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

  /** The same study of another species. */
  public StudySpec withTargets(Target targets) {
    return new StudySpec(
        study,
        frames,
        models,
        analysis.withTargets(targets),
        retrainMillis,
        ridge,
        capture,
        hopEvents);
  }

  /** The same study, which stores no hops. */
  public StudySpec withoutHopEvents() {
    return new StudySpec(study, frames, models, analysis, retrainMillis, ridge, capture, false);
  }

  /** The description by which a run is recognized when it is started again. */
  public ObjectNode describe() {
    ObjectMapper json = new ObjectMapper();
    ObjectNode node = json.createObjectNode();
    node.put("study", study);
    ObjectNode simulations = node.putObject("simulations");
    frames.forEach((id, uri) -> simulations.put(id, uri.identity()));
    ObjectNode convention = node.putObject("convention");
    // This one has had a shorter name in run descriptions from the beginning.
    Conventions.of(analysis)
        .forEach(
            (name, value) ->
                convention.set(
                    name.equals(Conventions.P_HOP) ? "p_hop" : name, json.valueToTree(value)));
    convention.put("label", analysis.training().label().text());
    convention.put("tail_fraction", analysis.tailFraction());
    convention.put("one_sample_within", analysis.training().thinMillis() / 1000.0);
    convention.put("immobile_vs_random", analysis.training().random());
    ObjectNode softness = convention.putObject("softness");
    SoftnessRule rule = analysis.training().softness();
    softness.put("quiet", rule.isCalibrated() ? "auto" : String.valueOf(rule.quietThreshold()));
    softness.put("size", rule.size());
    softness.put("one_sample_a_hop", rule.peaks());
    if (convention.has("species")) {
      // A list, to be read again.
      convention.set("species", json.valueToTree(analysis.targets().species()));
    }
    ObjectNode features = convention.putObject("features");
    Conventions.of(analysis.features())
        .forEach((name, value) -> features.set(name, json.valueToTree(value)));
    ObjectNode relaxation = convention.putObject("relaxation");
    Conventions.of(analysis.relaxation())
        .forEach((name, value) -> relaxation.set(name, json.valueToTree(value)));
    node.put("block", analysis.blockParticles());
    ObjectNode exports = node.putObject("kept");
    exports.put("hops", analysis.keepHops());
    exports.put("frames", analysis.keepFrames());
    exports.set("features_at", json.valueToTree(analysis.featureMillis()));
    if (capture != null) {
      exports.put("bursts", capture.text() + " in " + capture.bytes() + " bytes");
    }
    node.put(HOP_EVENTS, hopEvents);
    node.put("train_every", retrainMillis / 1000.0);
    if (ridge != null) {
      node.put("learner", "ridge on " + ridge);
    }
    ObjectNode scorers = node.putObject("models");
    models.forEach((name, model) -> scorers.put(name, Digests.sha256(model.text())));
    return node;
  }
}
