package io.vitrine.runner.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.Vitrine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
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
    assertThat(reproduce("smoke", root)).isZero();
    JsonNode report = new ObjectMapper().readTree(root.resolve("report.json").toFile());
    JsonNode classifiers = report.get("classifiers");
    assertThat(classifiers).hasSize(2 * 3);
    for (JsonNode c : classifiers) {
      assertThat(c.get("sigma").asDouble()).as(c.toString()).isBetween(0.4, 1.4);
      assertThat(c.get("dE_at_0").asDouble()).as(c.toString()).isBetween(3.5, 8.0);
      // One sample an event leaves some 150 of each class.
      double least = c.get("reading").asText().equals("literal") ? 0.58 : 0.52;
      assertThat(c.path("accuracies").path("training").asDouble()).isGreaterThan(least);
      double self = c.path("score_correlations").path(c.get("name").asText()).asDouble(1);
      assertThat(self).isCloseTo(1, Offset.offset(1e-9));
      assertMoments(c);
    }
    assertThat(classifiers.get(0).get("n").asInt()).isEqualTo(2 * Math.round(0.01f * 410 * 91));
    for (JsonNode literal : report.get("literal_quiet_rule")) {
      assertThat(literal.get("quiet").asInt()).isZero();
    }
    for (JsonNode hops : report.get("hops")) {
      // At T = 2 most particles rearrange all the time.
      double most = hops.get("temperature").asDouble() < 1 ? 10 : 210;
      assertThat(hops.get("windows_per_hop").asDouble()).isBetween(2.0, most);
    }
    for (String reading : List.of("literal", "chosen")) {
      assertThat(check(report, reading, "monotonic")).isTrue();
      for (String figure :
          List.of("1", "1-inset", "2", "3a", "3b", "4", "4-inset", "5a", "5b", "6", "7", "8")) {
        for (String suffix : List.of(".svg", ".png", ".csv")) {
          assertThat(root.resolve("figures/fig" + figure + "-" + reading + suffix))
              .isNotEmptyFile();
        }
      }
      assertThat(root.resolve("figures/fig9-S-" + reading + ".svg")).isNotEmptyFile();
    }
    assertThat(root.resolve("figures/fig2-inset.svg")).isNotEmptyFile();
    assertThat(root.resolve("numbers/rates.csv")).isNotEmptyFile();
    assertThat(root.resolve("numbers/covariances.csv")).isNotEmptyFile();
    String before = Files.readString(root.resolve("table1.csv"));
    assertThat(reproduce("smoke", root)).isZero();
    assertThat(root.resolve("table1.csv")).hasContent(before);
    assertThinned(root);
    assertRecomputed(root);
  }

  /** docs/reproduction: what is kept of it is recomputed by numpy and scipy, and agrees. */
  private void assertRecomputed(Path root) throws Exception {
    Path scripts = Path.of(System.getProperty("vitrine.root"), "docs", "reproduction");
    Assumptions.assumeTrue(
        python("-c", "import numpy, scipy").isEmpty(), "skipped: python3 has no numpy or no scipy");
    String kept = folder.resolve("kept").toString();
    assertThat(python(scripts.resolve("keep.py").toString(), root.toString(), kept)).isEmpty();
    assertThat(python(scripts.resolve("check.py").toString(), kept))
        .contains(" numbers, 0 do not agree");
  }

  /** What python says. */
  private static String python(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3"));
    command.addAll(List.of(words));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "no python3: " + e.getMessage();
    }
  }

  /** Scores of the counted runs spread, at the training temperature, as in the run trained on. */
  private static void assertMoments(JsonNode classifier) {
    assertThat(classifier.get("moments")).hasSize(4);
    for (JsonNode m : classifier.get("moments")) {
      if (m.get("temperature").asDouble() == classifier.get("temperature").asDouble()) {
        assertThat(m.get("sigma").asDouble())
            .isCloseTo(classifier.get("sigma").asDouble(), Percentage.withPercentage(10));
      }
    }
  }

  /** One reading takes every window of the tails, the other one sample an event. */
  private static void assertThinned(Path root) throws IOException {
    TrainingSet all = TrainingSetFile.read(root.resolve("training/F1.0-literal.h5"));
    TrainingSet thinned = TrainingSetFile.read(root.resolve("training/F1.0-chosen.h5"));
    assertThat(thinned.count()).isBetween(all.count() / 8, all.count() - 1);
    assertThat(nearest(all)).isLessThan(10);
    assertThat(nearest(thinned)).isGreaterThanOrEqualTo(10);
    assertThat(TrainingSetFile.read(root.resolve("training/F1.0-literal-f0.01.h5")).count())
        .isEqualTo(all.count());
  }

  /** Shortest time between two samples of one particle in one tail, tau. */
  private static double nearest(TrainingSet set) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < set.count(); i++) {
      for (int j = 0; j < i; j++) {
        if (set.labels()[i] == set.labels()[j]
            && set.origin(i).particle() == set.origin(j).particle()) {
          double apart = Math.abs(set.origin(i).time() - set.origin(j).time());
          nearest = Math.min(nearest, apart);
        }
      }
    }
    return nearest;
  }

  private static int reproduce(String scale, Path root) {
    return Vitrine.run(
        List.of(new DirectRuntime()),
        "reproduce",
        "--scale",
        scale,
        "--runner",
        "direct",
        "--output",
        root.toString());
  }

  private static boolean check(JsonNode report, String reading, String word) {
    for (JsonNode check : report.get("checks")) {
      if (check.get("reading").asText().equals(reading)
          && check.get("check").asText().contains(word)) {
        return check.get("holds").asBoolean();
      }
    }
    throw new AssertionError("no check of " + word);
  }
}
