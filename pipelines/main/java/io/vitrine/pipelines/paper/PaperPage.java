package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.pipelines.figures.Plot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The report as one HTML page, figures inside. */
final class PaperPage {
  private static final List<List<String>> FIGURES =
      List.of(
          List.of("fig1", "fig1-inset"),
          List.of("fig2"),
          List.of("fig3a", "fig3b"),
          List.of("fig4", "fig4-inset"),
          List.of("fig5a", "fig5b"),
          List.of("fig6", "fig7"),
          List.of("fig8"));

  private final PaperReport report;
  private final PaperResults results;
  private final Path figures;
  private final StringBuilder page = new StringBuilder(1 << 20);

  private PaperPage(PaperReport report, Path figures) {
    this.report = report;
    this.results = report.results();
    this.figures = figures;
  }

  static String html(PaperReport report, Path figures) throws IOException {
    PaperPage page = new PaperPage(report, figures);
    page.write();
    return page.page.append('\n').toString();
  }

  private void write() throws IOException {
    page.append("<!doctype html><meta charset=utf-8><title>Reproduction, ");
    page.append(results.name()).append("</title><style>");
    page.append("body{font:15px/1.5 sans-serif;max-width:1180px;margin:2em auto;padding:0 1em}");
    page.append("table{border-collapse:collapse}td,th{padding:.2em .5em;text-align:right;");
    page.append("border-bottom:1px solid #ddd;font-size:13px}");
    page.append(".row{display:flex;flex-wrap:wrap}.row svg{max-width:575px;height:auto}");
    page.append(".no{color:#b00020;font-weight:bold}</style>");
    page.append("<h1>Does fluid structure encode predictions of glassy dynamics?</h1>");
    introduction();
    PaperTable table = new PaperTable(results);
    page.append("<h2>Table I</h2>");
    table(table.columns(), table.rows());
    page.append("<p>Events: samples of a particle and class that follow each other in less than ");
    page.append("10 tau are one. Blocks: of 50 tau. b: highest cross-validated accuracy; by set: ");
    page.append("features standardized over the training set, else over all A particles. sigma: ");
    page.append("standard deviation of w.z over all A particles at the training temperature. ");
    page.append("b_best: middle of the plateau within one standard error on the test set. Cosine ");
    page.append("with ").append(results.scale().thermal().softness());
    page.append(", each in its own standardized features; correlation of both scores over all A ");
    page.append("particles at the test temperature; split-half: cosine of a classifier with ");
    page.append("itself, the most that noise lets any cosine be.</p>");
    results.missing().forEach((n, why) -> page.append("<p>No " + n + ": " + why + ".</p>"));
    page.append("<h2>Barriers and T0</h2>");
    table(PaperTable.barrierColumns(), table.barriers());
    page.append(
        "<p>Value &plusmn; statistical &plusmn; systematic error (the largest change when ");
    page.append("the coldest or the hottest third of the temperatures, or one of the runs of ");
    page.append("each, is left out). T &lt; 0.85 ");
    page.append(
        "unless said. Hops are windows in which a particle rearranges, with what they are ");
    page.append(
        "worth as independent ones. At fixed distance: lines at fixed x less the mean x of ");
    page.append(
        "each temperature, at that mean. Curvature of ln(T P_R) in 1/T. State: change of ln ");
    page.append("P_R at fixed x with the mean x of the liquid; score: its change with x.</p>");
    curvature();
    moments();
    for (PaperReading reading : results.scale().readings()) {
      reading(reading);
    }
    page.append("<h2>Figure 2, inset</h2><div class=row>");
    figure(page, figures, "fig2-inset");
    page.append("</div>");
    conventions();
    cost(page, report);
  }

  private void introduction() {
    PaperScale scale = results.scale();
    page.append("<p>Scale <b>").append(results.name()).append("</b>: N=");
    page.append(scale.particles());
    if (!scale.isThePapers()) {
      page.append(", mixture ").append(report.json().path("mixture").asText());
      page.append(" instead of the paper's, whose numbers are left out");
    }
    page.append(", training at ").append(scale.fluid().temperatures()).append(" (");
    page.append(scale.fluid().until()).append(" tau each, f=").append(scale.tailFraction());
    page.append("), softness at T=").append(scale.softness().temperature());
    page.append(", test set at T=").append(scale.test().temperature());
    page.append(". Every frame went through the streaming pipeline; none was stored.</p><ul>");
    for (PaperReading reading : scale.readings()) {
      page.append("<li><b>").append(reading.name()).append("</b>: ");
      page.append(
          reading.thin() == 0
              ? "every window is let into the tails"
              : "a particle gives a tail one sample within " + reading.thin() + " tau");
      page.append("; quiet is p_hop &lt; ").append(reading.quiet()).append(" for 120 tau");
      page.append(
          reading.isThermal()
              ? "."
              : ", of inherent structures ("
                  + reading.inherent()
                  + " tau); b_best, cosines and"
                  + " correlations of its fluidities are those with the softness and test set of"
                  + " frames as they are.");
      page.append("</li>");
    }
    page.append("</ul><p>The quiet rule as printed, p_hop &lt; 0.0085 for 120 tau of the frames ");
    page.append("as they are: ");
    for (JsonNode each : report.json().path("literal_quiet_rule")) {
      page.append(each.path("quiet").asInt()).append(" samples at T=");
      page.append(each.path("temperature").asText()).append(" in ");
      page.append(each.path("windows").asText()).append(" windows; ");
    }
    page.append("</p><p>Windows are counted from (--from ");
    page.append(results.counted().asked()).append("): ");
    for (JsonNode run : report.json().path("counting_runs")) {
      page.append(run.path("simulation").asText()).append(' ');
      page.append(run.path("tau").asText()).append(" tau from ");
      page.append(run.path("begins_from").asText());
      page.append(run.path("independent").asBoolean() ? "; " : ", not independent of it; ");
    }
    for (String line : results.doubts()) {
      page.append("<br>").append(line.replace("<", "&lt;")).append('.');
    }
    page.append("</p>");
  }

  private void table(List<String> heads, List<List<String>> rows) {
    page.append("<table><tr>");
    heads.forEach(c -> page.append("<th>").append(c.replace("<", "&lt;")).append("</th>"));
    page.append("</tr>");
    for (List<String> row : rows) {
      page.append("<tr>");
      row.forEach(cell -> page.append("<td>").append(cell.replace("<", "&lt;")).append("</td>"));
      page.append("</tr>");
    }
    page.append("</table>");
  }

  private void curvature() {
    page.append("<p>The paper speculates that the curvature grows with the training temperature. ");
    for (JsonNode each : report.json().path("curvature")) {
      page.append("Reading ").append(each.path("reading").asText()).append(": it changes by ");
      page.append(Plot.number(each.path("change_per_temperature").asDouble(), 3));
      page.append(" &plusmn; ").append(Plot.number(each.path("error").asDouble(), 3));
      page.append(" a unit of T. ");
    }
    page.append("</p>");
  }

  private void reading(PaperReading reading) throws IOException {
    page.append("<h2>Reading ").append(reading.name()).append("</h2><h3>What must hold</h3><ul>");
    for (JsonNode check : report.json().path("checks")) {
      if (check.path("reading").asText().equals(reading.name())) {
        boolean holds = check.path("holds").asBoolean();
        page.append(holds ? "<li>holds: " : "<li><span class=no>does not hold</span>: ");
        page.append(check.path("check").asText().replace("<", "&lt;")).append(" (");
        page.append(check.path("found").asText().replace("<", "&lt;")).append(")</li>");
      }
    }
    page.append("</ul><h3>Figures 1 to 9</h3>");
    for (List<String> row : FIGURES) {
      page.append("<div class=row>");
      for (String name : row) {
        figure(page, figures, name + "-" + reading.name());
      }
      page.append("</div>");
    }
    page.append("<div class=row>");
    for (PaperClassifier c : results.counted(reading)) {
      figure(page, figures, "fig9-" + c.name());
    }
    page.append("</div>");
  }

  /** Moments of scores. */
  private void moments() {
    List<PaperClassifier> counted =
        results.classifiers().values().stream().filter(PaperClassifier::isCounted).toList();
    page.append("<h2>Distributions</h2><table><tr><th>T");
    counted.forEach(c -> page.append("<th>").append(c.name()));
    page.append("</tr>");
    for (double t : counted.get(0).counts().moments().keySet()) {
      page.append("<tr><td>").append(t);
      for (PaperClassifier c : counted) {
        double[] m = c.counts().moments().get(t);
        page.append("<td>").append(Plot.number(m[0], 2)).append(" &plusmn; ");
        page.append(Plot.number(m[1], 2)).append("; ").append(Plot.number(m[2], 2));
        page.append(", ").append(Plot.number(m[3], 2));
      }
      page.append("</tr>");
    }
    page.append("</table><p>w.z less the bias of the SVM, of all A particles: mean &plusmn; ");
    page.append("standard deviation; skewness, excess kurtosis (both 0 for a Gaussian).</p>");
  }

  private void conventions() {
    page.append("<h2>Conventions</h2><table>");
    PaperClassifier softness = results.softness(results.scale().thermal());
    for (Map.Entry<String, Object> e : softness.model().origin().convention().entrySet()) {
      if (!(e.getValue() instanceof double[]) && !(e.getValue() instanceof List)) {
        page.append("<tr><td>").append(e.getKey()).append("<td>").append(e.getValue());
        page.append("</tr>");
      }
    }
    page.append("</table>");
  }

  private static void figure(StringBuilder page, Path figures, String name) throws IOException {
    Path svg = figures.resolve(name + ".svg");
    if (Files.exists(svg)) {
      String text = Files.readString(svg);
      // Identifiers of several drawings on one page must differ.
      text = text.substring(text.indexOf("<svg")).replace("defs1", name + "-defs");
      text = text.replaceAll("clipPath(\\d+)", name + "-clip$1");
      // Whoever keeps the page may put files in place of the drawings.
      page.append("<!--").append(name).append("-->").append(text);
    }
  }

  private static void cost(StringBuilder page, PaperReport report) {
    page.append("<h2>Cost</h2><table><tr><th>stage<th>CPU, s<th>by the clock, s");
    page.append("<th>peak memory, MB</tr>");
    double cpu = 0;
    double clock = 0;
    long peak = 0;
    for (var stage : report.json().path("cost").properties()) {
      JsonNode cost = stage.getValue();
      cpu += cost.path("wall_cpu_seconds").asDouble();
      clock += cost.path("wall_seconds").asDouble();
      peak = Math.max(peak, cost.path("wall_peak_megabytes").asLong());
      row(
          page,
          stage.getKey(),
          cost.path("wall_cpu_seconds").asDouble(),
          cost.path("wall_seconds").asDouble(),
          cost.path("wall_peak_megabytes").asLong());
    }
    row(page, "all", cpu, clock, peak);
    page.append("</table><p>The stores hold ");
    page.append(Plot.number(report.json().path("stores_bytes").asLong() / 1e6, 1));
    page.append(" MB; no trajectory was stored.</p>");
  }

  private static void row(StringBuilder page, String stage, double cpu, double clock, long peak) {
    page.append("<tr><td>").append(stage).append("<td>").append(Plot.number(cpu, 0));
    page.append("<td>").append(Plot.number(clock, 0)).append("<td>").append(peak);
    page.append("</tr>");
  }
}
