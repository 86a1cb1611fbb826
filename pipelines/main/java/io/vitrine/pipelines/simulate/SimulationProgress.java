package io.vitrine.pipelines.simulate;

import io.vitrine.engine.Simulation;
import io.vitrine.model.Thermo;
import io.vitrine.pipelines.run.Screen;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;

/** A line that says how far the simulation has come. */
final class SimulationProgress {
  private static final long EVERY_NANOS = 500_000_000L;
  private final Screen screen;
  private long shownAt = System.nanoTime();
  private double timeBefore;

  SimulationProgress(PrintStream out) {
    this.screen = Screen.open(out);
  }

  void show(String what, Simulation s, double until) {
    long now = System.nanoTime();
    if (!screen.isThere() || now - shownAt < EVERY_NANOS) {
      return;
    }
    double perSecond = (s.time() - timeBefore) / ((now - shownAt) * 1e-9);
    Thermo thermo = s.thermo();
    String line =
        String.format(
            Locale.ROOT,
            "%s %.0f%s tau  %.2f tau/s  T %.3f  U/N %.4f  P %.3f%s",
            what,
            s.time(),
            Double.isNaN(until) ? "" : String.format(Locale.ROOT, "/%.0f", until),
            perSecond,
            thermo.temperature(),
            thermo.potentialEnergy() / s.count(),
            thermo.pressure(),
            Double.isNaN(until) || !(perSecond > 0)
                ? ""
                : String.format(Locale.ROOT, "  %.0f s left", (until - s.time()) / perSecond));
    screen.draw(List.of(new AttributedString(line)));
    shownAt = now;
    timeBefore = s.time();
  }

  void end() {
    screen.leave();
  }
}
