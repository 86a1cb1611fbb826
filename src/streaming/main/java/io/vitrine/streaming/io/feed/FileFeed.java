package io.vitrine.streaming.io.feed;

import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Frames of a file: finished ({@code replay}) or growing ({@code follow}).
 *
 * <p>A file to follow that is not there yet is awaited. Following looks for new frames at most
 * every {@code poll} seconds (default 0.2) once it has caught up.
 */
final class FileFeed implements FrameFeed {
  private static final double DEFAULT_POLL_SECONDS = 0.2;

  private final Path path;
  private final ReaderOptions options;
  private final ReadPosition start;
  private final long pollNanos;
  private TrajectoryReader reader;
  private boolean exhausted;
  private long caughtUpAt;
  private long grownAt = System.nanoTime();
  private long size = -1;

  private FileFeed(Path path, ReaderOptions options, ReadPosition start, double pollSeconds) {
    this.path = path;
    this.options = options;
    this.start = start;
    this.pollNanos = (long) (pollSeconds * 1e9);
    this.caughtUpAt = System.nanoTime() - pollNanos;
  }

  static FileFeed open(FrameUri uri, String simulation, Position position) {
    boolean growing = uri.scheme() == FrameScheme.FOLLOW;
    return new FileFeed(
        uri.path(),
        uri.readerOptions(simulation, growing),
        position.read(),
        uri.number("poll", DEFAULT_POLL_SECONDS));
  }

  @Override
  public Frame poll() throws IOException {
    if (exhausted || System.nanoTime() - caughtUpAt < pollNanos) {
      return null;
    }
    if (reader == null) {
      reader = Trajectories.open(path, options, start);
    }
    Frame frame = reader.next();
    if (frame == null) {
      if (options.growing()) {
        caughtUpAt = System.nanoTime();
        lookAtSize();
      } else {
        exhausted = true;
      }
    } else {
      grownAt = System.nanoTime();
    }
    return frame;
  }

  /** A frame that is written slowly makes a file grow, too. */
  private void lookAtSize() {
    long now;
    try {
      now = Files.size(path);
    } catch (IOException e) {
      // A sequence of files, or one that is not there: frames alone count.
      now = -1;
    }
    if (now != size) {
      size = now;
      grownAt = System.nanoTime();
    }
  }

  @Override
  public double quietSeconds() {
    return options.growing() ? (System.nanoTime() - grownAt) * 1e-9 : 0;
  }

  @Override
  public boolean ended() {
    return exhausted;
  }

  @Override
  public Position position() {
    return new Position(reader == null ? start : reader.position(), null);
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
