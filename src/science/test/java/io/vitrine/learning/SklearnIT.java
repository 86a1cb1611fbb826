package io.vitrine.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.Patience;
import io.vitrine.TestData;
import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.TrainingSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our files in scikit-learn's hands, and its files in ours. */
final class SklearnIT {

  @TempDir Path folder;
  private String python;

  @BeforeEach
  void findPython() throws IOException, InterruptedException {
    // Debian keeps python3-sklearn with its own interpreter, which need not be first in PATH.
    for (String candidate : List.of("/usr/bin/python3", "python3")) {
      if (python == null && exitCode(candidate, "-c", "import sklearn, h5py") == 0) {
        python = candidate;
      }
    }
    Assumptions.assumeTrue(python != null, "needs python3-sklearn and python3-h5py");
  }

  @Test
  void withSklearn_onOurTrainingSet_givesTheModelWeTrain() throws Exception {
    TrainingSet set = referenceSet();
    Path file = folder.resolve("set.h5");
    TrainingSetFile.write(file, set);
    Training.Result ours =
        Training.run(
            List.of(TrainingSetFile.read(file)),
            Optional.empty(),
            TrainOptions.standard("test").withFolds(0),
            "",
            part -> {});

    Path json = folder.resolve("theirs.json");
    String script = TestData.file("svm/with_sklearn.py").toString();
    assertThat(exitCode(python, script, file.toString(), json.toString())).as(said()).isZero();
    Model theirs = ModelJson.read(json);

    Model model = ours.model();
    assertThat(Directions.cosine(model.weights(), theirs.weights())).isGreaterThan(0.9999);
    assertThat(model.bias()).isCloseTo(theirs.bias(), within(0.005));
    assertThat(theirs.spec()).isEqualTo(set.spec());
    assertThat(theirs.origin().temperature()).hasValue(0.6);
    double[] features = new double[set.features().length];
    for (int i = 0; i < features.length; i++) {
      features[i] = set.features()[i];
    }
    for (int i = 0; i < set.count(); i++) {
      assertThat(model.score(features, 100 * i))
          .isCloseTo(theirs.score(features, 100 * i), within(0.01));
    }
  }

  @Test
  void read_setWrittenByH5py_isTheSame() throws Exception {
    TrainingSet set = referenceSet();
    Path file = folder.resolve("set.h5");
    Path copy = folder.resolve("copy.h5");
    TrainingSetFile.write(file, set);
    String script =
        String.join(
            "\n",
            "import h5py",
            "with h5py.File('" + file + "') as a, h5py.File('" + copy + "', 'w') as b:",
            "    for k in a: b.create_dataset(k, data=a[k][()])",
            "    for k, v in a.attrs.items(): b.attrs[k] = v.decode() if isinstance(v, bytes) else"
                + " v");
    assertThat(exitCode(python, "-c", script)).as(said()).isZero();

    assertThat(TrainingSetFile.read(copy)).isEqualTo(set);
  }

  /** The reference samples, with the standardized features taken for features. */
  private static TrainingSet referenceSet() {
    Sets.Reference reference = Sets.reference();
    TrainingSet.Builder set =
        TrainingSet.of(FeatureSpec.standard())
            .attribute(TrainingSet.TEMPERATURE, 0.6)
            .attribute("rule", "fluidity");
    float[] features = new float[reference.z().length];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) reference.z()[i];
    }
    for (int i = 0; i < reference.labels().length; i++) {
      double structure = reference.frames()[i];
      set.add(
          reference.labels()[i],
          new TrainingSet.Origin(
              "ka512", reference.particles()[i], structure + 2, structure, Double.NaN),
          features,
          100 * i);
    }
    return set.build();
  }

  /** What the last program printed. */
  private String said() throws IOException {
    Path output = folder.resolve("output.txt");
    return Files.exists(output) ? Files.readString(output) : "";
  }

  private int exitCode(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output.txt").toFile())
              .start();
    } catch (IOException e) {
      return -1;
    }
    return Patience.exit(process);
  }
}
