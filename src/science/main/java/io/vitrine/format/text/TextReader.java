package io.vitrine.format.text;

import io.vitrine.format.BadFrameException;
import io.vitrine.format.IdOrder;
import io.vitrine.format.NoTimeException;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What reading frames from text has in common: find where the frame ends, read what it says, be
 * behind it whatever that was.
 *
 * <p>A torn last frame is awaited in a growing file and refused in a finished one.
 */
public abstract class TextReader<E extends TextExtent> implements TrajectoryReader {
  public final Path path;
  public final ReaderOptions options;
  public final TextWindow window;
  public final TokenScanner scanner = new TokenScanner();
  public final IdOrder order = new IdOrder();

  /** Simulation time of the frame being read, as soon as it is known. */
  public double time;

  private long ordinal;

  public TextReader(Path path, ReaderOptions options, ReadPosition position) throws IOException {
    this.path = path;
    this.options = options;
    this.window = TextWindow.open(path, options.growing(), position);
    this.ordinal = position.ordinal();
  }

  /** The frame at the window's start, whole or spoilt, or null where it is not complete. */
  protected abstract E find() throws IOException;

  /** Refuses a text whose first bytes are not this format's. */
  protected abstract void checkStart() throws IOException;

  /** What is left of a file that ends before its last frame does. */
  protected abstract E torn();

  /**
   * Reads a frame without problem.
   *
   * @throws IllegalArgumentException for a bad frame
   * @throws IOException for what would be wrong with every frame
   */
  protected abstract Frame frame(E extent) throws IOException;

  /** Another reader of the same file, at a position. */
  protected abstract TextReader<E> at(ReadPosition position) throws IOException;

  @Override
  public final Frame next() throws IOException {
    E extent = complete();
    if (extent == null) {
      return null;
    }
    time = Double.NaN;
    try {
      if (extent.problem != null) {
        throw new IllegalArgumentException(extent.problem);
      }
      return frame(extent);
    } catch (IllegalArgumentException e) {
      throw new BadFrameException(where(), time, e.getMessage());
    } finally {
      window.consume(extent.end);
      ordinal++;
    }
  }

  private E complete() throws IOException {
    if (window.offset() == 0) {
      window.skipByteOrderMark();
    }
    E extent = find();
    if (ordinal == 0) {
      checkStart();
    }
    if (extent != null || options.growing() || window.isBlank()) {
      return extent;
    }
    E rest = torn();
    rest.problem =
        window.endsInLineEnd()
            ? "expected all lines of a frame, found the end of the file"
            : "expected all lines of a frame, found the end of the file in the last one: it has no"
                + " line end, so its last number may be cut off";
    rest.end = window.available();
    return rest;
  }

  /** Simulation time of a step, for files that say no time. */
  protected final double stepTime(long step) throws IOException {
    if (Double.isNaN(options.dt())) {
      throw new NoTimeException(path);
    }
    return step * options.dt();
  }

  /** File and place of the frame. */
  protected final String where() {
    return path + ", frame " + ordinal + " at byte " + window.offset();
  }

  @Override
  public final ReadPosition position() {
    return new ReadPosition(ordinal, window.offset(), ordinal == 0 ? 0 : window.fingerprint());
  }

  @Override
  public final long countFrames() throws IOException {
    try (TextReader<E> ahead = at(position())) {
      ahead.skip(Long.MAX_VALUE);
      return ahead.ordinal;
    }
  }

  /** Goes behind the first {@code most} frames, or all there are. */
  private void skip(long most) throws IOException {
    while (ordinal < most) {
      E extent = complete();
      if (extent == null) {
        break;
      }
      window.consume(extent.end);
      ordinal++;
    }
  }

  /** The byte behind the first {@code frames} frames; refuses where there are fewer. */
  protected final long endOf(long frames) throws IOException {
    skip(frames);
    if (ordinal < frames) {
      throw new IOException(path + ": expected at least " + frames + " frames, found " + ordinal);
    }
    return window.offset();
  }

  @Override
  public final void close() throws IOException {
    window.close();
  }
}
