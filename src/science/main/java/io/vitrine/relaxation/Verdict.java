package io.vitrine.relaxation;

import java.util.List;

/**
 * Whether a simulation is in equilibrium.
 *
 * @param kind the verdict
 * @param since when what it says begins, tau of simulation time; NaN where it has no beginning
 * @param reasons the numbers it rests on, a sentence each
 */
public record Verdict(Kind kind, double since, List<String> reasons) {
  /** The verdicts, the gravest first. */
  public enum Kind {
    /** Bragg peaks. */
    CRYSTAL("crystal"),
    /** The composition varies in space more than it does in equilibrium. */
    COMPOSITION_WAVE("composition wave"),
    /** Successive stretches differ by more than their errors. */
    AGEING("ageing"),
    /** tau_alpha is longer than the run. */
    FROZEN("frozen"),
    /** Nothing speaks against equilibrium, but the run has too few relaxation times to say so. */
    TOO_SHORT("too short"),
    /** Stationary for long enough. */
    EQUILIBRATED("equilibrated");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As it is stored and shown. */
    public String text() {
      return text;
    }
  }

  /** Freezes the list. */
  public Verdict {
    reasons = List.copyOf(reasons);
  }
}
