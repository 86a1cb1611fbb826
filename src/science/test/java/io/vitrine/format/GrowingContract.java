package io.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What formats promise that our own writers let grow frame by frame. */
public abstract class GrowingContract extends TrajectoryContract {

  @Test
  protected void next_growingFile_returnsEachFrameOnce() throws IOException {
    List<Frame> frames = walk(3, 20, 300);
    List<Frame> seen = new ArrayList<>();
    try (TrajectoryReader reader = Trajectories.open(file, growing(), ReadPosition.START)) {
      assertThat(reader.next()).isNull();
      try (TrajectoryWriter writer = create(file)) {
        for (Frame frame : frames) {
          writer.write(frame);
          Frame read = poll(reader);
          if (read != null) {
            seen.add(read);
          }
        }
      }
      for (int i = 0; i < 3 * polls(); i++) {
        Frame read = reader.next();
        if (read != null) {
          seen.add(read);
        }
      }
    }
    assertThat(seen).isEqualTo(kept(frames));
  }
}
