package io.vitrine.runner.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.pipelines.Vitrine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The paper at its smallest scale, through the real pipeline.
 *
 * <p>Bounds are those of 410 particles over 100 to 250 tau: seeds are fixed, but the last bits of a
 * trajectory may differ between machines, so the numbers are held within four times their spread.
 */
final class ReproduceIT {
  @TempDir private Path folder;

  @Test
  void reproduce_smoke_givesEveryFigureAndNumbersOfTheRightSize() throws Exception {
    Path root = folder.resolve("smoke");
    assertThat(reproduce(root)).isZero();
    JsonNode report = new ObjectMapper().readTree(root.resolve("report.json").toFile());
    JsonNode classifiers = report.get("classifiers");
    assertThat(classifiers).hasSize(3);
    for (JsonNode c : classifiers) {
      assertThat(c.get("sigma").asDouble()).as(c.toString()).isBetween(0.4, 1.4);
      assertThat(c.get("dE_at_0").asDouble()).as(c.toString()).isBetween(3.5, 8.0);
      assertThat(c.path("accuracies").path("training").asDouble()).isGreaterThan(0.6);
    }
    assertThat(classifiers.get(0).get("n").asInt()).isEqualTo(2 * Math.round(0.01f * 410 * 91));
    assertThat(check(report, "monotonic")).isTrue();
    for (JsonNode literal : report.get("literal_quiet_rule")) {
      assertThat(literal.get("quiet").asInt()).isZero();
    }
    for (String figure :
        Stream.of("1", "1-inset", "2", "2-inset", "3a", "3b", "4", "4-inset", "5a", "5b", "6", "7")
            .toList()) {
      for (String suffix : List.of(".svg", ".png", ".csv")) {
        assertThat(root.resolve("figures/fig" + figure + suffix)).isNotEmptyFile();
      }
    }
    assertThat(root.resolve("figures/fig8.svg")).isNotEmptyFile();
    assertThat(root.resolve("figures/fig9-S.svg")).isNotEmptyFile();
    String before = Files.readString(root.resolve("table1.csv"));
    assertThat(reproduce(root)).isZero();
    assertThat(root.resolve("table1.csv")).hasContent(before);
  }

  private static int reproduce(Path root) {
    return Vitrine.run(
        List.of(new DirectRuntime()),
        "reproduce",
        "--scale",
        "smoke",
        "--runner",
        "direct",
        "--output",
        root.toString());
  }

  private static boolean check(JsonNode report, String word) {
    for (JsonNode check : report.get("checks")) {
      if (check.get("check").asText().contains(word)) {
        return check.get("holds").asBoolean();
      }
    }
    throw new AssertionError("no check of " + word);
  }
}
