package io.vitrine.pipelines;

import io.vitrine.engine.Simulation;
import io.vitrine.model.Thermo;
import java.io.PrintStream;
import java.util.Locale;

/** A line that says how far the simulation has come. */
final class SimulationProgress {
  private static final long EVERY_NANOS = 500_000_000L;
  private final PrintStream out;
  private final boolean terminal = Terminal.isThere();
  private long shownAt = System.nanoTime();
  private double timeBefore;

  SimulationProgress(PrintStream out) {
    this.out = out;
  }

  void show(String what, Simulation s, double until) {
    long now = System.nanoTime();
    if (!terminal || now - shownAt < EVERY_NANOS) {
      return;
    }
    double perSecond = (s.time() - timeBefore) / ((now - shownAt) * 1e-9);
    Thermo thermo = s.thermo();
    out.print(
        String.format(
            Locale.ROOT,
            "\r\u001b[K%s %.0f%s tau  %.2f tau/s  T %.3f  U/N %.4f  P %.3f%s",
            what,
            s.time(),
            Double.isNaN(until) ? "" : String.format(Locale.ROOT, "/%.0f", until),
            perSecond,
            thermo.temperature(),
            thermo.potentialEnergy() / s.count(),
            thermo.pressure(),
            Double.isNaN(until) || !(perSecond > 0)
                ? ""
                : String.format(Locale.ROOT, "  %.0f s left", (until - s.time()) / perSecond)));
    out.flush();
    shownAt = now;
    timeBefore = s.time();
  }

  void end() {
    if (terminal) {
      out.println();
    }
  }
}
