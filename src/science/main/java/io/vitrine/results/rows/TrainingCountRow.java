package io.vitrine.results.rows;

/**
 * How far a training set of one simulation has come; key (study, simulation, rule). Written only
 * where {@code windows} is not smaller than what is stored.
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param rule {@code low}, {@code high}, {@code hops} or {@code quiet}
 * @param windows windows covered
 * @param candidates values looked at so far
 * @param samples samples so far
 * @param target samples wanted; -1 if open
 * @param threshold p_hop at the edge of the set, sigma^2; NaN if none yet
 */
public record TrainingCountRow(
    String study,
    String simulation,
    String rule,
    long windows,
    long candidates,
    long samples,
    long target,
    double threshold)
    implements ResultRow {
  /** Checks the row. */
  public TrainingCountRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.named("rule", rule);
    Rule.notNegative("windows", windows);
    Rule.notNegative("candidates", candidates);
    Rule.notNegative("samples", samples);
    target = Math.max(-1, target);
  }

  static TrainingCountRow of(RowCells c) {
    return new TrainingCountRow(
        c.text(), c.text(), c.text(), c.whole(), c.whole(), c.whole(), c.whole(), c.real());
  }

  @Override
  public RowKind kind() {
    return RowKind.TRAINING_COUNT;
  }

  @Override
  public Object[] cells() {
    return new Object[] {
      study,
      simulation,
      rule,
      windows,
      candidates,
      samples,
      target < 0 ? null : (Long) target,
      threshold
    };
  }
}
