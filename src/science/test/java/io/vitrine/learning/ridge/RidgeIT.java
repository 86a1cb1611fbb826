package io.vitrine.learning.ridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.Patience;
import io.vitrine.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same samples in scikit-learn's hands. */
final class RidgeIT {
  private static final int D = 30;

  @TempDir Path folder;

  @Test
  void run_besideSklearn_choosesTheSameLambdaAndWeights() throws Exception {
    String script = TestData.file("features/with_sklearn.py").toString();
    Assumptions.assumeTrue(exitCode("-c", "import sklearn") == 0, "needs Debian's python3-sklearn");
    List<String> lines = new ArrayList<>();
    List<ExactMoments> blocks = blocks(lines);
    Path samples = folder.resolve("samples.csv");
    Files.write(samples, lines);
    Path theirs = folder.resolve("theirs.json");
    List<Double> lambdas = RidgeTraining.standardLambdas();
    String list = lambdas.stream().map(String::valueOf).collect(Collectors.joining(","));
    assertThat(exitCode(script, samples.toString(), list, theirs.toString())).as(said()).isZero();
    JsonNode expected = new ObjectMapper().readTree(theirs.toFile());

    RidgeTraining.Result found = RidgeTraining.run(blocks, lambdas);

    assertThat(found.lambda()).isEqualTo(expected.get("lambda").asDouble());
    assertThat(found.lambda()).as("not at an end").isStrictlyBetween(0.1, 1e5);
    for (int k = 0; k < D; k++) {
      double weight = expected.get("weights").get(k).asDouble();
      assertThat(found.weights()[k]).isCloseTo(weight, within(1e-8));
    }
    assertThat(found.regression().intercept())
        .isCloseTo(expected.get("intercept").asDouble(), within(1e-10));
    for (int l = 0; l < lambdas.size(); l++) {
      for (int b = 0; b < blocks.size(); b++) {
        assertThat(found.pearson().get(l)[b])
            .isCloseTo(expected.get("pearson").get(l).get(b).asDouble(), within(1e-8));
      }
    }
  }

  /** Blocks whose features depend on each other and lie far from zero; the last one is constant. */
  private static List<ExactMoments> blocks(List<String> lines) {
    Random random = new Random(1);
    List<ExactMoments> blocks = new ArrayList<>();
    for (int b = 0; b < 6; b++) {
      int n = 40 + 10 * b;
      double shift = 0.3 * random.nextGaussian();
      double[] rows = new double[n * (D + 1)];
      for (int i = 0; i < n; i++) {
        double label = shift;
        double[] hidden = random.doubles(4).toArray();
        for (int k = 0; k < D; k++) {
          double x = hidden[k % 4] + 0.05 * random.nextGaussian();
          rows[i * (D + 1) + k] = k == D - 1 ? 3 : 20 * k + (k + 1) * x;
          label += k == D - 1 ? 0 : 0.1 * Math.sin(k) * x;
        }
        rows[i * (D + 1) + D] = label + 2 * random.nextGaussian();
        StringBuilder line = new StringBuilder().append(b);
        for (int k = 0; k <= D; k++) {
          line.append(',').append(rows[i * (D + 1) + k]);
        }
        lines.add(line.toString());
      }
      blocks.add(ExactMoments.of(D + 1).accept(rows));
    }
    return blocks;
  }

  /** What the last program printed. */
  private String said() throws IOException {
    Path output = folder.resolve("output.txt");
    return Files.exists(output) ? Files.readString(output) : "";
  }

  private int exitCode(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3"));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      return -1;
    }
    return Patience.exit(process);
  }
}
