package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.learning.BiasScan;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.figures.Plot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Figures 1, 2, 6, 7 and 8 of the paper, of each reading: accuracies. */
final class AccuracyFigures {
  private static final int CURVE_POINTS = 201;

  private final PaperResults results;
  private final PaperScale scale;

  AccuracyFigures(PaperResults results) {
    this.results = results;
    this.scale = results.scale();
  }

  void write(Path folder) throws IOException {
    for (PaperReading reading : scale.readings()) {
      training(reading).write(folder, "fig1-" + reading.name());
      inset(reading).write(folder, "fig1-inset-" + reading.name());
      transfer(reading).write(folder, "fig2-" + reading.name());
      margin(reading).write(folder, "fig6-" + reading.name());
      extremity(reading).write(folder, "fig7-" + reading.name());
      immobile(reading).write(folder, "fig8-" + reading.name());
    }
  }

  private Plot ordered(String title, String x, String y) {
    return new Plot(title, x, y).ordered(scale.fluid().temperatures().size());
  }

  private static double[] array(JsonNode node) {
    double[] values = new double[node.size()];
    Arrays.setAll(values, i -> node.get(i).asDouble(Double.NaN));
    return values;
  }

  private Plot training(PaperReading reading) {
    Plot plot = ordered("1  Fluidity at its training temperature", "bias b", "5-fold accuracy");
    int lines = 0;
    for (PaperClassifier c : results.fluidities(reading)) {
      JsonNode scan = c.report().path("bias_scan");
      plot.line(
          "T=" + c.temperature(), array(scan.path("bias")), array(scan.path("cross_validation")));
      if (c.printed() != null) {
        double b = c.printed().bias();
        plot.printed("b of the paper, T=" + c.temperature(), b, c.accuracyAt(b), lines);
      }
      lines++;
    }
    return plot.range(-3, 3);
  }

  private Plot inset(PaperReading reading) throws IOException {
    Plot plot = ordered("1, inset  Softness on the hot training sets", "bias b", "test accuracy");
    for (PaperClassifier c : results.fluidities(reading)) {
      TrainingSet set = PaperScores.set(results, c.name());
      double[] raw = PaperScores.raw(results.softness(reading).model(), set);
      curve(plot, "T=" + c.temperature(), raw, set.labels(), 0);
    }
    return plot;
  }

  private static void curve(Plot plot, String name, double[] raw, byte[] labels, double origin) {
    BiasScan scan = BiasScan.of(raw, labels);
    double[] range = scan.range();
    double[] x = new double[CURVE_POINTS];
    double[] y = new double[CURVE_POINTS];
    for (int k = 0; k < CURVE_POINTS; k++) {
      double bias = range[0] + k * (range[1] - range[0]) / (CURVE_POINTS - 1);
      x[k] = bias - origin;
      y[k] = scan.accuracy(bias);
    }
    plot.line(name, x, y);
  }

  private Plot transfer(PaperReading reading) throws IOException {
    TrainingSet test = PaperScores.test(results);
    Plot plot =
        ordered("2  Transfer to T=" + scale.test().temperature(), "b - b_best", "test accuracy");
    for (PaperClassifier c : results.fluidities(reading)) {
      double[] raw = PaperScores.raw(c.model(), test);
      curve(plot, "T=" + c.temperature(), raw, test.labels(), c.best());
    }
    return plot.range(-3, 3);
  }

  private JsonNode fraction(PaperReading reading, double fraction) throws IOException {
    return results.folder().report(PaperTraining.fraction(reading, scale.varied(), fraction));
  }

  /** Errors are those of as many independent samples as there are events. */
  private Plot margin(PaperReading reading) throws IOException {
    Plot plot = new Plot("6  Soft margin, T=" + scale.varied(), "C", "5-fold accuracy");
    for (double f : scale.tailFractions()) {
      JsonNode report = fraction(reading, f);
      double events = report.path("effective").path("events").asDouble(Double.NaN);
      List<Double> c = new ArrayList<>();
      List<Double> accuracy = new ArrayList<>();
      for (JsonNode row : report.path("C_scan")) {
        c.add(row.path("C").asDouble());
        accuracy.add(row.path("cross_validation").asDouble(Double.NaN));
      }
      plot.points(
          "f=" + 100 * f + "%",
          c.stream().mapToDouble(Double::doubleValue).toArray(),
          accuracy.stream().mapToDouble(Double::doubleValue).toArray(),
          accuracy.stream().mapToDouble(p -> Math.sqrt(p * (1 - p) / events)).toArray());
    }
    return plot.logarithmic(true, false);
  }

  private Plot extremity(PaperReading reading) throws IOException {
    Plot plot =
        new Plot("7  Extremity at C=0.01, T=" + scale.varied(), "bias b", "5-fold accuracy");
    for (double f : scale.tailFractions()) {
      JsonNode scan = fraction(reading, f).path("bias_scan");
      plot.line(
          "f=" + 100 * f + "%", array(scan.path("bias")), array(scan.path("cross_validation")));
    }
    return plot.range(-3, 3);
  }

  private Plot immobile(PaperReading reading) throws IOException {
    TrainingSet test = PaperScores.test(results);
    Plot plot =
        new Plot(
            "8  Trained at T=" + scale.varied() + ", tested at T=" + scale.test().temperature(),
            "bias b",
            "test accuracy");
    PaperClassifier mobile = results.classifiers().get(reading.fluidity(scale.varied()));
    double[] random = PaperScores.raw(PaperScores.randomModel(results, reading), test);
    curve(plot, "immobile or random", random, test.labels(), 0);
    double[] raw = PaperScores.raw(mobile.model(), test);
    curve(plot, "immobile or mobile", raw, test.labels(), 0);
    return plot.range(-4, 4);
  }
}
