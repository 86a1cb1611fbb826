package io.vitrine.pipelines.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.learning.Model;
import io.vitrine.results.PredictionMean;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.DeadLetterRow;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;
import io.vitrine.serving.alarms.Alarm;
import io.vitrine.serving.alarms.Study;
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

  static Summary of(Study study, ResultsReader store, Set<String> simulations)
      throws StoreException {
    Summary summary = new Summary();
    ObjectNode each = new ObjectMapper().createObjectNode();
    long frames = 0;
    long incomplete = 0;
    long dead = 0;
    long thinned = 0;
    long repeated = 0;
    for (SimulationStatus s : study.simulations()) {
      String id = s.simulation().simulation();
      if (!simulations.contains(id)) {
        continue;
      }
      long missing = Math.max(0, s.expectedWindows() - s.windows());
      ObjectNode own =
          counts(
              s.frames(),
              s.windows(),
              missing,
              s.deadLetters(),
              s.framesThinned(),
              s.framesRepeated());
      if (study.verdicts().containsKey(id)) {
        addRelaxation(own, study.verdicts().get(id));
      }
      each.set(id, own);
      frames += s.frames();
      summary.windows += s.windows();
      incomplete += missing;
      dead += s.deadLetters();
      thinned += s.framesThinned();
      repeated += s.framesRepeated();
      if (!s.simulation().error().isEmpty()) {
        summary.failures.add(id + ": " + s.simulation().error());
      } else if (s.windows() == 0 && s.simulation().state() == RunState.FINISHED) {
        summary.failures.add(id + ": " + nothing(store, study.name(), s));
      }
    }
    summary.node.setAll(counts(frames, summary.windows, incomplete, dead, thinned, repeated));
    for (PredictionMean mean : store.predictionMeans(study.name())) {
      if (simulations.contains(mean.simulation())) {
        addPrediction((ObjectNode) each.get(mean.simulation()), mean);
      }
    }
    summary.node.set("simulations", each);
    summary.addAlarms(study, simulations);
    summary.addVersions(store, study.name());
    return summary;
  }

  private void addAlarms(Study study, Set<String> simulations) {
    ArrayNode alarms = node.putArray("alarms");
    for (Alarm alarm : study.alarms()) {
      boolean ours = alarm.simulation().isEmpty() || simulations.contains(alarm.simulation());
      if (ours && !alarm.kind().equals("target")) {
        alarms
            .addObject()
            .put("kind", alarm.kind())
            .put("simulation", alarm.simulation())
            .put("text", alarm.text());
      }
    }
  }

  private static void addRelaxation(ObjectNode simulation, EquilibriumRow row) {
    ObjectNode node = simulation.putObject("relaxation");
    putKnown(node, "tau_alpha", row.tauAlpha());
    putKnown(node, "tau_alpha_error", row.tauAlphaError());
    node.put("verdict", row.verdict());
    putKnown(node, "since", row.since());
    ArrayNode reasons = node.putArray("reasons");
    for (String reason : row.reason().split(EquilibriumRow.SEPARATOR, -1)) {
      reasons.add(reason);
    }
  }

  private static void addPrediction(ObjectNode simulation, PredictionMean mean) {
    ObjectNode node = simulation.withArray("pearson").addObject();
    node.put("model", mean.model());
    node.put("model_version", mean.modelVersion());
    node.put("label", mean.label());
    node.put("windows", mean.windows());
    node.put("r", mean.r());
    putKnown(node, "r_error", mean.error());
  }

  private static void putKnown(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }

  /** Why a finished simulation gave no window. */
  private static String nothing(ResultsReader store, String study, SimulationStatus s)
      throws StoreException {
    SimulationRow row = s.simulation();
    StringBuilder text = new StringBuilder("no window came out of ");
    text.append(s.frames()).append(" frames, as a window takes ");
    text.append(row.windowMillis() / row.intervalMillis() + 1).append(" in a row, ");
    text.append(row.intervalMillis() / 1000.0).append(" tau apart");
    if (s.framesThinned() > 0) {
      text.append("; ").append(s.framesThinned()).append(" frames lie between grid points");
    }
    if (s.deadLetters() > 0) {
      text.append("; ").append(s.deadLetters()).append(" could not be used");
      store.rows(DeadLetterRow.class, RowKind.DEAD_LETTER, study).stream()
          .filter(letter -> letter.simulation().equals(row.simulation()))
          .findFirst()
          .ifPresent(
              letter ->
                  text.append(", first ")
                      .append(letter.place())
                      .append(": ")
                      .append(letter.reason()));
    }
    return text.toString();
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
      long frames, long windows, long incomplete, long dead, long thinned, long repeated) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("frames", frames);
    node.put("windows", windows);
    node.put("windows_incomplete", incomplete);
    node.put("dead_letters", dead);
    node.put("frames_thinned", thinned);
    node.put("frames_repeated", repeated);
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

  private void tellCalibration(List<String> lines) {
    for (JsonNode row : node.path("quiet_calibration")) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  p_l %.4f: %d quiet runs, cosine %.3f, best bias %s",
              row.get("p_l").asDouble(),
              row.get("quiet").asInt(),
              row.get("cosine").asDouble(),
              row.get("bias_best")));
    }
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

  /** Why simulations ended early or gave nothing, one line each. */
  List<String> failures() {
    return failures;
  }

  String json() {
    return node.toString();
  }

  /** How much was read and how fast; the rate is that of the whole run. */
  String counts() {
    double seconds = node.path("seconds").asDouble(Double.NaN);
    long frames = node.get("frames").asLong();
    boolean whole = !node.has("resumed") && !node.has("already_done") && seconds > 0;
    return frames
        + " frames, "
        + windows
        + " windows, "
        + node.get("windows_incomplete").asLong()
        + " incomplete, "
        + node.get("dead_letters").asLong()
        + " dead letters"
        + more("frames_thinned", " thinned")
        + more("frames_repeated", " repeated")
        + (whole
            ? String.format(
                Locale.ROOT,
                " in %s, %.3g frames/s",
                Pace.inWords(seconds),
                (double) frames / seconds)
            : "");
  }

  /** Samples for training, live versions, bursts that were kept; a line each. */
  List<String> results() {
    List<String> lines = new ArrayList<>();
    JsonNode samples = node.get("training_samples");
    lines.add(
        String.format(
            Locale.ROOT,
            "Training samples: fluidity %d + %d, softness %d rearranging and %d quiet",
            samples.get("low").asInt(),
            samples.get("high").asInt(),
            samples.get("hops").asInt(),
            samples.get("quiet").asInt()));
    if (!versions.isEmpty()) {
      lines.add("Live versions: " + windowsByVersion());
    }
    if (!captured.isEmpty()) {
      lines.add(captured.size() + " bursts kept");
    }
    tellCalibration(lines);
    return lines;
  }

  private String more(String count, String what) {
    long n = node.get(count).asLong();
    return n == 0 ? "" : ", " + n + what;
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
