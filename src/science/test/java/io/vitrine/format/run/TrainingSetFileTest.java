package io.vitrine.format.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.vitrine.model.FeatureMoments;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.TrainingSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingSetFileTest {
  private static final FeatureSpec SPEC = FeatureSpec.evenly(0.5, 2, 0.2);

  @TempDir Path folder;

  @Test
  void read_whatWasWritten_isEqual() throws IOException {
    TrainingSet set = samples(7).bulk(bulk()).build();
    Path path = folder.resolve("set.h5");

    TrainingSetFile.write(path, set);

    assertThat(TrainingSetFile.read(path)).isEqualTo(set);
    assertThat(folder).isDirectoryNotContaining("glob:**/.part-*");
  }

  @Test
  void read_overALongerFile_holdsOnlyTheNewOne() throws IOException {
    Path path = folder.resolve("set.h5");
    TrainingSetFile.write(path, samples(5000).build());
    TrainingSetFile.write(path, samples(2).build());

    assertThat(TrainingSetFile.read(path)).isEqualTo(samples(2).build());
    assertThat(Files.size(path)).isLessThan(20_000);
  }

  @Test
  void read_setWithoutSamples_isEmptyWithItsAttributes() throws IOException {
    TrainingSet empty = samples(0).bulk(bulk()).build();
    Path path = folder.resolve("set.h5");

    TrainingSetFile.write(path, empty);

    assertThat(TrainingSetFile.read(path)).isEqualTo(empty);
  }

  @Test
  void read_foreignFileWithTheTwoNeededColumns_fillsTheRest() throws IOException {
    Path path = folder.resolve("foreign.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      file.putDataset("features", new double[2][100]);
      file.putDataset("label", new long[] {1, -1});
    }

    TrainingSet set = TrainingSetFile.read(path);

    assertThat(set.spec()).isEqualTo(FeatureSpec.standard());
    assertThat(set.labels()).containsExactly(1, -1);
    assertThat(set.particles()).containsExactly(0, 1);
    assertThat(set.hops()).containsOnly(Double.NaN);
    assertThat(set.simulations()).containsOnly("");
    assertThat(set.bulk()).isEmpty();
  }

  @Test
  void read_badFiles_areRefusedByName() throws IOException {
    Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5 at all");
    Path other = folder.resolve("other.h5");
    try (WritableHdfFile file = HdfFile.write(other)) {
      file.putDataset("p_hop", new double[] {1});
    }
    Path labels = folder.resolve("labels.h5");
    try (WritableHdfFile file = HdfFile.write(labels)) {
      file.putDataset("features", new float[2][100]);
      file.putDataset("label", new byte[] {1, 0});
    }
    Path shape = folder.resolve("shape.h5");
    try (WritableHdfFile file = HdfFile.write(shape)) {
      file.putDataset("features", new float[2][3]);
      file.putDataset("label", new byte[] {1, -1});
    }

    assertRefused(folder.resolve("none.h5"), "no such file");
    assertRefused(text, "not a training set");
    assertRefused(other, "expected data sets 'features' and 'label', found [p_hop]");
    assertRefused(labels, "label must be +1 or -1, but was 0");
    assertRefused(shape, "3 features are not the standard ones");
  }

  @Test
  void sha256_ofFiles_isThatOfTheirBytesInOrder() throws IOException {
    Path a = Files.writeString(folder.resolve("a"), "a");
    Path bc = Files.writeString(folder.resolve("bc"), "bc");

    // echo -n abc | sha256sum
    assertThat(TrainingSetFile.sha256(List.of(a, bc)))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  private static void assertRefused(Path path, String reason) {
    assertThatThrownBy(() -> TrainingSetFile.read(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(reason);
  }

  private static FeatureMoments bulk() {
    double[] covariance = new double[16];
    for (int k = 0; k < 16; k++) {
      covariance[k] = 0.1 * k;
    }
    return FeatureMoments.of(12_345_678_901L, new double[] {1, 2, 3, 4}, covariance);
  }

  private static TrainingSet.Builder samples(int n) {
    TrainingSet.Builder set =
        TrainingSet.of(SPEC)
            .attribute("rule", "fluidity")
            .attribute("temperature", 0.47)
            .attribute("seed", -7L)
            .attribute("levels", new double[] {0.5})
            .attribute("note", "Größe");
    for (int i = 0; i < n; i++) {
      set.add(
          i % 3 == 0 ? 1 : -1,
          new TrainingSet.Origin("run-" + i % 2, 100 + i, 5.001 + i, 3.001 + i, i / 7.0),
          new float[] {9, i, 0.1f * i, -i, 1e-20f * i},
          1);
    }
    return set;
  }
}
