package io.vitrine.streaming.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import io.vitrine.streaming.Walks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long after a frame is in the file it comes out of the source, with the usual poll. */
final class FollowLatencyTest {
  private static final int FRAMES = 7;
  private static final double MOST_SECONDS = 1;

  @TempDir private Path folder;

  /** The shortest of all: a machine that is busy adds to each, and nothing makes one shorter. */
  @ParameterizedTest
  @ValueSource(strings = {"gsd", "lammpstrj", "extxyz"})
  void follow_frameIsVisible_comesWithinASecond(String suffix) throws IOException {
    Path file = folder.resolve("run." + suffix);
    List<Frame> walk = Walks.of("s", 1, FRAMES + 1);
    double[] seconds = new double[FRAMES];
    try (TrajectoryWriter writer = Trajectories.create(file)) {
      writer.write(walk.get(0));
      try (FrameReader reader = Readers.open("follow:" + file + "?dt=0.005", null)) {
        assertThat(await(reader).frame().time()).isZero();
        for (int k = 0; k < FRAMES; k++) {
          // It has caught up and looks again only after a while.
          assertThat(reader.advance()).isFalse();
          writer.write(walk.get(k + 1));
          long visible = System.nanoTime();
          assertThat(await(reader).frame().time()).isEqualTo(k + 1.0);
          seconds[k] = (System.nanoTime() - visible) * 1e-9;
        }
      }
    }
    assertThat(Arrays.stream(seconds).min().orElseThrow()).isLessThan(MOST_SECONDS);
  }

  private static FrameEvent await(FrameReader reader) throws IOException {
    while (!reader.advance()) {
      Thread.onSpinWait();
    }
    return reader.getCurrent();
  }
}
