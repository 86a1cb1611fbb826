package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.barriers.KramersFit;
import io.vitrine.pipelines.figures.BarrierTables;
import io.vitrine.pipelines.run.CountedJson;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.Program;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.TrainingCountRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The results as JSON: what the page, the checks and the recomputation in numpy read. */
final class PaperJson {
  private final PaperResults results;
  private final ObjectNode json = new ObjectMapper().createObjectNode();

  private PaperJson(PaperResults results) {
    this.results = results;
  }

  static ObjectNode of(PaperResults results) throws IOException, StoreException, FailureException {
    PaperJson made = new PaperJson(results);
    made.describe();
    return made.json;
  }

  private void describe() throws IOException, StoreException, FailureException {
    PaperScale scale = results.scale();
    json.put("scale", results.name());
    json.put("version", Program.VERSION);
    if (!scale.isThePapers()) {
      json.put("mixture", scale.frames(scale.fluid().temperature()).mixture().name());
    }
    json.put("softness", scale.thermal().softness());
    json.put("test_temperature", scale.test().temperature());
    ArrayNode rows = json.putArray("classifiers");
    for (PaperClassifier c : results.classifiers().values()) {
      ObjectNode row = rows.addObject();
      training(row, c);
      if (c.isCounted()) {
        counts(row, c.counts());
      }
    }
    results.missing().forEach(json.putObject("missing")::put);
    CountedJson.addTo(json, results.counted());
    runs(json.putArray("counting_runs"));
    results.doubts().forEach(json.putArray("doubts")::add);
    curvatures(json.putArray("curvature"));
    ArrayNode checks = json.putArray("checks");
    for (PaperReading reading : scale.readings()) {
      for (PaperChecks.Check check : PaperChecks.of(results, reading)) {
        checks
            .addObject()
            .put("reading", reading.name())
            .put("check", check.what())
            .put("found", check.found())
            .put("holds", check.holds());
      }
    }
    literal(json.putArray("literal_quiet_rule"));
    costs();
  }

  private static void training(ObjectNode row, PaperClassifier c) {
    row.put("name", c.name());
    row.put("reading", c.reading().name());
    row.put("temperature", c.temperature());
    row.put("n", c.report().path("n").asInt());
    row.set("effective", c.report().path("effective"));
    row.set("tails", tails(c));
    row.set("accuracies", c.report().path("accuracies"));
    row.set("b", c.report().path("bias_train"));
    row.put("sigma", c.sigma());
    row.put("b_best", c.best());
    row.set("b_best_interval", c.report().path("bias_best_interval"));
    row.put("b_best_less_b", c.difference());
    ObjectNode set = row.putObject("standardized_by_set");
    set.set("b", c.bySet().path("bias_train"));
    set.set("b_best", c.bySet().path("bias_best"));
    set.set("sigma", c.bySet().path("sigma"));
    c.cosines().forEach(row.putObject("cosines")::put);
    c.correlations().forEach(row.putObject("score_correlations")::put);
    row.set("split_half_cosine", c.report().path("split_half_cosine"));
    PaperValues printed = c.printed();
    if (printed != null) {
      ObjectNode paper = row.putObject("paper");
      paper.put("b", printed.bias()).put("sigma", printed.sigma());
      paper.put("b_best", printed.best()).put("cosine", printed.cosine());
    }
  }

  /** Thresholds, the part of all values beyond them, and events, where the set has tails. */
  private static ObjectNode tails(PaperClassifier c) {
    ObjectNode tails = new ObjectMapper().createObjectNode();
    for (String key : List.of("p_l", "p_u", "tail_fraction_low", "tail_fraction_high", "events")) {
      if (c.report().path("attributes").has(key)) {
        tails.set(key, c.report().path("attributes").path(key));
      }
    }
    return tails;
  }

  private static void counts(ObjectNode row, PaperCounts counts) {
    KramersFit zero = counts.atZero();
    row.put("dE_at_0", zero == null ? Double.NaN : zero.dE());
    row.put("dE_at_0_error", zero == null ? Double.NaN : zero.dEError());
    row.set("below_0.85", BarrierTables.json(counts.barriers(), 0.85));
    row.set("below_0.8", BarrierTables.json(counts.below08(), 0.8));
    row.set("all_temperatures", BarrierTables.json(counts.everything(), Double.POSITIVE_INFINITY));
    counts.perHop().ifPresent(p -> row.set("per_hop", BarrierTables.json(p, 0.85)));
    row.set(
        "fixed_score",
        BarrierTables.checks(counts.rates(), counts.barriers(), counts.centred(), counts.state()));
    ArrayNode moments = row.putArray("moments");
    counts
        .moments()
        .forEach(
            (t, m) ->
                moments
                    .addObject()
                    .put("temperature", t)
                    .put("mean", m[0])
                    .put("sigma", m[1])
                    .put("skewness", m[2])
                    .put("kurtosis", m[3]));
  }

  private void runs(ArrayNode runs) {
    for (CountingRuns.Run run : results.scale().counted()) {
      ObjectNode node = runs.addObject().put("simulation", run.id());
      node.put("temperature", run.temperature()).put("tau", run.until());
      node.put("rest", run.rest()).put("begins_from", run.origin());
      node.put("independent", run.independent());
    }
    ArrayNode hops = json.putArray("hops");
    results
        .hops()
        .byTemperature()
        .forEach(
            (t, d) ->
                hops.addObject()
                    .put("temperature", t)
                    .put("hops", d.hops())
                    .put("windows_per_hop", d.windows()));
  }

  private void curvatures(ArrayNode node) {
    for (PaperReading reading : results.scale().readings()) {
      Curvature found = Curvature.of(results.fluidities(reading));
      node.addObject()
          .put("reading", reading.name())
          .put("change_per_temperature", found.slope())
          .put("error", found.error());
    }
  }

  /** What the paper's own p_l gave of frames as they are, in the runs that are counted. */
  private void literal(ArrayNode literal) throws StoreException {
    try (ResultsReader reader =
        ResultsReader.open(results.folder().store(PaperFolder.STATISTICS))) {
      PaperScale scale = results.scale();
      List<Double> cold = List.of(scale.softness().temperature(), scale.test().temperature());
      for (TrainingCountRow row :
          reader.rows(TrainingCountRow.class, RowKind.TRAINING_COUNT, PaperFolder.STATISTICS)) {
        double temperature = scale.temperature(row.simulation());
        if (row.rule().equals("quiet") && cold.contains(temperature)) {
          ObjectNode one = literal.addObject().put("temperature", temperature);
          one.put("p_l", row.threshold()).put("windows", row.windows());
          one.put("quiet", row.candidates());
        }
      }
    }
  }

  private void costs() throws IOException {
    ObjectNode cost = json.putObject("cost");
    long stores = 0;
    for (String stage : stages()) {
      Path file = results.folder().cost(stage);
      if (Files.exists(file)) {
        cost.set(stage, new ObjectMapper().readTree(file.toFile()));
      }
      if (Files.exists(results.folder().storeFile(stage))) {
        stores += Files.size(results.folder().storeFile(stage));
      }
    }
    json.put("stores_bytes", stores);
  }

  private List<String> stages() {
    List<String> stages = new ArrayList<>(List.of("fluid"));
    results.scale().readings().stream().map(PaperReading::coldJob).distinct().forEach(stages::add);
    stages.addAll(List.of("training", PaperFolder.STATISTICS));
    return stages;
  }
}
