package io.vitrine.pipelines.figures;

import io.vitrine.analysis.barriers.BarrierAnalysis;
import io.vitrine.analysis.barriers.HopRates;
import io.vitrine.analysis.barriers.KramersFit;
import io.vitrine.analysis.barriers.LiquidState;
import io.vitrine.analysis.barriers.Onset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Barriers as lines for a terminal. */
public final class BarrierLines {
  private BarrierLines() {}

  /** A table of the fits, with dE over all temperatures beside it, and T0. */
  public static List<String> of(
      String model, BarrierAnalysis analysis, BarrierAnalysis everything) {
    List<String> lines = new ArrayList<>();
    lines.add("Model " + model);
    lines.add(
        "     x from    to       dE     error   system.    Sigma    error   chi2/dof"
            + "     hops   as good as   dE, all T");
    for (int b = 0; b < analysis.fits().size(); b++) {
      lines.add(line(analysis.fits().get(b), everything.fits().get(b)));
    }
    lines.add(onset(analysis.onset()));
    return lines;
  }

  private static String line(KramersFit fit, KramersFit wide) {
    return fit.fitted()
        ? text(
            "  %7.2f %7.2f %8.3f %8.3f %8.3f %8.3f %8.3f %7.1f/%-3d %9d %9.0f %10.3f",
            fit.low(),
            fit.high(),
            fit.dE(),
            fit.dEError(),
            fit.dESystematic(),
            fit.sigma(),
            fit.sigmaError(),
            fit.chiSquared(),
            fit.degreesOfFreedom(),
            fit.hops(),
            fit.effectiveHops(),
            wide.dE())
        : text("  %7.2f %7.2f  not fitted: %s", fit.low(), fit.high(), fit.reason());
  }

  private static String onset(Onset onset) {
    return onset.found()
        ? text(
            "  T0 %.3f, 68%% interval %.3f to %.3f, systematic error %.3f, chi2/dof %.1f/%d",
            onset.t0(),
            onset.low(),
            onset.high(),
            onset.systematic(),
            onset.chiSquared(),
            onset.degreesOfFreedom())
        : "  no T0: " + onset.reason();
  }

  /** What changes when hops are counted instead of the windows that see them. */
  public static List<String> perHop(
      BarrierAnalysis perWindow, BarrierAnalysis perHop, HopRates hops) {
    List<String> lines = new ArrayList<>();
    StringBuilder windows = new StringBuilder("  one hop is seen in");
    hops.byTemperature()
        .forEach(
            (t, d) -> {
              if (t < perWindow.settings().below()) {
                windows.append(text(" %.2f windows at T=%s (%d hops)", d.windows(), t, d.hops()));
              }
            });
    lines.add(windows.toString());
    double change = shift(perWindow, perHop);
    if (!Double.isNaN(change)) {
      lines.add(
          text("  per hop, not per window: dE changes by %+.3f (the same in all bins)", change));
    }
    return lines;
  }

  /** How much larger barriers per hop are than those per window, mean of the bins fitted. */
  public static double shift(BarrierAnalysis perWindow, BarrierAnalysis perHop) {
    double sum = 0;
    int n = 0;
    for (int b = 0; b < perWindow.fits().size(); b++) {
      KramersFit window = perWindow.fits().get(b);
      if (window.fitted() && perHop.fits().get(b).fitted()) {
        sum += perHop.fits().get(b).dE() - window.dE();
        n++;
      }
    }
    return n == 0 ? Double.NaN : sum / n;
  }

  /**
   * What speaks for or against an energy that depends on the score alone.
   *
   * @param centred fits at fixed distance from the mean score of each temperature
   */
  public static List<String> checks(
      BarrierAnalysis fixed, BarrierAnalysis centred, LiquidState state) {
    List<String> lines = new ArrayList<>();
    KramersFit x = fixed.atZero();
    KramersFit distance = centred.atZero();
    if (x != null && x.fitted() && distance != null && distance.fitted()) {
      lines.add(
          text(
              "  lines at fixed x: dE(0) %.3f, chi2/dof %.1f/%d; at fixed distance from the mean of"
                  + " each T: %.3f, %.1f/%d",
              x.dE(),
              fixed.chiSquared(),
              fixed.degreesOfFreedom(),
              distance.dE(),
              centred.chiSquared(),
              centred.degreesOfFreedom()));
    }
    if (!state.temperatures().isEmpty()) {
      lines.add(
          text(
              "  ln P_R at fixed x changes by %.2f +- %.2f with the mean x of the liquid, and by"
                  + " %.2f with x",
              state.state(), state.error(), state.score()));
    }
    return lines;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
