package io.vitrine.analysis;

import java.util.List;

/** Three species in a skewed box smaller than the cut-off. */
final class TriclinicOracleTest extends SystemOracle {
  TriclinicOracleTest() {
    super("triclinic.lammpstrj", List.of("A", "B", "C"), 3, "");
  }
}
