package io.vitrine.streaming.io;

import io.vitrine.format.ReadPosition;
import io.vitrine.model.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/**
 * The frames of one simulation, polled: never blocks, never computes.
 *
 * <p>A bad frame is thrown as {@link io.vitrine.format.BadFrameException}; the feed stands behind
 * it and goes on. Any other {@link IOException} ends the simulation; an unchecked one fails the
 * run, whose checkpoint then stands where the feed can go on.
 */
interface FrameFeed extends Closeable {

  /** The next frame, or null when there is none now. */
  Frame poll() throws IOException;

  /** True when {@link #poll} will never return a frame again. */
  boolean ended();

  /** Where the feed stands, after the last frame polled. */
  Position position();

  /**
   * A place between two frames, enough to open the feed there again.
   *
   * @param read place in a file; its ordinal counts frames for every feed
   * @param snapshot state of an engine, or null
   */
  record Position(ReadPosition read, byte[] snapshot) {
    static final Position START = new Position(ReadPosition.START, null);

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
