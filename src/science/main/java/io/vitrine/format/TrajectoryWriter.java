package io.vitrine.format;

import io.vitrine.model.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/**
 * Writes the frames of one trajectory in order. Where a format can be followed while it grows, each
 * frame is visible to readers when {@link #write} returns. Not thread-safe.
 */
public interface TrajectoryWriter extends Closeable {

  /** Appends a frame. */
  default void write(Frame frame) throws IOException {
    write(frame, Map.of());
  }

  /**
   * Appends a frame with per-particle fields [N] by name, which must be the same in every frame.
   *
   * @throws IllegalArgumentException for fields of another length or with other names than before
   */
  void write(Frame frame, Map<String, double[]> fields) throws IOException;

  /** Number of frames in the file. */
  long frames();
}
