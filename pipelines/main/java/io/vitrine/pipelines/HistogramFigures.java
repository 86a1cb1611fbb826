package io.vitrine.pipelines;

import io.vitrine.results.Binning;
import io.vitrine.results.HistogramTotal;
import java.util.Map;
import java.util.TreeMap;

/** Histograms of the store as densities. */
final class HistogramFigures {
  private HistogramFigures() {}

  /** Centres and densities, several neighbouring bins together; p_hop by decade of p_hop. */
  static double[][] density(HistogramTotal h, int together) {
    TreeMap<Integer, Long> sums = new TreeMap<>();
    double all = 0;
    for (HistogramTotal.Bin bin : h.bins()) {
      if (bin.index() >= h.binning().first() && bin.index() <= h.binning().last()) {
        sums.merge(Math.floorDiv(bin.index(), together), bin.count(), Long::sum);
      }
      all += bin.count();
    }
    double width = (double) together / h.binning().perUnit();
    boolean logarithmic = h.binning().scale() == Binning.Scale.LOG;
    double[] x = new double[sums.size()];
    double[] y = new double[sums.size()];
    int i = 0;
    for (Map.Entry<Integer, Long> e : sums.entrySet()) {
      double centre = (e.getKey() + 0.5) * width;
      x[i] = logarithmic ? Math.pow(10, centre) : centre;
      y[i++] = e.getValue() / all / width;
    }
    return new double[][] {x, y};
  }

  /** An empty figure for one kind of histogram. */
  static Plot plot(String kind) {
    return switch (kind) {
      case "p_hop" ->
          new Plot("Density of p_hop", "p_hop (sigma_AA^2)", "density of log10 p_hop")
              .logarithmic(true, true);
      case "van_hove_1d" ->
          new Plot(
                  "Self van Hove function after 10 tau",
                  "displacement along one axis (sigma_AA)",
                  "density (1/sigma_AA)")
              .logarithmic(false, true);
      case "van_hove_r" ->
          new Plot(
              "4 pi r^2 G_s(r) after 10 tau", "displacement r (sigma_AA)", "density (1/sigma_AA)");
      default -> new Plot("Scores, " + kind.substring(kind.indexOf(':') + 1), "w.z", "density");
    };
  }
}
