package io.vitrine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.model.Frame;
import org.junit.jupiter.api.Test;

class InherentStructureTest {
  private static final Interactions KA = Interactions.kobAndersen();

  @Test
  void of_thermalConfiguration_isAStationaryMinimumBelowIt() {
    Frame frame = DumpText.read("static/static_512_KA_shift.lammpstrj").frame(0);
    InherentStructure found = InherentStructure.of(frame, KA);
    assertThat(found.converged()).isTrue();
    assertThat(found.largestForce()).isLessThanOrEqualTo(InherentStructure.TOLERANCE);
    StaticForces there = StaticForces.of(found.frame(), KA);
    assertThat(there.energy()).isCloseTo(found.energy(), within(1e-9));
    // Drained from T = 1.9: inherent energies of this mixture lie near -7.6 to -7.9 a particle.
    assertThat(found.energy() / 512).isBetween(-8.0, -7.3);
    double[] nudged = found.frame().positions().clone();
    nudged[0] += 0.01;
    Frame off = found.frame().toBuilder().wrapped(nudged, null).build();
    assertThat(StaticForces.of(off, KA).energy()).isGreaterThan(found.energy());
  }

  @Test
  void of_minimum_staysThere() {
    Frame frame = DumpText.read("static/static_512_KA_shift.lammpstrj").frame(0);
    InherentStructure once = InherentStructure.of(frame, KA);
    InherentStructure again = InherentStructure.of(once.frame(), KA);
    assertThat(again.iterations()).isZero();
    assertThat(again.frame().positions()).isEqualTo(once.frame().positions());
  }

  @Test
  void of_tooFewIterations_saysSo() {
    Frame frame = DumpText.read("static/static_512_KA_shift.lammpstrj").frame(0);
    InherentStructure found = InherentStructure.of(frame, KA, 1e-5, 3);
    assertThat(found.converged()).isFalse();
    assertThat(found.iterations()).isEqualTo(3);
  }
}
