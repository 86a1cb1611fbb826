package io.vitrine.results.rows;

/**
 * A convention that the numbers of a simulation depend on; key (study, simulation, name).
 *
 * @param study name of the study
 * @param simulation identifier
 * @param name as in training sets and exports
 * @param value as text
 */
public record ConventionRow(String study, String simulation, String name, String value)
    implements ResultRow {
  /** Checks the row. */
  public ConventionRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.named("name", name);
    Rule.clean("value", value);
  }

  static ConventionRow of(RowCells c) {
    return new ConventionRow(c.text(), c.text(), c.text(), c.text());
  }

  @Override
  public RowKind kind() {
    return RowKind.CONVENTION;
  }

  @Override
  public Object[] cells() {
    return new Object[] {study, simulation, name, value};
  }
}
