package io.vitrine.results;

import io.vitrine.results.rows.SimulationRow;

/** A simulation of that name is in the store already, but came from another input. */
public final class DifferentInputException extends StoreException {
  private static final long serialVersionUID = 1L;

  DifferentInputException(SimulationRow row, String stored) {
    super(
        "simulation "
            + row.simulation()
            + " of study "
            + row.study()
            + " must come from the input it came from before, "
            + stored
            + ", but came from "
            + row.identity()
            + " (give it another id= or use another study or store)",
        null);
  }
}
