package io.vitrine.streaming.io;

import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.Trajectories;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.model.Frame;
import java.io.IOException;
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

  private FileFeed(Path path, ReaderOptions options, ReadPosition start, double pollSeconds) {
    this.path = path;
    this.options = options;
    this.start = start;
    this.pollNanos = (long) (pollSeconds * 1e9);
    this.caughtUpAt = System.nanoTime() - pollNanos;
  }

  static FileFeed open(FrameUri uri, String simulation, Position position) {
    boolean growing = uri.scheme() == FrameUri.Scheme.FOLLOW;
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
      } else {
        exhausted = true;
      }
    }
    return frame;
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
