package io.vitrine.results.rows;

/**
 * What was said of a simulation's equilibrium at one time; key (study, simulation, time). The
 * newest one holds.
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param timeMillis up to which frame, ms of event time
 * @param verdict {@code equilibrated}, {@code ageing}, {@code composition wave}, {@code crystal},
 *     {@code too short} or {@code frozen}
 * @param since from when on it holds, tau; NaN where it has no beginning
 * @param tauAlpha tau; NaN where only bounds are known
 * @param tauAlphaError its standard error, NaN if unknown
 * @param tauAlphaAbove tau_alpha is longer than this, tau
 * @param tauAlphaBelow tau_alpha is shorter than this, tau; NaN if unknown
 * @param reason the numbers it rests on
 */
public record EquilibriumRow(
    String study,
    String simulation,
    long timeMillis,
    String verdict,
    double since,
    double tauAlpha,
    double tauAlphaError,
    double tauAlphaAbove,
    double tauAlphaBelow,
    String reason)
    implements ResultRow {
  /** Between the reasons in {@code reason}. */
  public static final String SEPARATOR = "; ";

  /** Checks the row. */
  public EquilibriumRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.named("verdict", verdict);
    Rule.clean("reason", reason);
  }

  static EquilibriumRow of(RowCells c) {
    return new EquilibriumRow(
        c.text(), c.text(), c.whole(), c.text(), c.real(), c.real(), c.real(), c.real(), c.real(),
        c.text());
  }

  @Override
  public RowKind kind() {
    return RowKind.EQUILIBRIUM;
  }

  @Override
  public Object[] cells() {
    return new Object[] {
      study,
      simulation,
      timeMillis,
      verdict,
      since,
      tauAlpha,
      tauAlphaError,
      tauAlphaAbove,
      tauAlphaBelow,
      reason
    };
  }
}
