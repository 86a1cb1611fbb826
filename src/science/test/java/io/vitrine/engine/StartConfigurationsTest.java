package io.vitrine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.model.Frame;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StartConfigurationsTest {
  // U/N and P: LAMMPS at T=0.6 and 1.0 (testdata/md); at 0.45 a long published run; at 0.5 along
  // T^(3/5) between the two.
  @ParameterizedTest
  @CsvSource({
    "1000, 0.45, 1, -7.012, 3.06",
    "1000, 0.5, 1, -6.905, 3.79",
    "1000, 1.0, 1, -6.011, 9.91",
    "4096, 0.45, 1, -7.012, 3.06",
    "4096, 0.45, 2, -7.012, 3.06",
    "4096, 0.47, 1, -6.969, 3.36",
    "4096, 0.47, 2, -6.969, 3.36",
    "4096, 0.6, 1, -6.702, 5.16",
    "4096, 0.6, 2, -6.702, 5.16"
  })
  void load_shipped_isEquilibratedAndRuns(
      int count, double temperature, int seed, double energy, double pressure) {
    Frame start = StartConfigurations.load(count, temperature, seed).orElseThrow();
    assertThat(start.step()).isZero();
    assertThat(start.time()).isZero();
    assertThat(start.particles().indicesOf(0)).hasSize((int) Math.round(0.8 * count));
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

  /** The wave of composition that a start taken straight to the cold keeps has 0.3 to 0.6. */
  @ParameterizedTest
  @MethodSource("shipped")
  void evidence_ofEachStart_isOfThatFileAndSpeaksForEquilibrium(
      int count, double temperature, int seed) throws Exception {
    String name = StartConfigurations.nameOf(count, temperature, seed);
    JsonNode evidence;
    try (InputStream in = StartConfigurations.class.getResourceAsStream(name + ".json")) {
      evidence = new ObjectMapper().readTree(in);
    }
    byte[] start;
    try (InputStream in = StartConfigurations.class.getResourceAsStream(name + ".bin")) {
      start = in.readAllBytes();
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(start);
    assertThat(evidence.path("sha256").asText()).isEqualTo(HexFormat.of().formatHex(digest));
    assertThat(evidence.path("seed").asInt()).isEqualTo(seed);
    double relaxations =
        evidence.path("tau").asDouble()
            / evidence
                .path("tau_alpha")
                .path(0)
                .asDouble(evidence.path("tau_alpha_below").asDouble());
    if (evidence.path("verdict").asText().equals("too short")) {
      assertThat(temperature).isLessThanOrEqualTo(0.47);
      assertThat(relaxations).isGreaterThanOrEqualTo(10);
    } else {
      assertThat(evidence.path("verdict").asText()).isEqualTo("equilibrated");
      assertThat(relaxations).isGreaterThanOrEqualTo(20);
    }
    assertThat(evidence.path("S_cc").path("shell1").path(0).asDouble()).isBetween(0.02, 0.2);
  }

  /** All that ship. */
  static Stream<Arguments> shipped() {
    List<Arguments> all = new ArrayList<>();
    for (int count : new int[] {1000, 4096}) {
      for (int percent = 40; percent <= 200; percent++) {
        for (int seed : StartConfigurations.seeds(count, percent / 100.0)) {
          all.add(Arguments.of(count, percent / 100.0, seed));
        }
      }
    }
    return all.stream();
  }

  @Test
  void load_twoSeeds_areIndependent() {
    Frame one = StartConfigurations.load(4096, 0.56, 1).orElseThrow();
    Frame other = StartConfigurations.load(4096, 0.56, 2).orElseThrow();
    double squares = 0;
    for (int k = 0; k < one.positions().length; k++) {
      double d = one.positions()[k] - other.positions()[k];
      d -= one.box().lx() * Math.rint(d / one.box().lx());
      squares += d * d / one.positions().length;
    }
    // Two points drawn at random in a period of L are L / sqrt(12) apart.
    assertThat(Math.sqrt(squares)).isCloseTo(one.box().lx() / Math.sqrt(12), within(0.1));
  }

  @Test
  void seeds_shipped_areThoseThatWereJudged() {
    for (double temperature : new double[] {0.45, 0.47, 0.5, 0.53, 0.56, 0.6, 0.8, 1.0}) {
      assertThat(StartConfigurations.seeds(4096, temperature)).containsExactly(1, 2);
    }
    assertThat(StartConfigurations.seeds(4096, 0.46)).isEmpty();
  }

  @Test
  void load_notShipped_isEmpty() {
    assertThat(StartConfigurations.load(999, 0.5, 1)).isEmpty();
    assertThat(StartConfigurations.load(1000, 0.46, 1)).isEmpty();
    assertThat(StartConfigurations.load(4096, 0.45, 99)).isEmpty();
  }

  @Test
  void load_nonsense_isRefused() {
    assertThatThrownBy(() -> StartConfigurations.load(1000, -1, 1))
        .hasMessageContaining("temperature must be > 0");
    assertThatThrownBy(() -> StartConfigurations.load(1000, 0.5, 0))
        .hasMessageContaining("seed must be > 0");
  }

  @Test
  void standard_largerBox_meltsForLonger() {
    // k = 2 pi / (N / 1.2)^(1/3): 16 / k^2 = 35.9 and 91.9 tau.
    assertThat(Schedule.standard(0.6, MixtureSpec.kobAndersen(1000)).stages())
        .containsExactly(
            new Schedule.Stage(2, 2, 36),
            new Schedule.Stage(2, 0.6, 50),
            new Schedule.Stage(0.6, 0.6, 100));
    assertThat(Schedule.standard(2.5, MixtureSpec.kobAndersen(4096)).stages().get(0))
        .isEqualTo(new Schedule.Stage(2.5, 2.5, 92));
    assertThat(Schedule.standard(0.6, MixtureSpec.kobAndersen(108)).looks()).isEqualTo(160);
    assertThat(Schedule.paper(0.6).tau()).isEqualTo(6000);
  }
}
