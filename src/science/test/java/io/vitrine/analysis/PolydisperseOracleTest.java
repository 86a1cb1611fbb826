package io.vitrine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.DumpFrames;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.format.wire.FrameCodec;
import io.vitrine.geometry.NeighbourLoop;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import io.vitrine.structure.RadialStructure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One species of many diameters. */
final class PolydisperseOracleTest extends SystemOracle {
  PolydisperseOracleTest() {
    super("polydisperse.gsd", List.of("A"), 3, "");
  }

  @Test
  void features_ofScaledDistances_areNumpys() {
    FeatureSpec spec = FeatureSpec.standard().withSpecies(List.of("A")).withScaledDistances(true);
    agreeOnFeatures(spec, frames().get(7), name("scaled-features.npy"));
  }

  @Test
  void features_ofScaledDistances_doNotDependOnBlocks() {
    FeatureSpec spec = FeatureSpec.standard().withSpecies(List.of("A")).withScaledDistances(true);
    RadialStructure structure = RadialStructure.exact(spec);
    NeighbourLoop sorted = structure.sort(frames().get(7));
    int[] some = {41, 3, 17};
    double[] few = structure.features(sorted, some, Runnable::run, 2);
    double[] all = structure.features(sorted, DumpFrames.all(60));
    for (int i = 0; i < some.length; i++) {
      assertThat(Arrays.copyOfRange(few, 50 * i, 50 * i + 50))
          .containsExactly(Arrays.copyOfRange(all, 50 * some[i], 50 * some[i] + 50));
    }
  }

  @Test
  void scores_ofScaledDistances_areNumpys() throws IOException {
    agreeOnScores(frames().get(7), name("scaled.model.json"), name("scaled-scores.npy"));
  }

  @Test
  void features_ofScaledDistancesWithoutDiameters_areRefused() {
    Frame frame = frames().get(0);
    Frame bare = frame.toBuilder().particles(frame.particles().withDiameters(null)).build();
    FeatureSpec spec = FeatureSpec.standard().withSpecies(List.of("A")).withScaledDistances(true);
    assertThatThrownBy(() -> RadialStructure.exact(spec).features(bare, new int[] {0}))
        .hasMessageContaining("particles with scaled distances must have diameters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.gsd", "a.lammpstrj", "a.extxyz"})
  void write_diameters_areReadAgain(String name, @TempDir Path folder) throws IOException {
    Path path = folder.resolve(name);
    try (TrajectoryWriter writer = Trajectories.create(path)) {
      writer.write(frames().get(0));
      writer.write(frames().get(1));
    }
    assertThat(read(path))
        .hasSize(2)
        .allSatisfy(
            frame ->
                assertThat(frame.particles().diameters())
                    .isEqualTo(frames().get(0).particles().diameters()));
  }

  @Test
  void encode_diameters_comeBack() {
    Frame frame = frames().get(3);
    assertThat(FrameCodec.decode(FrameCodec.encode(frame))).isEqualTo(frame);
  }
}
