package io.vitrine.streaming.io.feed;

import io.vitrine.analysis.Analysable;
import io.vitrine.format.BadFrameException;
import io.vitrine.format.FileTrouble;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;

/**
 * A feed whose frames are of the kind that was planned for: of the species and dimensions that were
 * known when the run began, and such as can be analysed.
 *
 * <p>Where already the first frame is of another kind, the simulation ends with the reason; a later
 * one is a bad frame.
 */
final class CheckedFeed implements FrameFeed {
  private final FrameFeed feed;
  private final FrameUri uri;
  private final List<String> species;
  private final int dimensions;
  private final boolean sized;

  CheckedFeed(FrameFeed feed, FrameUri uri, List<String> species, int dimensions, boolean sized) {
    this.feed = feed;
    this.uri = uri;
    this.species = species;
    this.dimensions = dimensions;
    this.sized = sized;
  }

  @Override
  public Frame poll() throws IOException {
    long ordinal = feed.position().read().ordinal();
    Frame frame;
    try {
      frame = feed.poll();
    } catch (FileSystemException e) {
      throw new IOException("cannot read " + FileTrouble.of(e), e);
    }
    if (frame == null) {
      return null;
    }
    try {
      Analysable.check(frame);
      List<String> found = frame.particles().names();
      if (!found.equals(species)) {
        throw new IllegalArgumentException(
            String.format(
                "expected the species %s the run began with, found %s (names=OLD:NEW,... renames)",
                String.join(", ", species), String.join(", ", found)));
      }
      if (sized && frame.particles().diameters() == null) {
        throw new IllegalArgumentException(
            "expected diameters (--scale-distances diameter), found none");
      }
      int space = frame.box().dimensions();
      if (dimensions != 0 && space != dimensions) {
        throw new IllegalArgumentException(
            String.format(
                "expected the %d dimensions the run began with, found %d (dimensions=%d in --frames"
                    + " says so before the first frame)",
                dimensions, space, space));
      }
      return frame;
    } catch (IllegalArgumentException e) {
      String where = uri + " frame " + ordinal;
      if (ordinal == 0) {
        throw new IOException(where + ": " + e.getMessage(), e);
      }
      throw new BadFrameException(where, frame.time(), e.getMessage());
    }
  }

  @Override
  public double quietSeconds() {
    return feed.quietSeconds();
  }

  @Override
  public boolean ended() {
    return feed.ended();
  }

  @Override
  public Position position() {
    return feed.position();
  }

  @Override
  public void close() throws IOException {
    feed.close();
  }
}
