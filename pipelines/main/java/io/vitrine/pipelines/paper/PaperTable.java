package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.analysis.barriers.KramersFit;
import io.vitrine.analysis.barriers.Onset;
import io.vitrine.pipelines.figures.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Table I, every column of it, with the printed values beside those of all readings. */
final class PaperTable {
  private static final String PAPER = "(paper)";

  private static final List<String> COLUMNS =
      List.of(
          "classifier",
          "samples",
          "events",
          "particles",
          "blocks",
          "5-fold",
          "grouped",
          "b",
          "b by set",
          "b (paper)",
          "sigma",
          "sigma (paper)",
          "b_best",
          "plateau",
          "b_best by set",
          "b_best (paper)",
          "b_best - b",
          "b_best - b (paper)",
          "cosine",
          "cosine (paper)",
          "correlation",
          "split-half");

  private final PaperResults results;

  PaperTable(PaperResults results) {
    this.results = results;
  }

  /** Heads of the columns. */
  List<String> columns() {
    return shown(COLUMNS);
  }

  /** Rows as cells; cosine and correlation are those with the softness of frames as they are. */
  List<List<String>> rows() {
    return results.classifiers().values().stream().map(c -> shown(row(c))).toList();
  }

  private List<String> shown(List<String> row) {
    return IntStream.range(0, row.size())
        .filter(c -> results.scale().isThePapers() || !COLUMNS.get(c).contains(PAPER))
        .mapToObj(row::get)
        .toList();
  }

  private List<String> row(PaperClassifier c) {
    PaperValues p = c.printed();
    double none = Double.NaN;
    String softness = results.scale().thermal().softness();
    JsonNode report = c.report();
    JsonNode plateau = report.path("bias_best_interval");
    JsonNode effective = report.path("effective");
    List<String> row = new ArrayList<>();
    row.add(c.name() + " (T=" + c.temperature() + ")");
    row.add(report.path("n").asText());
    row.add(effective.path("events").asText());
    row.add(effective.path("particles").asText());
    row.add(effective.path("blocks").asText());
    row.add(Plot.number(mean(report.path("accuracies").path("cross_validation")), 3));
    row.add(Plot.number(mean(report.path("accuracies").path("cross_validation_grouped")), 3));
    row.add(Plot.number(c.train(), 3));
    row.add(Plot.number(PaperClassifier.number(c.bySet(), "bias_train"), 3));
    row.add(Plot.number(p == null ? none : p.bias(), 3));
    row.add(Plot.number(c.sigma(), 3));
    row.add(Plot.number(p == null ? none : p.sigma(), 3));
    row.add(Plot.number(c.best(), 3));
    row.add(
        Plot.number(plateau.path(0).asDouble(none), 2)
            + " to "
            + Plot.number(plateau.path(1).asDouble(none), 2));
    row.add(Plot.number(PaperClassifier.number(c.bySet(), "bias_best"), 3));
    row.add(Plot.number(p == null ? none : p.best(), 3));
    row.add(Plot.number(c.difference(), 3));
    row.add(Plot.number(p == null ? none : p.difference(), 3));
    row.add(Plot.number(c.cosines().getOrDefault(softness, none), 3));
    row.add(Plot.number(p == null ? none : p.cosine(), 3));
    row.add(Plot.number(c.correlations().getOrDefault(softness, none), 3));
    row.add(Plot.number(PaperClassifier.number(report, "split_half_cosine"), 3));
    return row;
  }

  private static double mean(JsonNode values) {
    double sum = 0;
    for (JsonNode value : values) {
      sum += value.asDouble();
    }
    return values.isEmpty() ? Double.NaN : sum / values.size();
  }

  /** Heads of {@link #barriers}. */
  static List<String> barrierColumns() {
    return List.of(
        "classifier",
        "dE(0)",
        "chi2/dof",
        "hops (worth)",
        "dE(0) per hop",
        "at fixed distance",
        "curvature",
        "T0, T < 0.85",
        "chi2/dof",
        "T0, T < 0.8",
        "T0, all T",
        "state at fixed x",
        "score");
  }

  /** Barriers and T0 of all that was counted: value +- statistical +- systematic error. */
  List<List<String>> barriers() {
    List<List<String>> rows = new ArrayList<>();
    for (PaperClassifier c : results.classifiers().values()) {
      if (c.isCounted()) {
        rows.add(barriers(c));
      }
    }
    return rows;
  }

  private static List<String> barriers(PaperClassifier c) {
    PaperCounts counts = c.counts();
    KramersFit zero = counts.atZero();
    List<String> row = new ArrayList<>();
    row.add(c.name());
    row.add(zero == null ? "-" : three(zero.dE(), zero.dEError(), zero.dESystematic()));
    row.add(zero == null ? "-" : chi(zero.chiSquared(), zero.degreesOfFreedom()));
    row.add(zero == null ? "-" : zero.hops() + " (" + Plot.number(zero.effectiveHops(), 0) + ")");
    row.add(counts.perHop().map(p -> value(p.atZero())).orElse("-"));
    row.add(value(counts.centred().atZero()));
    row.add(zero == null ? "-" : two(zero.curvature(), zero.curvatureError()));
    Onset onset = counts.barriers().onset();
    row.add(onset(onset));
    row.add(onset.found() ? chi(onset.chiSquared(), onset.degreesOfFreedom()) : "-");
    row.add(onset(counts.below08().onset()));
    row.add(onset(counts.everything().onset()));
    row.add(two(counts.state().state(), counts.state().error()));
    row.add(Plot.number(counts.state().score(), 2));
    return row;
  }

  private static String onset(Onset onset) {
    return onset.found() ? three(onset.t0(), onset.error(), onset.systematic()) : "none";
  }

  private static String value(KramersFit fit) {
    return fit == null || !fit.fitted() ? "-" : two(fit.dE(), fit.dEError());
  }

  private static String chi(double chi, int dof) {
    return Plot.number(chi, 1) + "/" + dof;
  }

  private static String two(double value, double error) {
    return Plot.number(value, 2) + " ± " + Plot.number(error, 2);
  }

  private static String three(double value, double error, double systematic) {
    return Plot.number(value, 3)
        + " ± "
        + Plot.number(error, 3)
        + " ± "
        + Plot.number(systematic, 3);
  }

  /** Table I as CSV. */
  String csv() {
    StringBuilder text = new StringBuilder(String.join(",", columns())).append('\n');
    rows().forEach(row -> text.append(String.join(",", row)).append('\n'));
    return text.toString();
  }

  /** Both tables for a terminal. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(results.scale().isThePapers() ? "Table I, beside the printed values\n" : "");
    append(text, columns(), rows());
    text.append("Barriers: value +- statistical +- systematic error\n");
    append(text, barrierColumns(), barriers());
    results.missing().forEach((n, why) -> text.append("  no " + n + ": " + why + "\n"));
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> heads, List<List<String>> rows) {
    int[] widths = new int[heads.size()];
    for (int c = 0; c < widths.length; c++) {
      int column = c;
      widths[c] =
          Math.max(
              heads.get(c).length(),
              rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
    List<List<String>> all = new ArrayList<>();
    all.add(heads);
    all.addAll(rows);
    for (List<String> row : all) {
      for (int c = 0; c < widths.length; c++) {
        text.append("  ").append(" ".repeat(widths[c] - row.get(c).length())).append(row.get(c));
      }
      text.append('\n');
    }
  }
}
