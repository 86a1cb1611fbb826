package io.vitrine.results.rows;

/**
 * One number of the structure of a frame; key (study, simulation, time, quantity).
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param timeMillis of the frame, ms of event time
 * @param quantity {@code S_cc/1}, {@code S_cc/2}, {@code S_cc/3} (shells of the reciprocal
 *     lattice), {@code S_cc_low}, {@code S_cc_high} (between which {@code S_cc/1} lies in
 *     equilibrium), {@code S/peak} (structure factor at its first peak) or {@code S/largest} (that
 *     of the strongest wavevector there, in means)
 * @param wavevector where, 1/sigma
 * @param value dimensionless
 */
public record StaticsRow(
    String study,
    String simulation,
    long timeMillis,
    String quantity,
    double wavevector,
    double value)
    implements ResultRow {
  /** Checks the row. */
  public StaticsRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.named("quantity", quantity);
  }

  static StaticsRow of(RowCells c) {
    return new StaticsRow(c.text(), c.text(), c.whole(), c.text(), c.real(), c.real());
  }

  @Override
  public RowKind kind() {
    return RowKind.STATICS;
  }

  @Override
  public Object[] cells() {
    return new Object[] {study, simulation, timeMillis, quantity, wavevector, value};
  }
}
