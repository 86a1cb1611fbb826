package io.vitrine.streaming.io.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.engine.Integration;
import io.vitrine.engine.Mixture;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.engine.Schedule;
import io.vitrine.engine.Simulation;
import io.vitrine.model.Thermo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One NVT run of each shipped mixture against LAMMPS (testdata/mixtures/nvt.json). */
class MixturesIT {
  private static final int BLOCKS = 20;

  /** In all 18 comparisons a right engine fails once in 900 at 4 errors; the seed is fixed. */
  private static final double ERRORS = 4;

  static Stream<String> shipped() {
    return Mixtures.SHIPPED.stream();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void nvt_ofAShippedMixture_hasEnergyPressureAndTemperatureOfLammps(String name)
      throws IOException {
    Path file =
        Path.of(System.getProperty("vitrine.root", "."), "testdata", "mixtures", "nvt.json");
    JsonNode expected = new ObjectMapper().readTree(file.toFile()).get(name);
    double temperature = expected.get("T_set").asDouble();
    Mixture mixture = Mixtures.of(name);
    MixtureSpec spec = new MixtureSpec(expected.get("N").asInt(), mixture);
    Simulation run = Simulation.create(spec, Integration.nvt(), mixture.melt(), 7);
    new Schedule(
            List.of(
                new Schedule.Stage(mixture.melt(), mixture.melt(), 5),
                new Schedule.Stage(temperature, temperature, 100)))
        .run(run, s -> {});
    double[][] means = new double[3][BLOCKS];
    int samples = 20;
    for (int b = 0; b < BLOCKS; b++) {
      for (int k = 0; k < samples; k++) {
        run.advance(40);
        Thermo now = run.thermo();
        means[0][b] += now.potentialEnergy() / run.count() / samples;
        means[1][b] += now.pressure() / samples;
        means[2][b] += now.temperature() / samples;
      }
    }
    compare(expected, "U", means[0]);
    compare(expected, "P", means[1]);
    compare(expected, "T", means[2]);
  }

  private static void compare(JsonNode expected, String quantity, double[] blocks) {
    double mean = Arrays.stream(blocks).average().orElseThrow();
    double square = Arrays.stream(blocks).map(b -> (b - mean) * (b - mean)).sum();
    double own = Math.sqrt(square / (BLOCKS - 1) / BLOCKS);
    double error = Math.hypot(own, expected.get(quantity + "_error").asDouble());
    assertThat(mean)
        .as(quantity)
        .isCloseTo(expected.get(quantity).asDouble(), within(ERRORS * error));
  }
}
