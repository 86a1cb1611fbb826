package io.vitrine.pipelines.paper;

import io.vitrine.analysis.barriers.BarrierAnalysis;
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
import java.util.TreeMap;

/** The inset of figure 2, and figures 3, 4, 5 and 9 of each reading: what the runs counted. */
final class CountFigures {
  private static final int TEMPERATURES_SHOWN = 7;

  private final PaperResults results;
  private final PaperScale scale;

  CountFigures(PaperResults results) {
    this.results = results;
    this.scale = results.scale();
  }

  void write(Path folder) throws IOException, StoreException {
    vanHove().write(folder, "fig2-inset");
    List<Double> hot = scale.fluid().temperatures();
    for (PaperReading reading : scale.readings()) {
      String name = reading.name();
      for (PaperClassifier c : results.counted(reading)) {
        rates(c).write(folder, "fig9-" + c.name());
      }
      PaperClassifier hottest =
          results.classifiers().get(reading.fluidity(hot.get(hot.size() - 1)));
      rates(hottest).write(folder, "fig3a-" + name);
      rates(results.softness(reading)).write(folder, "fig3b-" + name);
      barriers(reading, folder);
      PaperClassifier varied = results.classifiers().get(reading.fluidity(scale.varied()));
      distributions(varied).write(folder, "fig5a-" + name);
      distributions(hottest).write(folder, "fig5b-" + name);
    }
  }

  private static Plot rates(PaperClassifier c) {
    PaperCounts counts = c.counts();
    return BarrierFigures.rates(c.name(), counts.table(), counts.errors(), counts.barriers());
  }

  /** Fluidities from dark to light, softness in black, here as everywhere. */
  private void barriers(PaperReading reading, Path folder) throws IOException {
    Map<String, BarrierAnalysis> all = new LinkedHashMap<>();
    results.fluidities(reading).forEach(c -> all.put(c.name(), c.counts().barriers()));
    int fluidities = all.size();
    PaperClassifier softness = results.softness(reading);
    all.put(softness.name(), softness.counts().barriers());
    String name = reading.name();
    BarrierFigures.energies("4  Energy barrier", all, fluidities).write(folder, "fig4-" + name);
    BarrierFigures.entropies("4, inset  Entropic term", all, fluidities)
        .write(folder, "fig4-inset-" + name);
  }

  /** Hot temperatures as lines, the temperature of softness as black points. */
  private Plot vanHove() throws StoreException {
    Plot plot =
        new Plot(
            "2, inset  Self van Hove function at 10 τ", "displacement Δx (σ)", "density (1/σ)");
    Map<Double, HistogramTotal> all = byTemperature(PaperFolder.STATISTICS, "van_hove_1d");
    List<Double> hot = scale.fluid().temperatures().stream().filter(all::containsKey).toList();
    plot.ordered(hot.size());
    for (double t : hot) {
      double[][] density = HistogramFigures.density(all.get(t), 4);
      plot.line("T=" + t, density[0], density[1]);
    }
    double cold = scale.softness().temperature();
    double[][] density =
        HistogramFigures.density(
            byTemperature(scale.thermal().coldJob(), "van_hove_1d").get(cold), 4);
    plot.points("T=" + cold, density[0], density[1], null);
    return plot.range(-5, 5).logarithmic(false, true);
  }

  /** Of the first run of each temperature. */
  private Map<Double, HistogramTotal> byTemperature(String study, String kind)
      throws StoreException {
    try (ResultsReader reader = ResultsReader.open(results.folder().store(study))) {
      Map<Double, HistogramTotal> all = new TreeMap<>();
      for (HistogramTotal h : reader.histograms(study)) {
        if (h.kindOfValue().equals(kind)) {
          all.putIfAbsent(scale.temperature(h.simulation()), h);
        }
      }
      return all;
    }
  }

  /** w.z less the b of Table I. */
  private Plot distributions(PaperClassifier c) throws StoreException {
    Plot plot = new Plot("5  Distribution of " + c.name(), "w·z − b, b of Table I", "density");
    Map<Double, HistogramTotal> all = byTemperature(PaperFolder.STATISTICS, "score:" + c.name());
    int step = Math.max(1, all.size() / TEMPERATURES_SHOWN);
    List<Double> temperatures = new ArrayList<>(all.keySet());
    plot.ordered((all.size() + step - 1) / step);
    for (int i = 0; i < temperatures.size(); i += step) {
      double[][] density = HistogramFigures.density(all.get(temperatures.get(i)), 5);
      double[] x = Arrays.stream(density[0]).map(v -> v - c.train()).toArray();
      plot.line("T=" + temperatures.get(i), x, density[1]);
    }
    return plot;
  }
}
