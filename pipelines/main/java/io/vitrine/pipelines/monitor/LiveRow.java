package io.vitrine.pipelines.monitor;

import io.vitrine.relaxation.Verdict;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.RunState;
import io.vitrine.serving.alarms.Alarm;
import io.vitrine.serving.alarms.Study;
import java.util.List;
import java.util.Locale;

/**
 * One simulation as people see it while it runs.
 *
 * @param id its name
 * @param attention how much it needs a person
 * @param temperature set temperature; NaN where none was given
 * @param time of the newest frame, tau; NaN before the first
 * @param until where it will end, tau; NaN if open
 * @param secondsLeft until then; NaN if unknown
 * @param hopFraction fraction rearranging in the newest window; NaN before the first
 * @param score mean score in it; NaN without a model
 * @param live version that is trained during the run and its mean score; empty without
 * @param tauAlpha tau_alpha or a bound on it; empty where neither is known
 * @param word its state in one or two words
 * @param state its state, with what is wrong
 */
record LiveRow(
    String id,
    Attention attention,
    double temperature,
    double time,
    double until,
    double secondsLeft,
    double hopFraction,
    double score,
    String live,
    String tauAlpha,
    String word,
    String state) {
  /** What needs a person, first things first. */
  enum Attention {
    FAILED,
    STALLED,
    DEAD_LETTERS,
    ALARM,
    NOT_IN_EQUILIBRIUM,
    WAITING,
    NONE,
    EQUILIBRATED,
    DONE;

    /** Whether something is wrong. */
    boolean isWrong() {
      return compareTo(NOT_IN_EQUILIBRIUM) <= 0;
    }
  }

  /**
   * What a look at a study says of one simulation.
   *
   * @param waiting what it waits for while it has no frame
   */
  static LiveRow of(
      Study study, SimulationStatus s, double secondsLeft, String live, Object waiting) {
    String id = s.simulation().simulation();
    EquilibriumRow verdict = study.verdicts().get(id);
    List<Alarm> alarms =
        study.alarms().stream()
            .filter(a -> a.simulation().equals(id) && !a.kind().equals("target"))
            .toList();
    Attention attention = attention(study.stage(s), s, verdict, alarms);
    String word = word(attention, s, verdict);
    return new LiveRow(
        id,
        attention,
        s.simulation().temperature(),
        s.frames() == 0 ? Double.NaN : s.latestMillis() / 1000.0,
        s.simulation().untilTime(),
        secondsLeft,
        s.windows() == 0 ? Double.NaN : s.hopFraction(),
        s.windows() == 0 ? Double.NaN : s.meanScore(),
        live,
        verdict == null ? "" : tauAlpha(verdict, "").replaceFirst("^= ", "").replace(" ", ""),
        word,
        attention == Attention.WAITING
            ? waiting.toString()
            : state(attention, word, s, verdict, alarms));
  }

  private static Attention attention(
      String stage, SimulationStatus s, EquilibriumRow verdict, List<Alarm> alarms) {
    if (s.simulation().state() == RunState.FAILED) {
      return Attention.FAILED;
    }
    if (stage.equals("stalled") || !s.outage().isEmpty()) {
      return Attention.STALLED;
    }
    if (s.deadLetters() > 0) {
      return Attention.DEAD_LETTERS;
    }
    if (alarms.stream().anyMatch(a -> !a.kind().equals("equilibrium"))) {
      return Attention.ALARM;
    }
    if (!alarms.isEmpty() || is(verdict, Verdict.Kind.FROZEN)) {
      return Attention.NOT_IN_EQUILIBRIUM;
    }
    if (s.frames() == 0) {
      return Attention.WAITING;
    }
    if (s.simulation().state() == RunState.FINISHED) {
      return Attention.DONE;
    }
    return is(verdict, Verdict.Kind.EQUILIBRATED) ? Attention.EQUILIBRATED : Attention.NONE;
  }

  private static boolean is(EquilibriumRow verdict, Verdict.Kind kind) {
    return verdict != null && verdict.verdict().equals(kind.text());
  }

  private static String word(Attention attention, SimulationStatus s, EquilibriumRow verdict) {
    return switch (attention) {
      case FAILED -> "failed";
      case STALLED -> "stalled";
      case DEAD_LETTERS -> "dead letters";
      case ALARM -> "alarm";
      case WAITING -> "waiting";
      default -> {
        if (verdict != null) {
          yield verdict.verdict();
        }
        double first = (s.firstMillis() + s.simulation().windowMillis()) / 1000.0;
        yield s.windows() == 0
            ? String.format(Locale.ROOT, "first window at %.0f tau", first)
            : s.simulation().state().word();
      }
    };
  }

  private static String state(
      Attention attention,
      String word,
      SimulationStatus s,
      EquilibriumRow verdict,
      List<Alarm> alarms) {
    return switch (attention) {
      case FAILED -> "failed: " + s.simulation().error();
      case STALLED, DEAD_LETTERS -> first(alarms);
      case ALARM -> alarms.get(0).kind() + ": " + first(alarms);
      case NOT_IN_EQUILIBRIUM -> word + ": " + verdict.reason();
      case DONE -> verdict == null ? "done" : "done, " + word;
      default -> word;
    };
  }

  private static String first(List<Alarm> alarms) {
    String more = alarms.size() > 1 ? " (+" + (alarms.size() - 1) + ")" : "";
    return alarms.isEmpty() ? "" : alarms.get(0).text() + more;
  }

  /** tau_alpha with its error, or a bound on it, behind {@code =}, {@code >} or {@code <}. */
  static String tauAlpha(EquilibriumRow row, String error) {
    if (!Double.isNaN(row.tauAlpha())) {
      return "= "
          + digits(row.tauAlpha())
          + (Double.isNaN(row.tauAlphaError())
              ? ""
              : String.format(Locale.ROOT, error, row.tauAlphaError()));
    }
    if (row.tauAlphaBelow() > 0) {
      return "< " + digits(row.tauAlphaBelow());
    }
    return row.tauAlphaAbove() > 0 ? "> " + digits(row.tauAlphaAbove()) : "";
  }

  /** Three digits of a time. */
  static String digits(double tau) {
    int places = tau < 10 ? 2 : tau < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + places + "f", tau);
  }
}
