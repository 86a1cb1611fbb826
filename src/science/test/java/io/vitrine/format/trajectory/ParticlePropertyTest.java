package io.vitrine.format.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A number per particle beside each frame, by its name in the file. */
class ParticlePropertyTest {
  private static final ReaderOptions GAIN = ReaderOptions.finished("x", Double.NaN).with("gain");

  @TempDir Path folder;

  private static Frame frame(int step) {
    return Frame.of("x")
        .at(step, step)
        .box(Box.cube(5))
        .particles(Particles.numbered(1, new byte[] {0, 1, 0}))
        .wrapped(new double[] {1, 1, 1, 2, 2, 2, 3, 3, 3}, null)
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.extxyz", "a.gsd"})
  void property_writtenBesideFrames_isReadInTheOrderOfTheParticles(String name) throws IOException {
    Path path = folder.resolve(name);
    try (TrajectoryWriter writer = Trajectories.create(path)) {
      writer.write(frame(0), Map.of("gain", new double[] {0.1, -2, 1e-7}));
      writer.write(frame(1), Map.of("gain", new double[] {3, 4, 0.25}));
    }
    try (TrajectoryReader reader = Trajectories.open(path, GAIN, ReadPosition.START)) {
      assertThat(reader.property()).isNull();
      reader.next();
      assertThat(reader.property()[1]).isEqualTo(-2);
      assertThat((float) reader.property()[2]).isEqualTo(1e-7f);
      reader.next();
      assertThat(reader.property()).containsExactly(3, 4, 0.25);
      assertThat(reader.next()).isNull();
    }
    try (TrajectoryReader reader = Trajectories.open(path, GAIN.with("loss"), ReadPosition.START)) {
      assertThatIOException().isThrownBy(reader::next).withMessageContaining("loss");
    }
  }

  @Test
  void property_rowsNotInOrder_followsTheIdsAndNeedsNoTime() throws IOException {
    Path path = folder.resolve("b.xyz");
    Files.writeString(
        path,
        "2\nLattice=\"5 0 0 0 5 0 0 0 5\" Properties=id:I:1:species:S:1:gain:R:1:pos:R:3\n"
            + "7 A 0.5 1 1 1\n3 B nan 2 2 2\n");
    try (TrajectoryReader reader = Trajectories.open(path, GAIN, ReadPosition.START)) {
      assertThat(reader.next().particles().ids()).containsExactly(3, 7);
      assertThat(reader.property()).containsExactly(Double.NaN, 0.5);
    }
  }

  @Test
  void property_ofAnotherFormat_isRefused() throws IOException {
    Path path = folder.resolve("c.lammpstrj");
    try (TrajectoryWriter writer = Trajectories.create(path)) {
      writer.write(frame(0));
    }
    try (TrajectoryReader reader = Trajectories.open(path, GAIN, ReadPosition.START)) {
      assertThatIOException().isThrownBy(reader::property).withMessageContaining("extended XYZ");
    }
  }
}
