package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.BarrierAnalysis;
import io.vitrine.analysis.KramersFit;
import io.vitrine.analysis.KramersSettings;
import io.vitrine.analysis.RateErrors;
import io.vitrine.analysis.RateTable;
import io.vitrine.analysis.ScoreBins;
import io.vitrine.learning.Directions;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.results.CounterBlock;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.RowKind;
import io.vitrine.results.StoreException;
import io.vitrine.results.TrainingCountRow;
import io.vitrine.results.WindowRow;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Table I beside the printed values, what must hold and whether it does, figures, one page. */
final class PaperReport {
  private final PaperScale scale;
  private final String name;
  private final PaperStages stages;
  private final Map<String, Classifier> classifiers = new LinkedHashMap<>();
  private final ObjectNode json = new ObjectMapper().createObjectNode();

  /** What is known of one classifier. */
  record Classifier(
      String name,
      double temperature,
      Model model,
      JsonNode report,
      double cosine,
      RateTable table,
      RateErrors errors,
      BarrierAnalysis barriers,
      BarrierAnalysis below08,
      BarrierAnalysis everything,
      SortedMap<Double, double[]> moments) {
    double sigma() {
      return report.path("sigma").asDouble(Double.NaN);
    }

    double best() {
      return report.path("bias_best").asDouble(Double.NaN);
    }

    /** dE of the bin centred at x = 0. */
    KramersFit atZero() {
      for (KramersFit fit : barriers.fits()) {
        if (Math.abs(fit.low() + fit.high()) < 1e-9) {
          return fit;
        }
      }
      return null;
    }
  }

  private PaperReport(PaperScale scale, String name, PaperStages stages) {
    this.scale = scale;
    this.name = name;
    this.stages = stages;
  }

  static PaperReport make(
      PaperScale scale, String name, PaperStages stages, Path root, PrintStream people)
      throws IOException, StoreException {
    people.println("Stage report");
    PaperReport report = new PaperReport(scale, name, stages);
    report.read();
    report.describe(root);
    new PaperFigures(scale, stages, report.classifiers).write(root.resolve("figures"));
    PaperStages.writeAside(root.resolve("report.json"), report.json.toPrettyString() + "\n");
    PaperStages.writeAside(root.resolve("table1.csv"), report.csv());
    PaperStages.writeAside(
        root.resolve("report.html"), PaperPage.html(report, root.resolve("figures")));
    return report;
  }

  private void read() throws IOException, StoreException {
    Model softness = ModelJson.read(stages.model(PaperStages.SOFTNESS));
    try (ResultsReader reader = ResultsReader.open(stages.store("statistics"))) {
      List<CounterBlock> blocks =
          reader.rows(CounterBlock.class, RowKind.COUNTER_BLOCK, "statistics");
      List<WindowRow> windows = reader.rows(WindowRow.class, RowKind.WINDOW, "statistics");
      for (String which : stages.classifiers()) {
        Model model = ModelJson.read(stages.model(which));
        JsonNode report = stages.report(which);
        List<CounterBlock> own = blocks.stream().filter(b -> b.model().equals(which)).toList();
        ScoreBins bins =
            new ScoreBins(
                report.path("bias_best").asDouble(),
                report.path("sigma").asDouble(),
                ScoreBins.DEFAULT_WIDTH);
        RateTable table = bins.table(ScoreBins.sum(which, own.get(0).modelVersion(), own));
        RateErrors errors = bins.blocks(table, own, 1);
        KramersSettings settings = KramersSettings.DEFAULT;
        classifiers.put(
            which,
            new Classifier(
                which,
                model.origin().temperature().orElse(Double.NaN),
                model,
                report,
                Directions.cosine(model.weights(), softness.weights()),
                table,
                errors,
                BarrierAnalysis.of(table, errors, settings),
                BarrierAnalysis.of(table, errors, settings.below(0.8)),
                BarrierAnalysis.of(table, errors, settings.below(Double.POSITIVE_INFINITY)),
                moments(windows, which)));
      }
    }
  }

  /** Mean, sigma, skewness, excess kurtosis of w.z - b at each temperature, over windows. */
  private static SortedMap<Double, double[]> moments(List<WindowRow> windows, String model) {
    TreeMap<Double, double[]> sums = new TreeMap<>();
    for (WindowRow w : windows) {
      if (w.model().equals(model)) {
        double[] sum =
            sums.computeIfAbsent(
                Double.parseDouble(w.simulation().substring(1)), t -> new double[5]);
        sum[0] += w.score().mean();
        sum[1] += w.score().sigma();
        sum[2] += w.score().skewness();
        sum[3] += w.score().kurtosis();
        sum[4]++;
      }
    }
    for (double[] sum : sums.values()) {
      for (int k = 0; k < 4; k++) {
        sum[k] /= sum[4];
      }
    }
    return sums;
  }

  private void describe(Path root) throws IOException, StoreException {
    json.put("scale", name);
    json.put("version", Vitrine.VERSION);
    ArrayNode rows = json.putArray("classifiers");
    for (Classifier c : classifiers.values()) {
      ObjectNode row = rows.addObject();
      PaperValues printed = printed(c);
      row.put("name", c.name());
      row.put("temperature", c.temperature());
      row.put("n", c.report().path("n").asInt());
      row.set("accuracies", c.report().path("accuracies"));
      row.set("b", c.report().path("bias_train"));
      row.put("sigma", c.sigma());
      row.put("b_best", c.best());
      row.set("b_best_interval", c.report().path("bias_best_interval"));
      row.put("cosine", c.cosine());
      row.set("split_half_cosine", c.report().path("split_half_cosine"));
      if (printed != null) {
        ObjectNode paper = row.putObject("paper");
        paper.put("b", printed.bias()).put("sigma", printed.sigma());
        paper.put("b_best", printed.best()).put("cosine", printed.cosine());
      }
      KramersFit zero = c.atZero();
      row.put("dE_at_0", zero == null ? Double.NaN : zero.dE());
      row.put("dE_at_0_error", zero == null ? Double.NaN : zero.dEError());
      row.put("T0", c.barriers().onset().t0());
      row.put("T0_low", c.barriers().onset().low());
      row.put("T0_high", c.barriers().onset().high());
      row.put("T0_reason", c.barriers().onset().reason());
      ArrayNode moments = row.putArray("moments");
      c.moments()
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
    new PaperChecks(classifiers).addTo(json.putArray("checks"));
    ObjectNode cost = json.putObject("cost");
    for (String stage : List.of("fluid", "cold", "training", "statistics")) {
      Path file = root.resolve("stages").resolve(stage + ".json");
      if (Files.exists(file)) {
        cost.set(stage, new ObjectMapper().readTree(file.toFile()));
      }
    }
    literal(json.putArray("literal_quiet_rule"));
    long stores = 0;
    for (String job : List.of("fluid", "cold", "statistics")) {
      stores += Files.size(stages.folder(job).resolve("store.sqlite"));
    }
    json.put("stores_bytes", stores);
  }

  /**
   * What the paper's own p_l gave at the temperatures of softness, in the runs that are counted.
   */
  private void literal(ArrayNode literal) throws StoreException {
    try (ResultsReader reader = ResultsReader.open(stages.store("statistics"))) {
      List<Double> cold = List.of(scale.softness().temperature(), scale.test().temperature());
      for (TrainingCountRow row :
          reader.rows(TrainingCountRow.class, RowKind.TRAINING_COUNT, "statistics")) {
        double temperature = Double.parseDouble(row.simulation().substring(1));
        if (row.rule().equals("quiet") && cold.contains(temperature)) {
          ObjectNode one = literal.addObject().put("temperature", temperature);
          one.put("p_l", row.threshold()).put("windows", row.windows());
          one.put("quiet", row.candidates());
        }
      }
    }
  }

  static boolean isSoftness(Classifier c) {
    return c.name().equals(PaperStages.SOFTNESS);
  }

  /** The printed row: softness is that of T = 0.45 whatever the scale's temperature. */
  static PaperValues printed(Classifier c) {
    return PaperValues.TABLE.get(isSoftness(c) ? 0.45 : c.temperature());
  }

  Map<String, Classifier> classifiers() {
    return classifiers;
  }

  PaperScale scale() {
    return scale;
  }

  String name() {
    return name;
  }

  ObjectNode json() {
    return json;
  }

  /** What the literal quiet rule gave, as a sentence. */
  String literal() {
    List<String> parts = new ArrayList<>();
    for (JsonNode each : json.path("literal_quiet_rule")) {
      parts.add(
          each.path("quiet").asInt()
              + " samples at T="
              + each.path("temperature").asText()
              + " in "
              + each.path("windows").asText()
              + " windows");
    }
    return String.join(", ", parts);
  }

  /** Rows of Table I as cells: ours, then the paper's. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (Classifier c : classifiers.values()) {
      PaperValues p = printed(c);
      JsonNode interval = c.report().path("bias_best_interval");
      rows.add(
          List.of(
              c.name() + " (T=" + c.temperature() + ")",
              c.report().path("n").asText(),
              Plot.number(c.report().path("bias_train").asDouble(Double.NaN), 4),
              Plot.number(p == null ? Double.NaN : p.bias(), 4),
              Plot.number(c.sigma(), 4),
              Plot.number(p == null ? Double.NaN : p.sigma(), 4),
              Plot.number(c.best(), 3),
              Plot.number(interval.path(0).asDouble(Double.NaN), 3)
                  + " to "
                  + Plot.number(interval.path(1).asDouble(Double.NaN), 3),
              Plot.number(p == null ? Double.NaN : p.best(), 3),
              Plot.number(c.cosine(), 3),
              Plot.number(p == null ? Double.NaN : p.cosine(), 3),
              Plot.number(c.report().path("split_half_cosine").asDouble(Double.NaN), 3)));
    }
    return rows;
  }

  static final List<String> COLUMNS =
      List.of(
          "classifier",
          "samples",
          "b",
          "b (paper)",
          "sigma",
          "sigma (paper)",
          "b_best",
          "b_best plateau",
          "b_best (paper)",
          "cosine",
          "cosine (paper)",
          "split-half cosine");

  private String csv() {
    StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append('\n');
    rows().forEach(row -> text.append(String.join(",", row)).append('\n'));
    return text.toString();
  }

  /** Table I for a terminal, and what holds. */
  String table() {
    StringBuilder text = new StringBuilder("Table I, beside the printed values\n");
    text.append(
        "  classifier          sigma  (paper)   b_best (paper)   cosine (paper)  split-half  dE(0)"
            + "   T0\n");
    for (Classifier c : classifiers.values()) {
      PaperValues p = printed(c);
      KramersFit zero = c.atZero();
      text.append(
          String.format(
              "  %-18s %6s %8s %8s %7s %8s %7s %10s %7s %6s%n",
              c.name() + " (T=" + c.temperature() + ")",
              Plot.number(c.sigma(), 3),
              Plot.number(p == null ? Double.NaN : p.sigma(), 3),
              Plot.number(c.best(), 3),
              Plot.number(p == null ? Double.NaN : p.best(), 3),
              Plot.number(c.cosine(), 3),
              Plot.number(p == null ? Double.NaN : p.cosine(), 3),
              Plot.number(c.report().path("split_half_cosine").asDouble(Double.NaN), 3),
              Plot.number(zero == null ? Double.NaN : zero.dE(), 2),
              Plot.number(c.barriers().onset().t0(), 2)));
    }
    for (JsonNode check : json.path("checks")) {
      text.append(check.path("holds").asBoolean() ? "  holds      " : "  DOES NOT   ");
      text.append(check.path("check").asText()).append('\n');
    }
    return text.toString();
  }
}
