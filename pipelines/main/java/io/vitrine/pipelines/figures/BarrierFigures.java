package io.vitrine.pipelines.figures;

import io.vitrine.analysis.barriers.BarrierAnalysis;
import io.vitrine.analysis.barriers.KramersFit;
import io.vitrine.analysis.barriers.RateErrors;
import io.vitrine.analysis.barriers.RateTable;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Figures of counts and of the barriers fitted to them. */
public final class BarrierFigures {
  /** Lines are drawn up to here, where they meet. */
  private static final double HOTTEST_LINE = 1.2;

  private BarrierFigures() {}

  /** ln P_R against 1/T, one colour a bin, with the fitted lines. */
  public static Plot rates(
      String name, RateTable table, RateErrors errors, BarrierAnalysis barriers) {
    Plot plot =
        new Plot(
            "P_R by x, " + name + " (dotted: Kramers, T < " + barriers.settings().below() + ")",
            "1/T (k_B/ε)",
            "ln P_R");
    plot.ordered((int) barriers.fits().stream().filter(BarrierFigures::shown).count());
    double[][] variances =
        errors.logVariances(table, barriers.settings().replicas(), barriers.settings().seed());
    for (int b = 0; b < table.bins(); b++) {
      KramersFit fit = barriers.fits().get(b);
      if (!shown(fit)) {
        continue;
      }
      double centre = centre(fit);
      int n = table.temperatures();
      double[] x = new double[n];
      double[] y = new double[n];
      double[] e = new double[n];
      double[] line = new double[n];
      for (int t = 0; t < n; t++) {
        double temperature = table.temperature(t);
        x[t] = 1 / temperature;
        y[t] = table.rearranging(b, t) < 1 ? Double.NaN : Math.log(table.probability(b, t));
        e[t] = Math.sqrt(variances[b][t]);
        double prefactor = barriers.settings().prefactor() ? Math.log(temperature) : 0;
        line[t] =
            temperature > HOTTEST_LINE
                ? Double.NaN
                : fit.sigma() - fit.dE() / temperature - prefactor;
      }
      plot.points("x=" + centre, x, y, e);
      plot.fit("fit x=" + centre, x, line);
    }
    return plot;
  }

  /** dE against x for several classifiers. */
  public static Plot energies(String title, Map<String, BarrierAnalysis> all) {
    return against(title, "ΔE (ε)", all, KramersFit::dE, KramersFit::dEError);
  }

  /** Sigma against x for several classifiers. */
  public static Plot entropies(String title, Map<String, BarrierAnalysis> all) {
    return against(title, "Σ (k_B)", all, KramersFit::sigma, KramersFit::sigmaError);
  }

  /** The collapse: ln(T P_R) less the level at T0, against dE (1/T0 - 1/T): one line of slope 1. */
  public static Plot collapse(String name, RateTable table, BarrierAnalysis barriers) {
    Plot plot =
        new Plot(
            "Collapse of " + name,
            "ΔE(x) (1/T₀ − 1/T)",
            barriers.settings().prefactor() ? "ln(T P_R) - c" : "ln P_R - c");
    plot.ordered((int) barriers.fits().stream().filter(BarrierFigures::shown).count());
    double u0 = 1 / barriers.onset().t0();
    for (int b = 0; b < table.bins(); b++) {
      KramersFit fit = barriers.fits().get(b);
      if (!shown(fit)) {
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
      ToDoubleFunction<KramersFit> value,
      ToDoubleFunction<KramersFit> error) {
    Plot plot = new Plot(title, "x = (w·z − b) / σ", unit);
    all.forEach(
        (name, barriers) -> {
          List<KramersFit> fits = barriers.fits().stream().filter(BarrierFigures::shown).toList();
          plot.points(
              name,
              fits.stream().mapToDouble(BarrierFigures::centre).toArray(),
              fits.stream().mapToDouble(value).toArray(),
              fits.stream().mapToDouble(error).toArray());
        });
    return plot;
  }

  private static boolean shown(KramersFit fit) {
    return fit.fitted() && Double.isFinite(centre(fit));
  }

  private static double centre(KramersFit fit) {
    return (fit.low() + fit.high()) / 2;
  }
}
