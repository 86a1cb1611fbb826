package io.vitrine.pipelines.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.learning.ModelJson;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as scripts call it. */
class TrainCommandTest {
  @TempDir Path folder;

  /** Two clouds that differ in two features, more of the lower class. */
  private Path set(String name, long seed, int positive, int negative) throws IOException {
    FeatureSpec spec = FeatureSpec.standard();
    TrainingSet.Builder set = TrainingSet.of(spec).attribute("temperature", 0.5);
    Random random = new Random(seed);
    for (int i = 0; i < positive + negative; i++) {
      int label = i < positive ? 1 : -1;
      float[] features = new float[spec.featureCount()];
      for (int k = 0; k < features.length; k++) {
        features[k] = (float) (random.nextGaussian() + (k == 3 || k == 60 ? label : 0));
      }
      set.add(label, new TrainingSet.Origin("a", i, 100 + i, 98 + i, 0.1), features, 0);
    }
    Path file = folder.resolve(name);
    TrainingSetFile.write(file, set.build());
    return file;
  }

  private static JsonNode run(String... arguments) throws IOException {
    Ran ran = Ran.run(List.of(), arguments);
    assertThat(ran.exit()).as(ran.err()).isZero();
    return ran.json();
  }

  @Test
  void train_jsonWithTestSet_hasTheKeysOfTheContract() throws Exception {
    Path model = folder.resolve("model.json");
    JsonNode report =
        run(
            "train",
            set("hot.h5", 1, 100, 100).toString(),
            "--test",
            set("cold.h5", 2, 60, 60).toString(),
            "--C",
            "0.01",
            "--output",
            model.toString(),
            "--json");
    assertThat(report.get("n").asInt()).isEqualTo(200);
    assertThat(report.at("/accuracies/training").asDouble()).isGreaterThan(0.85);
    assertThat(report.at("/accuracies/cross_validation")).hasSize(5);
    assertThat(report.at("/accuracies/cross_validation_grouped")).hasSize(5);
    for (String key : List.of("bias", "bias_train", "bias_best")) {
      assertThat(report.get(key).isNumber()).as(key).isTrue();
    }
    assertThat(report.get("bias_best_interval")).hasSize(2);
    assertThat(report.get("sigma").isNull()).as("no bulk, no sigma").isTrue();
    assertThat(report.get("converged").asBoolean()).isTrue();
    assertThat(report.get("model").asText()).isEqualTo(model.toString());
    assertThat(ModelJson.read(model).bias()).isEqualTo(report.get("bias").asDouble());
  }

  @Test
  void train_withoutTestSet_knowsNoBestBias() throws Exception {
    JsonNode report =
        run(
            "train",
            set("hot.h5", 1, 50, 50).toString(),
            "--output",
            folder.resolve("model.json").toString(),
            "--json");
    assertThat(report.get("bias_best").isNull()).isTrue();
    assertThat(report.get("bias_best_interval").isNull()).isTrue();
  }

  @Test
  void train_balancedAndCompared_saysHowAlikeTheDirectionsAre() throws Exception {
    Path first = folder.resolve("first.json");
    run("train", set("a.h5", 1, 100, 100).toString(), "--output", first.toString(), "--json");
    JsonNode report =
        run(
            "train",
            set("b.h5", 3, 40, 300).toString(),
            "--balanced",
            "--compare",
            first.toString(),
            "--output",
            folder.resolve("second.json").toString(),
            "--json");
    assertThat(report.get("n").asInt()).isEqualTo(80);
    assertThat(report.at("/cosines/first").asDouble()).isBetween(0.3, 0.99);
    JsonNode same =
        run(
            "train",
            folder.resolve("a.h5").toString(),
            "--compare",
            first.toString(),
            "--output",
            folder.resolve("again.json").toString(),
            "--json");
    assertThat(same.at("/cosines/first").asDouble()).isCloseTo(1, within(1e-12));
  }

  /** Configurations whose label is a sum over neighbours of A, plus noise; B carries none. */
  private Path configurations(String name, long seed, int count) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    double edge = 6;
    for (int c = 0; c < count; c++) {
      int n = 150;
      double[][] r = new double[n][];
      for (int i = 0; i < n; i++) {
        r[i] = random.doubles(3, 0, edge).toArray();
      }
      text.append(n).append("\nLattice=\"6 0 0 0 6 0 0 0 6\" ");
      text.append("Properties=species:S:1:pos:R:3:gain:R:1\n");
      for (int i = 0; i < n; i++) {
        double label = 0.5 * random.nextGaussian();
        for (int j = 0; j < n; j++) {
          double squared = 0;
          for (int d = 0; d < 3; d++) {
            double x = r[i][d] - r[j][d];
            x -= edge * Math.rint(x / edge);
            squared += x * x;
          }
          label += j % 5 == 4 && j != i ? Math.exp(-squared / 2) : 0;
        }
        String shown = i % 5 == 4 ? "nan" : String.valueOf(label);
        text.append(i % 5 == 4 ? "B " : "A ").append(r[i][0]).append(' ').append(r[i][1]);
        text.append(' ').append(r[i][2]).append(' ').append(shown).append('\n');
      }
    }
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file;
  }

  @Test
  void train_ridgeOnFrames_predictsALabelThatIsMadeOfPairs() throws Exception {
    Path file = configurations("train.extxyz", 5, 4);
    Path test = configurations("test.extxyz", 6, 2);
    Path output = folder.resolve("ridge.json");
    JsonNode report =
        run(
            "train",
            "--learner",
            "ridge",
            "--label",
            "gain",
            "--frames",
            "replay:" + file,
            "--test-frames",
            "replay:" + test,
            "--particles",
            "A",
            "--features",
            "radial",
            "--output",
            output.toString(),
            "--json");
    assertThat(report.get("n").asInt()).isEqualTo(4 * 120);
    assertThat(report.get("lambda").asDouble()).isPositive();
    assertThat(report.at("/pearson/cross_validation")).hasSize(4);
    assertThat(report.at("/pearson/test")).hasSize(2);
    for (JsonNode r : report.at("/pearson/test")) {
      assertThat(r.asDouble()).isGreaterThan(0.8);
    }
    // A radial model is a pair sum, so that monitor and score take it.
    assertThat(ModelJson.read(output).weights()).hasSize(100);
  }

  @Test
  void train_ridgeWithoutWhatItNeeds_isRefusedInOneLine() throws Exception {
    String frames = "replay:" + configurations("train.extxyz", 5, 2);
    String output = folder.resolve("m.json").toString();
    refused("--label", "train", "--learner", "ridge", "--frames", frames, "--output", output);
    refused(
        "softness",
        "train",
        "--learner",
        "ridge",
        "--label",
        "softness",
        "--frames",
        frames,
        "--output",
        output);
    refused(
        "--quench",
        "train",
        "--learner",
        "ridge",
        "--label",
        "gain",
        "--features",
        "cage",
        "--frames",
        frames,
        "--output",
        output);
    refused(
        "gain of particle",
        "train",
        "--learner",
        "ridge",
        "--label",
        "gain",
        "--particles",
        "B",
        "--features",
        "radial",
        "--frames",
        frames,
        "--output",
        output);
    refused(
        "configurations",
        "train",
        "--learner",
        "ridge",
        "--label",
        "gain",
        "--features",
        "radial",
        "--frames",
        "replay:" + configurations("one.extxyz", 5, 1),
        "--output",
        output);
    refused("--frames", "train", "--learner", "svm", "--frames", frames, "--output", output);
  }

  private static void refused(String word, String... arguments) {
    Ran ran = Ran.run(List.of(), arguments);
    assertThat(ran.exit()).isNotZero();
    assertThat(ran.err()).contains(word).doesNotContain("Exception");
  }
}
