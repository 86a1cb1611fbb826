package io.vitrine.analysis;

import java.util.List;

/** A film with a free z, whose particles leave the box. */
final class SlabOracleTest extends SystemOracle {
  SlabOracleTest() {
    super("slab.extxyz", List.of("A", "B"), 3, "z");
  }
}
