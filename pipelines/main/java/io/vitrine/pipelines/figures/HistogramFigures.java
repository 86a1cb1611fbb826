package io.vitrine.pipelines.figures;

import io.vitrine.results.bins.Binning;
import io.vitrine.results.rows.HistogramTotal;
import java.util.Map;
import java.util.TreeMap;

/** Histograms of the store as densities. */
public final class HistogramFigures {
  private HistogramFigures() {}

  /** Centres and densities, several neighbouring bins together; p_hop by decade of p_hop. */
  public static double[][] density(HistogramTotal h, int together) {
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
  public static Plot plot(String kind) {
    return switch (kind) {
      case "p_hop" ->
          new Plot("Density of p_hop", "p_hop (σ²)", "density of log₁₀ p_hop")
              .logarithmic(true, true);
      case "van_hove_1d" ->
          new Plot("Self van Hove function at 10 τ", "displacement Δx (σ)", "density (1/σ)")
              .logarithmic(false, true);
      case "van_hove_r" -> new Plot("4πr² G_s(r) at 10 τ", "displacement r (σ)", "density (1/σ)");
      default -> new Plot("Scores, " + kind.substring(kind.indexOf(':') + 1), "w·z", "density");
    };
  }
}
