package io.vitrine.format.h5md;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.format.Frames;
import io.vitrine.format.Read;
import io.vitrine.format.TrajectoryContract;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class H5mdContractTest extends TrajectoryContract {
  @Override
  protected String fileName() {
    return "run.h5";
  }

  @Override
  protected TrajectoryWriter create(Path path) {
    return H5mdWriter.create(path);
  }

  @Override
  protected int firstId() {
    return 1;
  }

  @Override
  protected boolean boxAtOrigin() {
    return true;
  }

  @Override
  protected boolean timed() {
    return true;
  }

  /** A frame is given when it was there at the poll before. */
  @Override
  protected int polls() {
    return 2;
  }

  /** Opening a file is slow. */
  @Override
  protected int trials() {
    return 100;
  }

  /** A file has one set of particles: others start another part. */
  @Test
  @Override
  protected void next_particlesAndBoxChange_areGivenAsTheyAre() throws IOException {
    List<Frame> frames = new ArrayList<>(walk(6, 6, 2));
    frames.addAll(walk(7, 9, 2));
    try (TrajectoryWriter writer = create(file)) {
      for (Frame frame : frames) {
        writer.write(frame);
      }
    }
    assertThat(Read.all(dir.resolve("run.0000.h5"), Frames.DT)).isEqualTo(frames.subList(0, 2));
    assertThat(Read.all(dir.resolve("run.0001.h5"), Frames.DT)).isEqualTo(frames.subList(2, 4));
  }
}
