package io.vitrine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.model.Frame;
import io.vitrine.model.Species;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartConfigurationsTest {
  // U/N and P: LAMMPS at T=1.0 (testdata/md); at 0.5 along T^(3/5) between a long published run at
  // 0.45 (-7.0120, 3.061) and LAMMPS at 0.6 (-6.7023, 5.162).
  @ParameterizedTest
  @CsvSource({
    "1000, 0.5, -6.905, 3.79",
    "1000, 1.0, -6.011, 9.91",
    "4096, 0.45, -7.012, 3.06",
    "4096, 0.6, -6.702, 5.16"
  })
  void load_shipped_isEquilibratedAndRuns(
      int count, double temperature, double energy, double pressure) {
    Frame start = StartConfigurations.load(count, temperature).orElseThrow();
    assertThat(start.step()).isZero();
    assertThat(start.time()).isZero();
    assertThat(start.particles().indicesOf(Species.A)).hasSize((int) Math.round(0.8 * count));
    Simulation simulation =
        Simulation.start(start, Interactions.kobAndersen(), Integration.nvt(), temperature, 1);
    double u = 0;
    double p = 0;
    int samples = 50;
    for (int k = 0; k < samples; k++) {
      simulation.advance(20);
      u += simulation.thermo().potentialEnergy() / count / samples;
      p += simulation.thermo().pressure() / samples;
    }
    // N=1000 over 5 tau: U/N scatters by 0.015, P by 0.1; fixed start, fixed outcome.
    assertThat(u).isCloseTo(energy, within(0.05));
    assertThat(p).isCloseTo(pressure, within(0.4));
  }

  @Test
  void load_notShipped_isEmpty() {
    assertThat(StartConfigurations.load(999, 0.5)).isEmpty();
    assertThat(StartConfigurations.load(1000, 0.47)).isEmpty();
  }

  @Test
  void load_nonsense_isRefused() {
    assertThatThrownBy(() -> StartConfigurations.load(1000, -1))
        .hasMessageContaining("temperature must be > 0");
  }

  @Test
  void named_unknownSchedule_isRefused() {
    assertThat(Schedule.named("paper", 0.6).tau()).isEqualTo(6000);
    assertThatThrownBy(() -> Schedule.named("fast", 0.6))
        .hasMessage("schedule must be standard or paper, but was fast");
  }
}
