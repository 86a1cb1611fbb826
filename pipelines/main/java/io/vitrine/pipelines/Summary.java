package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.learning.Model;
import io.vitrine.results.CounterSum;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a run came to, read from the store: for machines as JSON, for people as a few lines. */
final class Summary {
  private final ObjectNode node = new ObjectMapper().createObjectNode();
  private final List<String> failures = new ArrayList<>();
  private final ArrayNode versions = new ObjectMapper().createArrayNode();
  private final ArrayNode captured = new ObjectMapper().createArrayNode();
  private long windows;

  static Summary of(String storeUrl, String study, Set<String> simulations) throws StoreException {
    Summary summary = new Summary();
    try (ResultsReader store = ResultsReader.open(storeUrl)) {
      ObjectNode each = new ObjectMapper().createObjectNode();
      long frames = 0;
      long incomplete = 0;
      long dead = 0;
      long thinned = 0;
      for (SimulationStatus s : store.simulations(study)) {
        String id = s.simulation().simulation();
        if (!simulations.contains(id)) {
          continue;
        }
        long missing = Math.max(0, s.expectedWindows() - s.windows());
        each.set(id, counts(s.frames(), s.windows(), missing, s.deadLetters(), s.framesThinned()));
        frames += s.frames();
        summary.windows += s.windows();
        incomplete += missing;
        dead += s.deadLetters();
        thinned += s.framesThinned();
        if (!s.simulation().error().isEmpty()) {
          summary.failures.add(id + ": " + s.simulation().error());
        }
      }
      summary.node.setAll(counts(frames, summary.windows, incomplete, dead, thinned));
      summary.node.set("simulations", each);
      summary.addVersions(store, study);
    }
    return summary;
  }

  private void addVersions(ResultsReader store, String study) throws StoreException {
    List<CounterSum> counters = store.counters(study);
    for (LiveVersions.Version v : new LiveVersions(store, study).all()) {
      ObjectNode each = versions.addObject();
      each.put("version", v.number()).put("fingerprint", v.fingerprint());
      each.put("trained_at", v.trainedAt()).put("n", v.model().origin().samples());
      v.model().origin().sigma().ifPresent(sigma -> each.put("sigma", sigma));
      each.put(
          "windows",
          counters.stream()
              .filter(c -> c.model().equals(Model.LIVE))
              .filter(c -> c.modelVersion().equals(v.fingerprint()))
              .mapToLong(CounterSum::windows)
              .sum());
    }
  }

  private static ObjectNode counts(
      long frames, long windows, long incomplete, long dead, long thinned) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("frames", frames);
    node.put("windows", windows);
    node.put("windows_incomplete", incomplete);
    node.put("dead_letters", dead);
    node.put("frames_thinned", thinned);
    return node;
  }

  Summary finished(Finishing.Made made, Iterable<String> models, Path output, String storeUrl) {
    ObjectNode samples = node.putObject("training_samples");
    samples.put("low", made.low());
    samples.put("high", made.high());
    samples.put("hops", made.hops());
    samples.put("quiet", made.quiet());
    if (!Double.isNaN(made.quietThreshold())) {
      samples.put("quiet_threshold", made.quietThreshold());
    }
    addCalibration(made.calibration());
    ArrayNode names = node.putArray("models");
    models.forEach(names::add);
    if (!versions.isEmpty()) {
      names.add(Model.LIVE);
      node.set("live_versions", versions);
    }
    ArrayNode files = node.putArray("files");
    made.files().forEach(f -> files.add(f.toString()));
    node.put("output", output.toString());
    node.put("store", storeUrl);
    return this;
  }

  /** Frames around bursts that are kept. */
  Summary captured(List<Path> files) {
    if (!files.isEmpty()) {
      files.forEach(f -> captured.add(f.toString()));
      node.set("captured", captured);
    }
    return this;
  }

  private void addCalibration(List<QuietCalibration.Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    ArrayNode all = node.putArray("quiet_calibration");
    for (QuietCalibration.Row row : rows) {
      ObjectNode each = all.addObject();
      each.put("p_l", row.quietThreshold()).put("quiet", row.quiet()).put("cosine", row.cosine());
      ObjectNode biases = each.putObject("bias_best");
      row.bestBias().forEach(biases::put);
    }
  }

  private String calibration() {
    StringBuilder text = new StringBuilder();
    for (JsonNode row : node.path("quiet_calibration")) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n  p_l %.4f: %d quiet runs, cosine %.3f, best bias %s",
              row.get("p_l").asDouble(),
              row.get("quiet").asInt(),
              row.get("cosine").asDouble(),
              row.get("bias_best")));
    }
    return text.toString();
  }

  Summary seconds(double seconds) {
    node.put("seconds", Math.rint(seconds * 1000) / 1000);
    return this;
  }

  Summary flag(String name, boolean value) {
    node.put(name, value);
    return this;
  }

  Summary error(String message) {
    node.put("error", message);
    return this;
  }

  /** Why simulations ended early, one line each. */
  List<String> failures() {
    return failures;
  }

  String json() {
    return node.toString();
  }

  String text() {
    return node.get("frames").asLong()
        + " frames, "
        + windows
        + " windows, "
        + node.get("windows_incomplete").asLong()
        + " incomplete, "
        + node.get("dead_letters").asLong()
        + " dead letters"
        + (versions.isEmpty() ? "" : ", live versions " + windowsByVersion())
        + (captured.isEmpty() ? "" : ", " + captured.size() + " bursts kept")
        + calibration();
  }

  private String windowsByVersion() {
    StringBuilder text = new StringBuilder();
    for (JsonNode v : versions) {
      text.append(text.isEmpty() ? "" : ", ");
      text.append(v.get("version").asLong()).append(": ").append(v.get("windows").asLong());
    }
    return text + " windows";
  }
}
