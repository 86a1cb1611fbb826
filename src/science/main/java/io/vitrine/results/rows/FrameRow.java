package io.vitrine.results.rows;

/**
 * A frame that went into the stream; key (study, simulation, time).
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param timeMillis simulation time, ms of event time
 * @param step step of the engine
 * @param potentialEnergy total, epsilon; NaN if unknown
 * @param pressure epsilon / sigma^3; NaN if unknown
 * @param temperature measured, epsilon / k_B; NaN if unknown
 * @param framesThinned frames left out so far because they lay between grid times
 */
public record FrameRow(
    String study,
    String simulation,
    long timeMillis,
    long step,
    double potentialEnergy,
    double pressure,
    double temperature,
    long framesThinned)
    implements ResultRow {
  /** Checks the row. */
  public FrameRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.notNegative("framesThinned", framesThinned);
  }

  static FrameRow of(RowCells c) {
    return new FrameRow(
        c.text(), c.text(), c.whole(), c.whole(), c.real(), c.real(), c.real(), c.whole());
  }

  @Override
  public RowKind kind() {
    return RowKind.FRAME;
  }

  @Override
  public Object[] cells() {
    return new Object[] {
      study, simulation, timeMillis, step, potentialEnergy, pressure, temperature, framesThinned
    };
  }
}
