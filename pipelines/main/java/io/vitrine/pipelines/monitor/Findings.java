package io.vitrine.pipelines.monitor;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.relaxation.Verdict;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import io.vitrine.results.WindowMeans;
import io.vitrine.results.rows.DeadLetterRow;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.serving.alarms.Alarm;
import io.vitrine.serving.alarms.Study;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the simulations of a run came to, in the words of their field: equilibrium, tau_alpha, how
 * many particles rearrange, what was left out and which alarms are on. Those that need attention
 * come first; of many, the others are summed up.
 */
final class Findings {
  private static final int MOST = 8;

  private final Study study;
  private final ResultsReader store;
  private final AnalysisSpec spec;

  Findings(Study study, ResultsReader store, AnalysisSpec spec) {
    this.study = study;
    this.store = store;
    this.spec = spec;
  }

  /** A few lines for each simulation of the run. */
  List<String> lines(Set<String> simulations) throws StoreException {
    List<SimulationStatus> all =
        study.simulations().stream()
            .filter(s -> simulations.contains(s.simulation().simulation()))
            .sorted(Comparator.comparing(s -> row(s).attention()))
            .toList();
    int shown = all.size() <= MOST ? all.size() : MOST - 1;
    List<String> lines = new ArrayList<>();
    for (SimulationStatus s : all.subList(0, shown)) {
      describe(s, lines);
    }
    if (shown < all.size()) {
      List<LiveRow> rest = all.subList(shown, all.size()).stream().map(this::row).toList();
      lines.add(LiveTable.together(rest, " more"));
    }
    study.alarms().stream()
        .filter(a -> a.simulation().isEmpty())
        .forEach(a -> lines.add("alarm: " + AlarmNews.inWords(a)));
    return lines;
  }

  private LiveRow row(SimulationStatus s) {
    return LiveRow.of(study, s, Double.NaN, "", "no frame");
  }

  private void describe(SimulationStatus s, List<String> lines) throws StoreException {
    String id = s.simulation().simulation();
    StringBuilder head = new StringBuilder(id);
    if (!Double.isNaN(s.simulation().temperature())) {
      head.append(", T = ").append(s.simulation().temperature());
    }
    if (s.frames() > 0) {
      head.append(
          format(", %.0f to %.0f tau", s.firstMillis() / 1000.0, s.latestMillis() / 1000.0));
    }
    lines.add(head + ": " + equilibrium(s, study.verdicts().get(id)));
    if (s.windows() > 0) {
      WindowMeans means = store.windowMeans(study.name(), id);
      lines.add(
          format(
              "  %.3g%% of the %s particles rearrange (p_hop > %s), mean p_hop %.3g sigma^2, in %d"
                  + " windows of %s tau",
              100 * means.hopFraction(),
              spec.targets().name(),
              spec.hopThreshold(),
              means.pHop(),
              means.windows(),
              spec.windowMillis() / 1000));
    }
    String left = leftOut(s);
    if (!left.isEmpty()) {
      lines.add("  left out: " + left);
    }
    for (Alarm alarm : study.alarms()) {
      boolean said = Set.of("target", "failed", "dead_letters").contains(alarm.kind());
      if (alarm.simulation().equals(id) && !said) {
        lines.add("  alarm: " + alarm.kind() + ": " + alarm.text());
      }
    }
  }

  private static String equilibrium(SimulationStatus s, EquilibriumRow row) {
    if (row == null) {
      return s.frames() == 0 ? "no frame" : "too few frames to measure its relaxation";
    }
    String tauAlpha = LiveRow.tauAlpha(row, " +- %.2g");
    String tau = tauAlpha.isEmpty() ? "" : ", tau_alpha " + tauAlpha + " tau";
    List<String> reasons = Arrays.asList(row.reason().split(EquilibriumRow.SEPARATOR, -1));
    String why =
        reasons.stream().filter(r -> !r.startsWith("tau_alpha")).collect(Collectors.joining("; "));
    for (Verdict.Kind kind : Verdict.Kind.values()) {
      if (kind.text().equals(row.verdict())) {
        return switch (kind) {
          case EQUILIBRATED -> format("in equilibrium since %.0f tau", row.since()) + tau;
          case TOO_SHORT ->
              "too short to tell equilibrium (" + reasons.get(reasons.size() - 1) + ")" + tau;
          case FROZEN -> "frozen on the scale of the run" + tau;
          case AGEING -> "not in equilibrium, it ages" + tau + ": " + why;
          case COMPOSITION_WAVE ->
              "not in equilibrium, its composition varies in space" + tau + ": " + why;
          case CRYSTAL -> "crystallized" + tau + ": " + why;
        };
      }
    }
    return row.verdict() + tau;
  }

  private String leftOut(SimulationStatus s) throws StoreException {
    List<String> parts = new ArrayList<>();
    add(parts, s.framesThinned(), " frames thinned (closer than the interval)");
    add(parts, s.framesRepeated(), " frames that came again");
    add(parts, s.missingWindows(), " windows that lack frames");
    if (s.deadLetters() > 0) {
      String first =
          store.rows(DeadLetterRow.class, RowKind.DEAD_LETTER, study.name()).stream()
              .filter(letter -> letter.simulation().equals(s.simulation().simulation()))
              .findFirst()
              .map(letter -> " (the first: " + letter.place() + ": " + letter.reason() + ")")
              .orElse("");
      add(parts, s.deadLetters(), " frames that cannot be used" + first);
    }
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + what);
    }
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
