package io.vitrine.pipelines.figures;

import io.vitrine.analysis.barriers.BarrierAnalysis;
import io.vitrine.analysis.barriers.KramersFit;
import io.vitrine.analysis.barriers.RateErrors;
import io.vitrine.analysis.barriers.RateTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Figures of counts and of the barriers fitted to them. */
public final class BarrierFigures {
  /** Lines are drawn up to here, where they meet. */
  private static final double HOTTEST_LINE = 1.2;

  /** More colours than these cannot be told apart. */
  private static final int MOST_BINS = 9;

  /** epsilon, k_B: a value with a larger error says nothing, and would stretch the axis. */
  private static final double LARGEST_ERROR = 0.5;

  private BarrierFigures() {}

  /**
   * ln P_R against 1/T, one colour a bin, with the fitted lines: of the nine bins nearest to x = 0.
   * Points that are not fitted, or whose error is not known, are crosses.
   */
  public static Plot rates(
      String name, RateTable table, RateErrors errors, BarrierAnalysis barriers) {
    Plot plot =
        new Plot(
            "P_R by x, "
                + name
                + " (dotted: Kramers, T < "
                + barriers.settings().below()
                + "; crosses: not fitted)",
            "1/T (k_B/ε)",
            "ln P_R");
    List<KramersFit> nearest = nearest(barriers);
    plot.ordered(nearest.size());
    double[][] variances =
        errors.logVariances(table, barriers.settings().replicas(), barriers.settings().seed());
    for (int b = 0; b < table.bins(); b++) {
      KramersFit fit = barriers.fits().get(b);
      if (!nearest.contains(fit)) {
        continue;
      }
      double centre = centre(fit);
      int n = table.temperatures();
      double[] x = new double[n];
      double[] y = new double[n];
      double[] other = new double[n];
      double[] e = new double[n];
      double[] line = new double[n];
      for (int t = 0; t < n; t++) {
        double temperature = table.temperature(t);
        x[t] = 1 / temperature;
        double rate = table.rearranging(b, t) < 1 ? Double.NaN : Math.log(table.probability(b, t));
        e[t] = Math.sqrt(variances[b][t]);
        boolean used = temperature < barriers.settings().below() && Double.isFinite(e[t]);
        y[t] = used ? rate : Double.NaN;
        other[t] = used ? Double.NaN : rate;
        double prefactor = barriers.settings().prefactor() ? Math.log(temperature) : 0;
        line[t] =
            temperature > HOTTEST_LINE
                ? Double.NaN
                : fit.sigma() - fit.dE() / temperature - prefactor;
      }
      plot.points("x=" + centre, x, y, e);
      plot.crosses("not fitted, x=" + centre, x, other, e);
      plot.fit("fit x=" + centre, x, line);
    }
    return plot;
  }

  /** dE against x for several classifiers, where its error is below 0.5. */
  public static Plot energies(String title, Map<String, BarrierAnalysis> all) {
    return energies(title, all, 0);
  }

  /** The same, the first so many in colours from dark to light, what follows in black. */
  public static Plot energies(String title, Map<String, BarrierAnalysis> all, int ordered) {
    return against(title, "ΔE (ε)", all, ordered, KramersFit::dE, KramersFit::dEError);
  }

  /** Sigma against x for several classifiers, where the error of dE is below 0.5. */
  public static Plot entropies(String title, Map<String, BarrierAnalysis> all) {
    return entropies(title, all, 0);
  }

  /** The same, the first so many in colours from dark to light, what follows in black. */
  public static Plot entropies(String title, Map<String, BarrierAnalysis> all, int ordered) {
    return against(title, "Σ (k_B)", all, ordered, KramersFit::sigma, KramersFit::sigmaError);
  }

  /** The collapse: ln(T P_R) less the level at T0, against dE (1/T0 - 1/T): one line of slope 1. */
  public static Plot collapse(String name, RateTable table, BarrierAnalysis barriers) {
    Plot plot =
        new Plot(
            "Collapse of " + name,
            "ΔE(x) (1/T₀ − 1/T)",
            barriers.settings().prefactor() ? "ln(T P_R) - c" : "ln P_R - c");
    List<KramersFit> nearest = nearest(barriers);
    plot.ordered(nearest.size());
    double u0 = 1 / barriers.onset().t0();
    for (int b = 0; b < table.bins(); b++) {
      KramersFit fit = barriers.fits().get(b);
      if (!nearest.contains(fit)) {
        continue;
      }
      double[] x = new double[table.temperatures()];
      double[] y = new double[table.temperatures()];
      for (int t = 0; t < x.length; t++) {
        double temperature = table.temperature(t);
        boolean used = temperature < barriers.settings().below() && table.rearranging(b, t) > 0;
        x[t] = used ? fit.dE() * (u0 - 1 / temperature) : Double.NaN;
        double factor = barriers.settings().prefactor() ? temperature : 1;
        y[t] = Math.log(factor * table.probability(b, t)) - barriers.onset().level();
      }
      plot.points("x=" + centre(fit), x, y, null);
    }
    return plot;
  }

  private static Plot against(
      String title,
      String unit,
      Map<String, BarrierAnalysis> all,
      int ordered,
      ToDoubleFunction<KramersFit> value,
      ToDoubleFunction<KramersFit> error) {
    Plot plot = new Plot(title, "x = (w·z − b) / σ", unit).ordered(ordered);
    all.forEach(
        (name, barriers) -> {
          List<KramersFit> fits =
              barriers.fits().stream()
                  .filter(fit -> shown(fit) && fit.dEError() < LARGEST_ERROR)
                  .toList();
          plot.points(
              name,
              fits.stream().mapToDouble(BarrierFigures::centre).toArray(),
              fits.stream().mapToDouble(value).toArray(),
              fits.stream().mapToDouble(error).toArray());
        });
    return plot;
  }

  /** The fitted bins nearest to x = 0. */
  private static List<KramersFit> nearest(BarrierAnalysis barriers) {
    return barriers.fits().stream()
        .filter(BarrierFigures::shown)
        .sorted(Comparator.comparingDouble(fit -> Math.abs(centre(fit))))
        .limit(MOST_BINS)
        .toList();
  }

  private static boolean shown(KramersFit fit) {
    return fit.fitted() && Double.isFinite(centre(fit));
  }

  private static double centre(KramersFit fit) {
    return (fit.low() + fit.high()) / 2;
  }
}
