package io.vitrine.pipelines;

import io.vitrine.results.ResultsReader;
import io.vitrine.results.RowKind;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import io.vitrine.results.TrainingCountRow;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The line people look at while a study runs, read from the store like everything else that is
 * shown: tau, frames/s, fraction rearranging, mean fluidity, training samples, lag.
 *
 * <p>On a terminal it redraws in place; elsewhere a line is printed now and then.
 */
final class LiveLine {
  private static final long REDRAW_MILLIS = 500;
  private static final long PRINT_MILLIS = 10_000;
  private static final int WIDEST = 200;

  private final PrintStream out;
  private final boolean terminal;
  private final double until;
  private final Map<String, Long> framesBefore = new HashMap<>();
  private long drawnAt = System.nanoTime();
  private boolean drawn;
  private LiveVersions versions;

  LiveLine(PrintStream out, double until) {
    this.out = out;
    this.terminal = Terminal.isThere();
    this.until = until;
  }

  /** How long to wait before the next {@link #draw}. */
  long pauseMillis() {
    return terminal ? REDRAW_MILLIS : PRINT_MILLIS;
  }

  void draw(ResultsReader store, String study, List<String> simulations) throws StoreException {
    long now = System.nanoTime();
    double seconds = (now - drawnAt) * 1e-9;
    StringBuilder line = new StringBuilder();
    Map<String, Double> intervals = new HashMap<>();
    if (versions == null) {
      versions = new LiveVersions(store, study);
    }
    for (SimulationStatus s : store.simulations(study)) {
      String id = s.simulation().simulation();
      if (!simulations.contains(id)) {
        continue;
      }
      if (line.length() > 0) {
        line.append("  |  ");
      }
      intervals.put(id, s.simulation().intervalMillis() / 1000.0);
      Long before = framesBefore.put(id, s.frames());
      line.append(describe(id, s, before == null ? Double.NaN : (s.frames() - before) / seconds));
      versions.newest(id).ifPresent(line::append);
    }
    drawnAt = now;
    List<TrainingCountRow> counts =
        store.rows(TrainingCountRow.class, RowKind.TRAINING_COUNT, study).stream()
            .filter(row -> simulations.contains(row.simulation()))
            .toList();
    line.append("  |  ").append(SampleCounts.describe(counts, intervals));
    show(line.toString());
  }

  private String describe(String id, SimulationStatus s, double framesPerSecond) {
    if (s.frames() == 0) {
      return id + " waiting for frames";
    }
    StringBuilder text = new StringBuilder(id);
    text.append(format(" %.0f", s.latestMillis() / 1000.0));
    if (!Double.isNaN(until)) {
      text.append(format("/%.0f", until));
    }
    text.append(" tau");
    if (framesPerSecond >= 0) {
      text.append(format(" %.1f fr/s", framesPerSecond));
    }
    if (s.windows() == 0) {
      text.append(" window filling");
    } else {
      text.append(format(" hop %.2f%%", 100 * s.hopFraction()));
      if (!Double.isNaN(s.meanScore())) {
        text.append(format(" fluidity %+.3f", s.meanScore()));
      }
      long possible = s.latestMillis() - s.simulation().windowMillis() / 2;
      text.append(
          format(" lag %.0f tau", Math.max(0, (possible - s.newestWindowMillis()) / 1000.0)));
    }
    if (s.deadLetters() > 0) {
      text.append(format(" %d DEAD", s.deadLetters()));
    }
    return text.toString();
  }

  private void show(String line) {
    if (terminal) {
      String cut = line.length() > WIDEST ? line.substring(0, WIDEST) : line;
      out.print("\r\u001b[K" + cut);
      drawn = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Leaves the line as it stands and goes to the next. */
  void end() {
    if (drawn) {
      out.println();
      drawn = false;
    }
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
