package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.analysis.sets.Cages;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import io.vitrine.streaming.io.feed.FrameUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The trajectories that stream and loop read: whole, with faults, shortened, of cages. */
final class LoopInputs {
  private static final int CAGED_FRAMES = 211;

  private final Path folder;

  /** What is written is written here. */
  LoopInputs(Path folder) {
    this.folder = folder;
  }

  FrameUri caged(String id, long seed, int missing) throws IOException {
    Path file = folder.resolve(id + ".gsd");
    try (TrajectoryWriter writer = Trajectories.create(file)) {
      for (Frame frame : Cages.of(id, seed, CAGED_FRAMES, missing)) {
        writer.write(frame);
      }
    }
    return FrameUri.parse("replay:" + file + "?dt=0.005&T=0.4" + seed + "&id=" + id);
  }

  private static Path testdata(String name) {
    return Path.of(System.getProperty("vitrine.root", "."), "testdata", name).toAbsolutePath();
  }

  static FrameUri whole() {
    return FrameUri.parse(
        "replay:" + testdata("ka512/ka512_T0.60.gsd") + "?T=0.60&dt=0.005&id=whole");
  }

  /** Frame 20 is missing, frame 40 holds a NaN, frame 12 comes again behind frame 14. */
  FrameUri gappy() throws IOException {
    List<String> frames = dump();
    String twelfth = frames.get(12);
    frames.set(40, frames.get(40).replaceFirst("\n7 (\\d) \\S+", "\n7 $1 nan"));
    frames.remove(20);
    frames.add(15, twelfth);
    return written(frames, "gappy", 0.61);
  }

  /** Ends after 24 frames. */
  FrameUri shortened() throws IOException {
    return written(dump().subList(0, 24), "shortened", 0.62);
  }

  private static List<String> dump() throws IOException {
    String text = Files.readString(testdata("ka512/ka512_T0.60.lammpstrj"));
    List<String> frames = new ArrayList<>();
    for (int at = 0; at >= 0; ) {
      int next = text.indexOf("ITEM: TIMESTEP", at + 1);
      frames.add(next < 0 ? text.substring(at) : text.substring(at, next));
      at = next;
    }
    assertThat(frames).hasSize(61);
    return frames;
  }

  private FrameUri written(List<String> frames, String id, double temperature) throws IOException {
    Path file = folder.resolve(id + ".lammpstrj");
    Files.writeString(file, String.join("", frames));
    return FrameUri.parse("replay:" + file + "?dt=0.005&T=" + temperature + "&id=" + id);
  }
}
