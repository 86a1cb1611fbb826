package io.vitrine.runner.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.pipelines.Ran;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each shipped mixture, simulated and watched, and a classifier trained on it. */
final class MixturesMonitorIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "kob-andersen, 1.0, 2, 3",
    "kob-andersen-2d, 1.0, 2, 2",
    "kob-andersen-2d-ternary, 0.8, 3, 2",
    "wahnstrom, 1.0, 2, 3",
    "soft-spheres, 0.5, 2, 3",
    "harmonic, 0.005, 2, 3"
  })
  void monitor_shippedMixture_trainsAClassifierThatScoresIt(
      String mixture, String temperature, int species, int dimensions) throws Exception {
    String frames =
        "simulate:?mixture=" + mixture + "&T=" + temperature + "&N=216&equilibrate=5&id=s";
    Path run = folder.resolve("run");
    Ran ran = monitor(frames, run, "--no-model", "--train", "--tail-fraction", "0.03");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.json().get("windows").asInt()).isEqualTo(11);
    Model model = ModelJson.read(run.resolve("model.json"));
    assertThat(model.spec().species()).hasSize(species);
    assertThat(model.spec().dimensions()).isEqualTo(dimensions);
    assertThat(model.weights()).hasSize(50 * species);

    Ran again =
        monitor(frames, folder.resolve("again"), "--model", run.resolve("model.json").toString());
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.json().get("models")).hasSize(1);
  }

  private static Ran monitor(String frames, Path output, String... more) {
    List<String> words = new ArrayList<>(List.of("monitor", "--runner", "direct", "--json"));
    words.addAll(List.of("--frames", frames, "--until", "20", "--output", output.toString()));
    words.addAll(List.of(more));
    return Ran.run(List.of(new DirectRuntime()), words.toArray(new String[0]));
  }
}
