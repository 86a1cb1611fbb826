package io.vitrine.results.rows;

/**
 * One value of a relaxation function; key (study, simulation, species, observable, wavevector,
 * lag). Written only where {@code pairs} is not smaller than what is stored.
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param species name
 * @param observable {@code Fs}, {@code msd}, {@code alpha2}, {@code Q} or {@code chi4}
 * @param wavevector of F_s, 1/sigma; NaN for the others (kept as -1)
 * @param lagMillis lag, ms of event time
 * @param value msd in sigma^2, the others dimensionless
 * @param error its standard error, NaN if unknown
 * @param blocks independent blocks behind the error
 * @param pairs pairs of frames behind the value
 */
public record RelaxationRow(
    String study,
    String simulation,
    String species,
    String observable,
    double wavevector,
    long lagMillis,
    double value,
    double error,
    long blocks,
    long pairs)
    implements ResultRow {
  /** Checks the row. */
  public RelaxationRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.named("species", species);
    Rule.named("observable", observable);
    Rule.notNegative("lagMillis", lagMillis);
    Rule.notNegative("blocks", blocks);
    Rule.notNegative("pairs", pairs);
  }

  static RelaxationRow of(RowCells c) {
    return new RelaxationRow(
        c.text(),
        c.text(),
        c.text(),
        c.text(),
        Rule.unknownIfNegative(c.real()),
        c.whole(),
        c.real(),
        c.real(),
        c.whole(),
        c.whole());
  }

  @Override
  public RowKind kind() {
    return RowKind.RELAXATION;
  }

  @Override
  public Object[] cells() {
    return new Object[] {
      study,
      simulation,
      species,
      observable,
      Double.isNaN(wavevector) ? -1.0 : wavevector,
      lagMillis,
      value,
      error,
      blocks,
      pairs
    };
  }
}
