package io.vitrine.results.rows;

/**
 * A window that lacks frames and therefore gave no value; key (study, simulation, time).
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param timeMillis centre of the window, ms of event time
 * @param present how many of its frames were there
 */
public record IncompleteWindowRow(String study, String simulation, long timeMillis, int present)
    implements ResultRow {
  /** Checks the row. */
  public IncompleteWindowRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.notNegative("present", present);
  }

  static IncompleteWindowRow of(RowCells c) {
    return new IncompleteWindowRow(c.text(), c.text(), c.whole(), c.integer());
  }

  @Override
  public RowKind kind() {
    return RowKind.INCOMPLETE_WINDOW;
  }

  @Override
  public Object[] cells() {
    return new Object[] {study, simulation, timeMillis, (long) present};
  }
}
