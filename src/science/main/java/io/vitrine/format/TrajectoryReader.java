package io.vitrine.format;

import io.vitrine.model.Frame;
import java.io.Closeable;
import java.io.IOException;

/**
 * Reads the frames of one trajectory in their order, finished or growing.
 *
 * <p>A reader of a growing file is polled: {@link #next} returns null when no further frame is
 * complete yet and may be called again later. A reader of a finished file returns null at its end,
 * for ever. Not thread-safe. Memory is bounded by one frame and, for indexed formats, the index.
 */
public interface TrajectoryReader extends Closeable {

  /**
   * The next complete frame, or null when there is none (now, for a growing file).
   *
   * @throws BadFrameException for a frame that cannot be used while those behind it may be: the
   *     reader is behind it and can continue
   * @throws IOException when the file cannot be read any further (unreadable, not this format,
   *     rewritten by another run): file, place, what was expected and what was found
   */
  Frame next() throws IOException;

  /**
   * The number per particle that {@link ReaderOptions#property} names, of the frame that {@link
   * #next} gave last, in the order of its particles; null before the first frame.
   *
   * @throws IOException for a format that carries none here
   */
  default double[] property() throws IOException {
    throw new IOException(
        "a number per particle is read from extended XYZ columns and GSD log/particles only");
  }

  /** Position of the reader: opened there, a new reader returns the frames this one has not. */
  ReadPosition position();

  /**
   * Number of frames there are, those already read included; scans the file where the format has no
   * index.
   */
  long countFrames() throws IOException;

  /**
   * What keeps a growing trajectory from having frames, in words for its user and with the remedy,
   * or null when nothing is out of the ordinary.
   */
  default String diagnosis() throws IOException {
    return null;
  }
}
