package io.vitrine.analysis;

import java.util.List;

/** Three species in two dimensions, without image flags, in a box smaller than the cut-off. */
final class PlaneOracleTest extends SystemOracle {
  PlaneOracleTest() {
    super("plane.gsd", List.of("Large", "Middle", "Small"), 2, "");
  }
}
