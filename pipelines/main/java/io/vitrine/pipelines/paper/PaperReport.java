package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.barriers.BarrierAnalysis;
import io.vitrine.analysis.barriers.CountedTime;
import io.vitrine.analysis.barriers.KramersFit;
import io.vitrine.analysis.barriers.KramersSettings;
import io.vitrine.analysis.barriers.RateErrors;
import io.vitrine.analysis.barriers.RateTable;
import io.vitrine.analysis.barriers.ScoreBins;
import io.vitrine.learning.Directions;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.pipelines.figures.Plot;
import io.vitrine.pipelines.run.CountedJson;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.Program;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.TrainingCountRow;
import io.vitrine.results.rows.WindowRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Table I beside the printed values, what must hold and whether it does, figures, one page. */
final class PaperReport {
  private final PaperScale scale;
  private final String name;
  private final PaperFolder folder;
  private final String from;
  private final List<String> doubts = new ArrayList<>();
  private CountedTime counted;
  private final Map<String, PaperClassifier> classifiers = new LinkedHashMap<>();
  private final ObjectNode json = new ObjectMapper().createObjectNode();

  private PaperReport(PaperScale scale, String name, PaperFolder folder, String from) {
    this.scale = scale;
    this.name = name;
    this.folder = folder;
    this.from = from;
  }

  /**
   * @param from counts windows from here on, as {@link CountedTime} understands it
   */
  static PaperReport of(PaperScale scale, String name, PaperFolder folder, String from)
      throws IOException, StoreException, FailureException {
    PaperReport report = new PaperReport(scale, name, folder, from);
    report.read();
    report.describe();
    return report;
  }

  private void read() throws IOException, StoreException, FailureException {
    Model softness = ModelJson.read(folder.model(PaperFolder.SOFTNESS));
    try (ResultsReader reader = ResultsReader.open(folder.store("statistics"))) {
      counted = CountedTime.of(reader, "statistics", from);
      doubts.addAll(counted.doubts(counted.simulations().keySet()));
      List<CounterBlock> blocks =
          counted.counted(reader.rows(CounterBlock.class, RowKind.COUNTER_BLOCK, "statistics"));
      List<WindowRow> windows =
          reader.rows(WindowRow.class, RowKind.WINDOW, "statistics").stream()
              .filter(w -> counted.counts(w.simulation(), w.timeMillis()))
              .toList();
      for (String which : scale.classifiers()) {
        Model model = ModelJson.read(folder.model(which));
        JsonNode report = folder.report(which);
        List<CounterBlock> own = blocks.stream().filter(b -> b.model().equals(which)).toList();
        if (own.isEmpty()) {
          throw new FailureException(
              folder.store("statistics") + ": nothing is left to count from " + from);
        }
        ScoreBins bins =
            new ScoreBins(
                report.path("bias_best").asDouble(),
                report.path("sigma").asDouble(),
                ScoreBins.DEFAULT_WIDTH);
        RateTable table = bins.table(ScoreBins.sum(which, own.get(0).modelVersion(), own));
        RateErrors errors = bins.blocks(table, own, counted::merge);
        KramersSettings settings = KramersSettings.DEFAULT;
        classifiers.put(
            which,
            new PaperClassifier(
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
                moments(windows, which),
                printed(which, model)));
      }
    }
  }

  /** The printed row: softness is that of T = 0.45 whatever the scale's temperature. */
  private PaperValues printed(String which, Model model) {
    boolean softness = which.equals(PaperFolder.SOFTNESS);
    return scale.printed(softness ? 0.45 : model.origin().temperature().orElse(Double.NaN));
  }

  /** Mean, sigma, skewness, excess kurtosis of w.z - b at each temperature, over windows. */
  private SortedMap<Double, double[]> moments(List<WindowRow> windows, String model) {
    TreeMap<Double, double[]> sums = new TreeMap<>();
    for (WindowRow w : windows) {
      if (w.model().equals(model)) {
        double[] sum = sums.computeIfAbsent(scale.temperature(w.simulation()), t -> new double[5]);
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

  private void describe() throws IOException, StoreException {
    json.put("scale", name);
    json.put("version", Program.VERSION);
    if (!scale.isThePapers()) {
      json.put("mixture", scale.frames(scale.fluid().temperature(), scale.seed()).mixture().name());
    }
    ArrayNode rows = json.putArray("classifiers");
    for (PaperClassifier c : classifiers.values()) {
      ObjectNode row = rows.addObject();
      PaperValues printed = c.printed();
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
    CountedJson.addTo(json, counted);
    doubts.forEach(json.putArray("doubts")::add);
    new PaperChecks(classifiers, scale.isThePapers()).addTo(json.putArray("checks"));
    ObjectNode cost = json.putObject("cost");
    for (String stage : List.of("fluid", "cold", "training", "statistics")) {
      Path file = folder.cost(stage);
      if (Files.exists(file)) {
        cost.set(stage, new ObjectMapper().readTree(file.toFile()));
      }
    }
    literal(json.putArray("literal_quiet_rule"));
    long stores = 0;
    for (String job : List.of("fluid", "cold", "statistics")) {
      stores += Files.size(folder.job(job).resolve("store.sqlite"));
    }
    json.put("stores_bytes", stores);
  }

  /**
   * What the paper's own p_l gave at the temperatures of softness, in the runs that are counted.
   */
  private void literal(ArrayNode literal) throws StoreException {
    try (ResultsReader reader = ResultsReader.open(folder.store("statistics"))) {
      List<Double> cold = List.of(scale.softness().temperature(), scale.test().temperature());
      for (TrainingCountRow row :
          reader.rows(TrainingCountRow.class, RowKind.TRAINING_COUNT, "statistics")) {
        double temperature = scale.temperature(row.simulation());
        if (row.rule().equals("quiet") && cold.contains(temperature)) {
          ObjectNode one = literal.addObject().put("temperature", temperature);
          one.put("p_l", row.threshold()).put("windows", row.windows());
          one.put("quiet", row.candidates());
        }
      }
    }
  }

  Map<String, PaperClassifier> classifiers() {
    return classifiers;
  }

  PaperScale scale() {
    return scale;
  }

  String name() {
    return name;
  }

  /** What was counted: {@code auto} or a time. */
  String from() {
    return from;
  }

  /** A line for each counted simulation that is not known to be in equilibrium. */
  List<String> doubts() {
    return doubts;
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

  /** Rows of Table I as cells: ours, then the paper's where they are of the same mixture. */
  List<List<String>> rows() {
    return allRows().stream().map(this::shown).toList();
  }

  /** Heads of the columns. */
  List<String> columns() {
    return shown(COLUMNS);
  }

  private List<String> shown(List<String> row) {
    return IntStream.range(0, row.size())
        .filter(c -> scale.isThePapers() || !COLUMNS.get(c).contains("(paper)"))
        .mapToObj(row::get)
        .toList();
  }

  private List<List<String>> allRows() {
    List<List<String>> rows = new ArrayList<>();
    for (PaperClassifier c : classifiers.values()) {
      PaperValues p = c.printed();
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

  private static final List<String> COLUMNS =
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

  String csv() {
    StringBuilder text = new StringBuilder(String.join(",", columns())).append('\n');
    rows().forEach(row -> text.append(String.join(",", row)).append('\n'));
    return text.toString();
  }

  /** Table I for a terminal, and what holds. */
  String table() {
    boolean papers = scale.isThePapers();
    StringBuilder text = new StringBuilder(papers ? "Table I, beside the printed values\n" : "");
    String head =
        "  classifier          sigma  (paper)   b_best (paper)   cosine (paper)  split-half";
    text.append(papers ? head : head.replace("(paper)", "       ")).append("  dE(0)   T0\n");
    for (PaperClassifier c : classifiers.values()) {
      PaperValues p = c.printed();
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
    doubts.forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }
}
