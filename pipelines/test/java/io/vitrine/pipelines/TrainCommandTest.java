package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.format.TrainingSetFile;
import io.vitrine.learning.ModelJson;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.TrainingSet;
import java.io.IOException;
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
}
