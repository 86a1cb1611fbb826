package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.analysis.barriers.Onset;
import io.vitrine.format.WholeFile;
import io.vitrine.pipelines.figures.Plot;
import io.vitrine.results.StoreException;
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
          List.of("fig2", "fig2-inset"),
          List.of("fig3a", "fig3b"),
          List.of("fig4", "fig4-inset"),
          List.of("fig5a", "fig5b"),
          List.of("fig6", "fig7"),
          List.of("fig8"));

  private PaperPage() {}

  /** Writes the report: the page, its figures, and its numbers as JSON and CSV. */
  static void write(PaperReport report, PaperFolder folder) throws IOException, StoreException {
    Path figures = folder.root().resolve("figures");
    new PaperFigures(report.scale(), folder, report.classifiers()).write(figures);
    WholeFile.write(folder.root().resolve("report.json"), report.json().toPrettyString() + "\n");
    WholeFile.write(folder.root().resolve("table1.csv"), report.csv());
    WholeFile.write(folder.root().resolve("report.html"), html(report, figures));
  }

  private static String html(PaperReport report, Path figures) throws IOException {
    StringBuilder page = new StringBuilder(1 << 20);
    page.append("<!doctype html><meta charset=utf-8><title>Reproduction, ");
    page.append(report.name()).append("</title><style>");
    page.append("body{font:15px/1.5 sans-serif;max-width:1180px;margin:2em auto;padding:0 1em}");
    page.append("table{border-collapse:collapse}td,th{padding:.2em .7em;text-align:right;");
    page.append("border-bottom:1px solid #ddd}.row{display:flex;flex-wrap:wrap}");
    page.append(".row svg{max-width:575px;height:auto}.no{color:#b00020;font-weight:bold}");
    page.append("</style><h1>Does fluid structure encode predictions of glassy dynamics?</h1>");
    page.append("<p>Scale <b>").append(report.name()).append("</b>: N=");
    page.append(report.scale().particles());
    if (!report.scale().isThePapers()) {
      page.append(", mixture ").append(report.json().path("mixture").asText());
      page.append(" instead of the paper's, whose numbers are left out");
    }
    page.append(", training at ");
    page.append(report.scale().fluid().temperatures()).append(" (");
    page.append(report.scale().fluid().until()).append(" tau each, f=");
    page.append(report.scale().tailFraction()).append(", a particle once within ");
    page.append(report.scale().thin()).append(" tau), softness at T=");
    page.append(report.scale().softness().temperature()).append(", test set at T=");
    page.append(report.scale().test().temperature());
    page.append(". Every frame went through the streaming pipeline; none was stored. ");
    page.append("Shipped equilibrated starts where there are any, else a melt taken to T.</p>");
    counted(page, report);
    table(page, report);
    checks(page, report);
    onsets(page, report);
    moments(page, report);
    conventions(page, report);
    for (List<String> row : FIGURES) {
      page.append("<div class=row>");
      for (String name : row) {
        figure(page, figures, name);
      }
      page.append("</div>");
    }
    page.append("<h2>Figure 9</h2><div class=row>");
    for (String name : report.classifiers().keySet()) {
      figure(page, figures, "fig9-" + name);
    }
    page.append("</div>");
    cost(page, report);
    return page.append('\n').toString();
  }

  private static void counted(StringBuilder page, PaperReport report) {
    page.append("<p>Windows are counted from ");
    page.append(report.from().equals("auto") ? "where equilibrium began" : report.from() + " tau");
    page.append(" (--from ").append(report.from()).append(").");
    for (String line : report.doubts()) {
      page.append("<br>").append(line.replace("<", "&lt;")).append('.');
    }
    page.append("</p>");
  }

  private static void figure(StringBuilder page, Path figures, String name) throws IOException {
    Path svg = figures.resolve(name + ".svg");
    if (Files.exists(svg)) {
      String text = Files.readString(svg);
      // Identifiers of several drawings on one page must differ.
      text = text.substring(text.indexOf("<svg")).replace("defs1", name + "-defs");
      text = text.replaceAll("clipPath(\\d+)", name + "-clip$1");
      page.append(text);
    }
  }

  private static void table(StringBuilder page, PaperReport report) {
    page.append("<h2>Table I</h2><table><tr>");
    report.columns().forEach(c -> page.append("<th>").append(c).append("</th>"));
    page.append("</tr>");
    for (List<String> row : report.rows()) {
      page.append("<tr>");
      row.forEach(cell -> page.append("<td>").append(cell).append("</td>"));
      page.append("</tr>");
    }
    page.append("</table><p>b: highest cross-validated accuracy. sigma: standard deviation of ");
    page.append("w.z over all A particles at the training temperature. b_best: middle of the ");
    page.append("plateau within one standard error on the test set. Cosine with softness, each ");
    page.append("in its own standardized features; the split-half cosine of a classifier with ");
    page.append("itself is the most that noise lets any cosine be.</p>");
  }

  private static void checks(StringBuilder page, PaperReport report) {
    page.append("<h2>What must hold</h2><ul>");
    for (JsonNode check : report.json().path("checks")) {
      boolean holds = check.path("holds").asBoolean();
      page.append(holds ? "<li>holds: " : "<li><span class=no>does not hold</span>: ");
      page.append(check.path("check").asText().replace("<", "&lt;")).append("</li>");
    }
    page.append("</ul>");
  }

  private static void onsets(StringBuilder page, PaperReport report) {
    page.append("<h2>Onset temperature</h2><table><tr><th>classifier<th>T &lt; 0.85");
    page.append("<th>T &lt; 0.8<th>all T<th>dE at x=0<th>curvature / error there</tr>");
    for (PaperClassifier c : report.classifiers().values()) {
      page.append("<tr><td>").append(c.name()).append("<td>");
      page.append(onset(c.barriers().onset())).append("<td>");
      page.append(onset(c.below08().onset())).append("<td>");
      page.append(onset(c.everything().onset())).append("<td>");
      var zero = c.atZero();
      page.append(zero == null ? "-" : Plot.number(zero.dE(), 3)).append(" &plusmn; ");
      page.append(zero == null ? "-" : Plot.number(zero.dEError(), 3)).append("<td>");
      page.append(zero == null ? "-" : Plot.number(zero.curvatureZ(), 1)).append("</tr>");
    }
    page.append("</table><p>T0 with its 68% interval, from fits over the range at the top. ");
    page.append("Curvature: the quadratic term of ln(T P_R) in 1/T over T &lt; 0.85, divided by ");
    page.append("its error. Beyond 2 the straight line of Kramers is an approximation.</p>");
  }

  /** Moments of w.z - b, beside figure 5. */
  private static void moments(StringBuilder page, PaperReport report) {
    page.append("<h2>Distributions</h2><table><tr><th>T");
    for (String name : report.classifiers().keySet()) {
      page.append("<th>").append(name);
    }
    page.append("</tr>");
    for (double t : report.classifiers().values().iterator().next().moments().keySet()) {
      page.append("<tr><td>").append(t);
      for (PaperClassifier c : report.classifiers().values()) {
        double[] m = c.moments().get(t);
        page.append("<td>").append(Plot.number(m[0], 3)).append(" &plusmn; ");
        page.append(Plot.number(m[1], 3)).append("; ").append(Plot.number(m[2], 2));
        page.append(", ").append(Plot.number(m[3], 2));
      }
      page.append("</tr>");
    }
    page.append("</table><p>w.z - b of all A particles: mean &plusmn; standard deviation; ");
    page.append("skewness, excess kurtosis (both 0 for a Gaussian), each the mean over the ");
    page.append("windows of the counted runs.</p>");
  }

  private static String onset(Onset onset) {
    return onset.found()
        ? Plot.number(onset.t0(), 3)
            + " ("
            + Plot.number(onset.low(), 3)
            + " to "
            + Plot.number(onset.high(), 3)
            + ")"
        : "none";
  }

  private static void conventions(StringBuilder page, PaperReport report) {
    page.append("<h2>Conventions</h2><table>");
    var softness = report.classifiers().get(PaperFolder.SOFTNESS);
    for (Map.Entry<String, Object> e : softness.model().origin().convention().entrySet()) {
      if (!(e.getValue() instanceof double[]) && !(e.getValue() instanceof List)) {
        page.append("<tr><td>").append(e.getKey()).append("<td>").append(e.getValue());
        page.append("</tr>");
      }
    }
    page.append("</table><p>The paper's quiet rule, p_hop &lt; 0.0085 for 120 tau, taken ");
    page.append("literally: ");
    page.append(report.literal());
    page.append(". Used instead: p_l = ").append(report.scale().quiet()).append(". ");
    page.append("(0.0922 is the root of 0.0085: the printed level, of p_hop without its root. ");
    page.append("auto: the smallest of a grid of 0.001 with as many quiet runs as wanted.)</p>");
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
