package io.vitrine.streaming.io.feed;

import io.vitrine.format.ReadPosition;
import io.vitrine.model.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/**
 * The frames of one simulation, polled: never blocks, never computes.
 *
 * <p>A bad frame is thrown as {@link io.vitrine.format.BadFrameException}; the feed is behind it
 * and continues. After an {@link IOException} that is an {@link Outage} a new feed is opened at the
 * position of this one, later; any other ends the simulation. An unchecked exception fails the run,
 * whose checkpoint is then where the feed can continue.
 */
public interface FrameFeed extends Closeable {

  /** The next frame, or null when there is none now. */
  Frame poll() throws IOException;

  /** True when {@link #poll} will never return a frame again. */
  boolean ended();

  /** For how long nothing was added to a source that grows by another's hand, s; 0 for others. */
  default double quietSeconds() {
    return 0;
  }

  /** Position of the feed, after the last frame polled. */
  Position position();

  /**
   * A place between two frames, enough to open the feed there again.
   *
   * @param read place in a file; its ordinal counts frames for every feed
   * @param snapshot state of an engine, or null
   */
  record Position(ReadPosition read, byte[] snapshot) {
    public static final Position START = new Position(ReadPosition.START, null);

    @Override
    public boolean equals(Object other) {
      return other instanceof Position that
          && read.equals(that.read)
          && Arrays.equals(snapshot, that.snapshot);
    }

    @Override
    public int hashCode() {
      return read.hashCode();
    }
  }
}
