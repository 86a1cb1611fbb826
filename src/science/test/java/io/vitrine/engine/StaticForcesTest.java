package io.vitrine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.TestData;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against LAMMPS 29 Sep 2021 (testdata/static) and cases worked by hand. */
class StaticForcesTest {
  private static final double RELATIVE = 1e-10;

  private static Interactions convention(String name) {
    Interactions shifted =
        name.contains("all") ? Interactions.kobAndersenAllPairs() : Interactions.kobAndersen();
    return name.endsWith("noshift") ? shifted.unshifted() : shifted;
  }

  @ParameterizedTest
  @CsvSource({
    "512_KA_shift", "512_all2.5_shift", "512_KA_noshift", "512_all2.5_noshift",
    "1000_KA_shift", "1000_all2.5_shift", "1000_KA_noshift", "1000_all2.5_noshift"
  })
  void of_referenceConfiguration_givesEnergyVirialPressure(String name) throws IOException {
    JsonNode reference =
        new ObjectMapper()
            .readTree(TestData.file("static/static_ref.json").toFile())
            .get("cases")
            .get(name);
    String n = name.substring(0, name.indexOf('_'));
    Frame frame = DumpText.read("static/static_" + n + "_KA_shift.lammpstrj").frame(0);
    StaticForces found = StaticForces.of(frame, convention(name));
    assertRelative(found.energy(), reference.get("PE_lammps").asDouble());
    assertRelative(found.virial(), reference.get("virial_W").asDouble());
    assertRelative(found.pressure(frame, convention(name)), reference.get("P_lammps").asDouble());
  }

  private static void assertRelative(double found, double expected) {
    assertThat(found).isCloseTo(expected, within(RELATIVE * Math.abs(expected)));
  }

  @ParameterizedTest
  @CsvSource({"512", "1000"})
  void of_referenceConfiguration_givesForcesAndEnergiesOfEachParticle(String n) {
    DumpText dump = DumpText.read("static/static_" + n + "_KA_shift.lammpstrj");
    StaticForces found = StaticForces.of(dump.frame(0), Interactions.kobAndersen());
    double[] forces = dump.forces(0);
    double largest = 0;
    for (double f : forces) {
      largest = Math.max(largest, Math.abs(f));
    }
    for (int k = 0; k < forces.length; k++) {
      // Cancellation among some 65 neighbours: relative to the largest force there is.
      assertThat(found.forces()[k]).isCloseTo(forces[k], within(1e-13 * largest));
    }
    for (int i = 0; i < found.energies().length; i++) {
      assertThat(found.energies()[i]).isCloseTo(dump.energies(0)[i], within(1e-12));
    }
  }

  private static Frame pair(double distance, int typeA, int typeB) {
    double[] positions = {9.9, 5, 5, 9.9 + distance, 5, 5};
    return Frame.of("pair")
        .box(Box.cube(10))
        .particles(Particles.numbered(0, new byte[] {(byte) typeA, (byte) typeB}))
        .wrapped(positions, null)
        .build();
  }

  @Test
  void of_pairAcrossTheFace_givesHandWorkedForce() {
    // r = 1.25, s^-3 = 1.25^-6 = 0.262144; F = 24 (2 s^-6 - s^-3) / r.
    double cube = 0.262144;
    double expected = 24 * (2 * cube * cube - cube) / 1.25;
    StaticForces found = StaticForces.of(pair(1.25, 0, 0), Interactions.kobAndersen().unshifted());
    assertThat(found.forces()[0]).isCloseTo(-expected, within(1e-12));
    assertThat(found.forces()[3]).isCloseTo(expected, within(1e-12));
    assertThat(found.energy()).isCloseTo(4 * (cube * cube - cube), within(1e-12));
    assertThat(found.virial()).isCloseTo(expected * 1.25, within(1e-12));
  }

  @Test
  void of_pairBeyondItsCutoff_givesNothing() {
    assertThat(StaticForces.of(pair(2.05, 0, 1), Interactions.kobAndersen()).energy()).isZero();
    assertThat(StaticForces.of(pair(2.05, 0, 1), Interactions.kobAndersenAllPairs()).energy())
        .isNegative();
  }

  @Test
  void of_boxNarrowerThanTwiceTheCutoff_equalsBruteForceOverImages() {
    MixtureSpec spec = MixtureSpec.kobAndersen(32);
    Frame frame =
        Simulation.create(spec, Integration.nvt(), 1.0, 5).frame("small"); // L = 2.99 < 2 rc
    StaticForces found = StaticForces.of(frame, spec.interactions());
    double[] x = frame.positions();
    double edge = frame.box().lx();
    double energy = 0;
    double virial = 0;
    for (int i = 0; i < 32; i++) {
      double[] force = new double[3];
      for (int j = 0; j < 32; j++) {
        for (int image = 0; image < 125; image++) {
          double[] d = new double[3];
          int[] k = {image % 5 - 2, image / 5 % 5 - 2, image / 25 - 2};
          double r2 = 0;
          for (int c = 0; c < 3; c++) {
            d[c] = x[3 * i + c] - x[3 * j + c] - k[c] * edge;
            r2 += d[c] * d[c];
          }
          int ti = frame.particles().types()[i];
          int tj = frame.particles().types()[j];
          PairLaw p = spec.interactions().of(ti, tj);
          if (r2 == 0 || r2 >= p.cutoff() * p.cutoff()) {
            continue;
          }
          double s6 = Math.pow(p.sigma() * p.sigma() / r2, 3);
          energy += 0.5 * (4 * p.epsilon() * (s6 * s6 - s6) - p.shift());
          virial += 0.5 * 24 * p.epsilon() * (2 * s6 * s6 - s6);
          for (int c = 0; c < 3; c++) {
            force[c] += 24 * p.epsilon() * (2 * s6 * s6 - s6) / r2 * d[c];
          }
        }
      }
      for (int c = 0; c < 3; c++) {
        assertThat(found.forces()[3 * i + c]).isCloseTo(force[c], within(1e-9));
      }
    }
    assertRelative(found.energy(), energy);
    assertRelative(found.virial(), virial);
  }

  @Test
  void of_boxNarrowerThanTheCutoff_isRefused() {
    Frame frame = pair(1, 0, 0).toBuilder().box(Box.orthogonal(10, 10, 2)).build();
    assertThatThrownBy(() -> StaticForces.of(frame, Interactions.kobAndersen()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("box edge must be at least the cut-off, 2.5, but was 2.0");
  }

  @Test
  void of_triclinicBox_isRefused() {
    Frame frame = pair(1, 0, 0).toBuilder().box(Box.triclinic(10, 10, 10, 1, 0, 0)).build();
    assertThatThrownBy(() -> StaticForces.of(frame, Interactions.kobAndersen()))
        .hasMessageContaining("box of a simulation must be orthogonal and periodic");
  }
}
