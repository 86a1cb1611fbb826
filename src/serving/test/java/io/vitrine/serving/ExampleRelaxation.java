package io.vitrine.serving;

import io.vitrine.results.rows.ConventionRow;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.RelaxationRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.StaticsRow;
import java.util.ArrayList;
import java.util.List;

/** Relaxation of the example's simulations: stretched exponentials, the colder the slower. */
final class ExampleRelaxation {
  /** Longest lag and last time, tau. */
  static final int LENGTH = 4000;

  private static final int[] LAGS = {1, 2, 3, 5, 8, 12, 20, 32, 56, 96, 160, 320, 640, 1280, 2560};
  private static final String[] VERDICTS = {
    "composition wave", "ageing", "too short", "equilibrated"
  };

  private ExampleRelaxation() {}

  static String id(int simulation) {
    return ExampleStudy.id(ExampleStudy.TEMPERATURES[simulation]);
  }

  static double tauAlpha(int simulation) {
    return 600 * Math.pow(5, -simulation);
  }

  static List<ResultRow> rows() {
    List<ResultRow> rows = new ArrayList<>();
    for (int s = 0; s < VERDICTS.length; s++) {
      for (int lag : LAGS) {
        functions(s, lag, rows);
      }
      statics(s, rows);
      rows.add(new ConventionRow(ExampleStudy.NAME, id(s), "wavevectors", "[7.25, 3.0]"));
      rows.add(verdict(s, LENGTH / 2, "equilibrated"));
      rows.add(verdict(s, LENGTH, VERDICTS[s]));
    }
    return rows;
  }

  static EquilibriumRow verdict(int simulation, int time, String verdict) {
    double tau = tauAlpha(simulation);
    return new EquilibriumRow(
        ExampleStudy.NAME,
        id(simulation),
        1000L * time,
        verdict,
        verdict.equals("equilibrated") ? 150 : Double.NaN,
        tau,
        tau / 20,
        0.9 * tau,
        1.1 * tau,
        "tau_alpha = "
            + tau
            + " +- "
            + tau / 20
            + " tau, run 4000 tau; S_cc at k = 0.417 is 0.31, 3.4 times that beyond (0.09), in"
            + " equilibrium below 3.29 times");
  }

  private static void functions(int simulation, int lag, List<ResultRow> rows) {
    double u = lag / tauAlpha(simulation);
    double error = 0.01 * Math.sqrt(1 + lag / 100.0);
    for (double k : new double[] {7.25, 3.0}) {
      double fs = 0.8 * Math.exp(-Math.pow(u, 0.6) * k / 7.25 * 0.8);
      rows.add(row(simulation, "Fs", k, lag, fs, error));
    }
    double alpha = Math.exp(-Math.pow(Math.log(4 * u), 2) / 8);
    rows.add(row(simulation, "msd", Double.NaN, lag, 0.03 + 0.08 * u, 0.01 * u));
    rows.add(row(simulation, "alpha2", Double.NaN, lag, alpha, error));
    rows.add(row(simulation, "Q", Double.NaN, lag, Math.exp(-Math.sqrt(u) * 0.7), error));
    rows.add(row(simulation, "chi4", Double.NaN, lag, 5 * alpha, 20 * error));
  }

  private static RelaxationRow row(
      int simulation, String observable, double k, int lag, double value, double error) {
    int blocks = LENGTH / (2 * lag);
    return new RelaxationRow(
        ExampleStudy.NAME,
        id(simulation),
        "A",
        observable,
        k,
        1000L * lag,
        value,
        blocks > 1 ? error : Double.NaN,
        blocks,
        LENGTH - lag);
  }

  private static void statics(int simulation, List<ResultRow> rows) {
    String id = id(simulation);
    for (int t = 0; t <= LENGTH; t += 10) {
      for (int shell = 1; shell <= 3; shell++) {
        double wave = shell == 1 && simulation == 0 ? 0.3 : 0;
        double value = 0.09 + wave + 0.06 * Math.sin(0.031 * t * (shell + simulation));
        rows.add(
            new StaticsRow(
                ExampleStudy.NAME, id, 1000L * t, "S_cc/" + shell, 0.417 * shell, value));
      }
      if (t % 50 == 0) {
        rows.add(new StaticsRow(ExampleStudy.NAME, id, 1000L * t, "S_cc_low", 0.417, 0.01));
        rows.add(new StaticsRow(ExampleStudy.NAME, id, 1000L * t, "S_cc_high", 0.417, 0.29));
        rows.add(new StaticsRow(ExampleStudy.NAME, id, 1000L * t, "S/peak", 7.2, 2.5));
      }
    }
  }
}
