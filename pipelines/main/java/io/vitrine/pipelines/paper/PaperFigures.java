package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.analysis.barriers.BarrierAnalysis;
import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.learning.BiasScan;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.figures.BarrierFigures;
import io.vitrine.pipelines.figures.HistogramFigures;
import io.vitrine.pipelines.figures.Plot;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.HistogramTotal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures 1 to 9 of the paper, insets as panels of their own. */
final class PaperFigures {
  private static final int CURVE_POINTS = 201;

  private final PaperScale scale;
  private final PaperFolder made;
  private final Map<String, PaperClassifier> classifiers;

  PaperFigures(PaperScale scale, PaperFolder made, Map<String, PaperClassifier> classifiers) {
    this.scale = scale;
    this.made = made;
    this.classifiers = classifiers;
  }

  void write(Path folder) throws IOException, StoreException {
    accuracies(folder);
    transfer(folder);
    vanHove(folder);
    for (PaperClassifier c : classifiers.values()) {
      rates(c).write(folder, "fig9-" + c.name());
    }
    double hottest = last(scale.fluid().temperatures());
    rates(classifiers.get(PaperFolder.fluidity(hottest))).write(folder, "fig3a");
    rates(classifiers.get(PaperFolder.SOFTNESS)).write(folder, "fig3b");
    barriers(folder);
    distributions(folder, "fig5a", PaperFolder.fluidity(scale.varied()));
    distributions(folder, "fig5b", PaperFolder.fluidity(hottest));
    thresholds(folder);
    immobile(folder);
  }

  private static double last(List<Double> values) {
    return values.get(values.size() - 1);
  }

  private static double[] array(JsonNode node) {
    double[] values = new double[node.size()];
    Arrays.setAll(values, i -> node.get(i).asDouble(Double.NaN));
    return values;
  }

  private void accuracies(Path folder) throws IOException {
    Plot plot = new Plot("1  Fluidity at its training temperature", "bias b", "5-fold accuracy");
    Plot inset = new Plot("1, inset  Softness on the hot training sets", "bias b", "test accuracy");
    int hot = scale.fluid().temperatures().size();
    plot.ordered(hot);
    inset.ordered(hot);
    Model softness = classifiers.get(PaperFolder.SOFTNESS).model();
    int lines = 0;
    for (double t : scale.fluid().temperatures()) {
      String name = PaperFolder.fluidity(t);
      JsonNode scan = classifiers.get(name).report().path("bias_scan");
      plot.line("T=" + t, array(scan.path("bias")), array(scan.path("cross_validation")));
      PaperValues paper = scale.printed(t);
      if (paper != null) {
        double[] biases = array(scan.path("bias"));
        int nearest = 0;
        for (int i = 0; i < biases.length; i++) {
          boolean nearer =
              Math.abs(biases[i] - paper.bias()) < Math.abs(biases[nearest] - paper.bias());
          nearest = nearer ? i : nearest;
        }
        double accuracy = scan.path("cross_validation").path(nearest).asDouble(Double.NaN);
        plot.printed("b of the paper, T=" + t, paper.bias(), accuracy, lines);
      }
      lines++;
      TrainingSet set = TrainingSetFile.read(made.set(name));
      double[] raw = raw(softness, set);
      curve(inset, "T=" + t, raw, set.labels(), 0);
    }
    plot.range(-3, 3).write(folder, "fig1");
    inset.write(folder, "fig1-inset");
  }

  private static double[] raw(Model model, TrainingSet set) {
    double[] z = model.standardization().apply(set);
    double[] w = model.weights();
    double[] raw = new double[set.count()];
    for (int i = 0; i < raw.length; i++) {
      for (int k = 0; k < w.length; k++) {
        raw[i] += w[k] * z[i * w.length + k];
      }
    }
    return raw;
  }

  private static void curve(Plot plot, String name, double[] raw, byte[] labels, double origin) {
    BiasScan scan = BiasScan.of(raw, labels);
    double low = Arrays.stream(raw).min().orElse(0);
    double high = Arrays.stream(raw).max().orElse(0);
    double[] x = new double[CURVE_POINTS];
    double[] y = new double[CURVE_POINTS];
    for (int k = 0; k < CURVE_POINTS; k++) {
      double bias = low + k * (high - low) / (CURVE_POINTS - 1);
      x[k] = bias - origin;
      y[k] = scan.accuracy(bias);
    }
    plot.line(name, x, y);
  }

  private void transfer(Path folder) throws IOException {
    TrainingSet test = TrainingSetFile.read(made.set("test"));
    Plot plot =
        new Plot("2  Transfer to T=" + scale.test().temperature(), "b - b_best", "test accuracy");
    plot.ordered(scale.fluid().temperatures().size());
    for (double t : scale.fluid().temperatures()) {
      PaperClassifier c = classifiers.get(PaperFolder.fluidity(t));
      curve(plot, "T=" + t, raw(c.model(), test), test.labels(), c.best());
    }
    plot.range(-3, 3).write(folder, "fig2");
  }

  private void vanHove(Path folder) throws IOException, StoreException {
    Plot plot =
        new Plot(
            "2, inset  Self van Hove function of A at 10 τ",
            "displacement Δx (σ)",
            "density (1/σ)");
    plot.ordered(scale.fluid().temperatures().size() + 1);
    for (HistogramTotal h : histograms("statistics")) {
      double t = temperature(h);
      boolean wanted =
          scale.fluid().temperatures().contains(t) || t == scale.softness().temperature();
      if (h.kindOfValue().equals("van_hove_1d") && wanted) {
        double[][] density = HistogramFigures.density(h, 4);
        plot.line("T=" + t, density[0], density[1]);
      }
    }
    plot.range(-5, 5).logarithmic(false, true).write(folder, "fig2-inset");
  }

  private List<HistogramTotal> histograms(String job) throws StoreException {
    try (ResultsReader reader = ResultsReader.open(made.store(job))) {
      List<HistogramTotal> all = new ArrayList<>(reader.histograms(job));
      all.sort((a, b) -> Double.compare(temperature(a), temperature(b)));
      return all;
    }
  }

  private double temperature(HistogramTotal h) {
    return scale.temperature(h.simulation());
  }

  private static Plot rates(PaperClassifier c) {
    return BarrierFigures.rates(c.name(), c.table(), c.errors(), c.barriers());
  }

  private void barriers(Path folder) throws IOException {
    Map<String, BarrierAnalysis> all = new LinkedHashMap<>();
    classifiers.forEach((name, c) -> all.put(name, c.barriers()));
    BarrierFigures.energies("4  Energy barrier", all).write(folder, "fig4");
    BarrierFigures.entropies("4, inset  Entropic term", all).write(folder, "fig4-inset");
  }

  private void distributions(Path folder, String file, String name)
      throws IOException, StoreException {
    PaperClassifier c = classifiers.get(name);
    Plot plot = new Plot("5  Distribution of " + name, "w·z − b", "density");
    List<Double> all = scale.statistics().temperatures();
    int step = Math.max(1, all.size() / 7);
    plot.ordered((all.size() + step - 1) / step);
    for (HistogramTotal h : histograms("statistics")) {
      boolean shown = all.indexOf(temperature(h)) % step == 0;
      if (h.kindOfValue().equals("score:" + name) && shown) {
        double[][] density = HistogramFigures.density(h, 5);
        double[] x = Arrays.stream(density[0]).map(v -> v - c.model().bias()).toArray();
        plot.line("T=" + temperature(h), x, density[1]);
      }
    }
    plot.write(folder, file);
  }

  private void thresholds(Path folder) throws IOException {
    Plot margin = new Plot("6  Soft margin, T=" + scale.varied(), "C", "5-fold accuracy");
    Plot bias =
        new Plot("7  Extremity at C=0.01, T=" + scale.varied(), "bias b", "5-fold accuracy");
    for (double f : scale.tailFractions()) {
      JsonNode report = made.report(PaperFolder.fluidity(scale.varied()) + "-f" + f);
      double samples = report.path("n").asDouble(Double.NaN);
      List<Double> c = new ArrayList<>();
      List<Double> accuracy = new ArrayList<>();
      for (JsonNode row : report.path("C_scan")) {
        c.add(row.path("C").asDouble());
        accuracy.add(row.path("cross_validation").asDouble(Double.NaN));
      }
      String label = "f=" + 100 * f + "%";
      margin.points(
          label,
          c.stream().mapToDouble(Double::doubleValue).toArray(),
          accuracy.stream().mapToDouble(Double::doubleValue).toArray(),
          accuracy.stream().mapToDouble(p -> Math.sqrt(p * (1 - p) / samples)).toArray());
      JsonNode scan = report.path("bias_scan");
      bias.line(label, array(scan.path("bias")), array(scan.path("cross_validation")));
    }
    margin.logarithmic(true, false).write(folder, "fig6");
    bias.range(-3, 3).write(folder, "fig7");
  }

  private void immobile(Path folder) throws IOException {
    TrainingSet test = TrainingSetFile.read(made.set("test"));
    Plot plot =
        new Plot(
            "8  Trained at T=" + scale.varied() + ", tested at T=" + scale.test().temperature(),
            "bias b",
            "test accuracy");
    String name = PaperFolder.fluidity(scale.varied());
    Model random = ModelJson.read(made.model(name + "-random"));
    curve(plot, "immobile or random", raw(random, test), test.labels(), 0);
    curve(plot, "immobile or mobile", raw(classifiers.get(name).model(), test), test.labels(), 0);
    plot.range(-4, 4).write(folder, "fig8");
  }
}
