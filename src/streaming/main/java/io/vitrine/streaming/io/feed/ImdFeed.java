package io.vitrine.streaming.io.feed;

import io.vitrine.format.BadFrameException;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.imd.ImdSource;
import io.vitrine.format.imd.ImdSpool;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.format.trajectory.TypesFile;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames an engine sends over IMD, read from the spool they are drained into.
 *
 * <p>The first poll, never anything before, starts the spool; from then on this reader owns the
 * connection until it is closed. Its place is a place in the spool, so a run that continues from a
 * checkpoint reads what was spooled meanwhile and then what comes. Where the stream cannot say
 * whether frames are missing (version 2), the spool's note comes out as a bad frame, once, before
 * the frame it is about.
 */
final class ImdFeed implements FrameFeed {
  private static final Logger LOG = LoggerFactory.getLogger(ImdFeed.class);
  private static final double DEFAULT_POLL_SECONDS = 0.2;
  private static final long MOST_BYTES = 1L << 40;

  private final FrameUri uri;
  private final String simulation;
  private final Path path;
  private final ReadPosition start;
  private final long pollNanos;
  private ImdSpool spool;
  private TrajectoryReader reader;
  private boolean complete;
  private boolean exhausted;
  private long noted = -1;
  private long caughtUpAt;
  private String status = "";

  private ImdFeed(FrameUri uri, String simulation, Path path, ReadPosition start) {
    this.uri = uri;
    this.simulation = simulation;
    this.path = path;
    this.start = start;
    this.pollNanos = (long) (uri.number("poll", DEFAULT_POLL_SECONDS) * 1e9);
    this.caughtUpAt = System.nanoTime() - pollNanos;
  }

  static ImdFeed open(FrameUri uri, String simulation, Position position, FrameOptions options)
      throws IOException {
    if (options.getSpool() == null) {
      throw new IOException(uri + ": spool must name a folder, but was null");
    }
    Path path = Path.of(options.getSpool(), simulation + ".gsd");
    return new ImdFeed(uri, simulation, path, position.read());
  }

  @Override
  public Frame poll() throws IOException {
    if (exhausted || System.nanoTime() - caughtUpAt < pollNanos) {
      return null;
    }
    if (spool == null) {
      spool = ImdSpool.start(source(), path, MOST_BYTES);
    }
    ImdSpool.State state = spool.state();
    if (!state.status().equals(status)) {
      status = state.status();
      LOG.info("{}: {}", simulation, status);
    }
    if (state.ended() && !complete) {
      finish();
    }
    if (reader == null) {
      if (state.frames() == 0) {
        return caughtUp(state);
      }
      reader = Trajectories.open(path, options(), start);
    }
    note();
    Frame frame = reader.next();
    return frame == null ? caughtUp(state) : frame;
  }

  private ImdSource source() throws IOException {
    URI peer = uri.peer();
    return new ImdSource(
        peer.getHost(),
        peer.getPort(),
        simulation,
        TypesFile.read(Path.of(uri.get("types")), uri.names()),
        uri.number("every", 1) * (uri.units() == null ? 1 : uri.units().time()),
        Double.NaN);
  }

  /** Nothing is appended any more: what follows is read like any finished file. */
  private void finish() throws IOException {
    complete = true;
    if (reader != null) {
      ReadPosition place = reader.position();
      reader.close();
      reader = Trajectories.open(path, options(), place);
    }
  }

  private ReaderOptions options() {
    return new ReaderOptions(simulation, Double.NaN, null, null, !complete, uri.units(), Map.of())
        .in(uri.dimensions());
  }

  private void note() throws BadFrameException {
    long ordinal = reader.position().ordinal();
    if (ordinal == noted) {
      return;
    }
    String note = spool.note(ordinal);
    if (note != null) {
      noted = ordinal;
      throw new BadFrameException(uri + " frame " + ordinal, Double.NaN, note);
    }
  }

  private Frame caughtUp(ImdSpool.State state) throws IOException {
    caughtUpAt = System.nanoTime();
    if (complete) {
      if (state.failure() != null) {
        throw new IOException(state.failure());
      }
      exhausted = true;
    }
    return null;
  }

  @Override
  public boolean ended() {
    return exhausted;
  }

  @Override
  public Position position() {
    return new Position(reader == null ? start : reader.position(), null);
  }

  /** Takes leave of the engine, which continues without us. */
  @Override
  public void close() throws IOException {
    try {
      if (reader != null) {
        reader.close();
      }
    } finally {
      if (spool != null) {
        spool.close();
      }
    }
  }
}
