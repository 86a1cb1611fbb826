package io.vitrine.results.rows;

import io.vitrine.model.Check;

/**
 * One hop: a maximal run of consecutive windows in which a particle has p_hop &gt; p_c; key (study,
 * simulation, begin, particle).
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param particle identifier of the particle, as in the file
 * @param species name of its species
 * @param beginMillis centre of the first window of the run, ms of event time
 * @param timeMillis centre of the window with the largest p_hop, the earliest of equals, ms
 * @param endMillis centre of the last window of the run, ms
 * @param pHop the largest p_hop, sigma^2
 */
public record HopEventRow(
    String study,
    String simulation,
    int particle,
    String species,
    long beginMillis,
    long timeMillis,
    long endMillis,
    double pHop)
    implements ResultRow {
  private static final double MILLIS = 1000.0;

  /** Checks the row. */
  public HopEventRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.named("species", species);
    if (beginMillis > timeMillis || timeMillis > endMillis) {
      throw Check.refuse(
          "times of a hop, ms", "ascend", beginMillis + ", " + timeMillis + ", " + endMillis);
    }
    Check.positive("p_hop", pHop);
  }

  static HopEventRow of(RowCells c) {
    String study = c.text();
    String simulation = c.text();
    long begin = millis(c.real());
    int particle = c.integer();
    return new HopEventRow(
        study, simulation, particle, c.text(), begin, millis(c.real()), millis(c.real()), c.real());
  }

  private static long millis(double tau) {
    return Math.round(tau * MILLIS);
  }

  @Override
  public RowKind kind() {
    return RowKind.HOP_EVENT;
  }

  @Override
  public Object[] cells() {
    return new Object[] {
      study,
      simulation,
      beginMillis / MILLIS,
      (long) particle,
      species,
      timeMillis / MILLIS,
      endMillis / MILLIS,
      pHop
    };
  }
}
