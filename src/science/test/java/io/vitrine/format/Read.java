package io.vitrine.format;

import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Short ways for tests to read whole trajectories. */
public final class Read {
  private Read() {}

  public static List<Frame> all(Path path, double dt) throws IOException {
    try (TrajectoryReader reader =
        Trajectories.open(path, ReaderOptions.finished("s", dt), ReadPosition.START)) {
      return rest(reader);
    }
  }

  public static List<Frame> rest(TrajectoryReader reader) throws IOException {
    List<Frame> frames = new ArrayList<>();
    for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
      frames.add(frame);
    }
    return frames;
  }

  /** Unwrapped position of a coordinate of an orthogonal box, counted from the box's corner. */
  public static double unwrapped(Frame frame, int i) {
    double[] edges = {frame.box().lx(), frame.box().ly(), frame.box().lz()};
    double[] origin = {frame.box().originX(), frame.box().originY(), frame.box().originZ()};
    int image = frame.images() == null ? 0 : frame.images()[i];
    return frame.positions()[i] - origin[i % 3] + image * edges[i % 3];
  }
}
