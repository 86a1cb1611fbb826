package io.vitrine.streaming.io;

import io.vitrine.dynamics.FrameGate;
import io.vitrine.dynamics.TimeGrid;
import io.vitrine.format.BadFrameException;
import io.vitrine.model.DeadLetter;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/** Reads one simulation: feed, gate, events. */
final class FrameReader extends UnboundedSource.UnboundedReader<FrameEvent> {
  private final FrameSource source;
  private final String simulation;
  private final FrameUri uri;
  private final FrameGate gate;
  private final FrameOptions options;
  private final FrameFeed.Position start;
  private final Pace pace;
  private FrameFeed feed;
  private boolean ended;
  private FrameEvent current;

  FrameReader(
      FrameSource source, String simulation, FrameUri uri, FrameMark mark, FrameOptions options) {
    this.source = source;
    this.simulation = simulation;
    this.uri = uri;
    this.options = options;
    this.start = mark.position();
    this.gate = FrameGate.resume(new TimeGrid(options.getIntervalMillis()), mark.gate());
    this.ended = mark.ended();
    this.pace = new Pace(uri.number("pace", Double.POSITIVE_INFINITY));
  }

  @Override
  public boolean start() throws IOException {
    return advance();
  }

  @Override
  public boolean advance() throws IOException {
    if (ended || !pace.due()) {
      return idle();
    }
    long ordinal = ordinal();
    try {
      if (feed == null) {
        feed = Feeds.open(uri, simulation, start, options);
      }
      if (pastUntil()) {
        return emitEnd(null);
      }
      Frame frame = feed.poll();
      while (frame != null) {
        FrameGate.Verdict verdict = gate.judge(frame);
        switch (verdict.kind()) {
          case ACCEPTED:
            pace.took();
            current = FrameEvent.data(verdict.millis(), ordinal, gate.state().thinned(), frame);
            return true;
          case REFUSED:
            return emitDead(ordinal, frame.time(), uri + " frame " + ordinal, verdict.reason());
          case THINNED:
            break;
        }
        ordinal = ordinal();
        frame = feed.poll();
      }
      return feed.ended() ? emitEnd(null) : idle();
    } catch (BadFrameException e) {
      return emitDead(ordinal, e.time(), e.where(), e.getMessage());
    } catch (FrameGate.SpacingException e) {
      return emitEnd(e.getMessage());
    } catch (IOException e) {
      return emitEnd(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private long ordinal() {
    return feed == null ? start.read().ordinal() : feed.position().read().ordinal();
  }

  private boolean pastUntil() {
    double until = options.getUntil();
    return !Double.isNaN(until)
        && gate.state().started()
        && gate.state().expectedMillis() > Math.round(until * TimeGrid.MILLIS_PER_TAU);
  }

  private boolean idle() {
    current = null;
    if (options.getIdleMillis() > 0) {
      try {
        Thread.sleep(options.getIdleMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return false;
  }

  private boolean emitDead(long ordinal, double time, String where, String reason) {
    DeadLetter letter = new DeadLetter(simulation, ordinal, time, where, reason);
    current = FrameEvent.dead(promised(), gate.state().thinned(), letter);
    return true;
  }

  private boolean emitEnd(String failure) {
    current = FrameEvent.end(simulation, promised(), ordinal(), gate.state().thinned(), failure);
    ended = true;
    return true;
  }

  private long promised() {
    return gate.state().started()
        ? gate.state().expectedMillis()
        : BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  }

  @Override
  public FrameEvent getCurrent() {
    if (current == null) {
      throw new NoSuchElementException("no event of " + simulation + " now");
    }
    return current;
  }

  @Override
  public Instant getCurrentTimestamp() {
    return Instant.ofEpochMilli(getCurrent().millis());
  }

  @Override
  public Instant getWatermark() {
    // The end itself must be out before the watermark says so.
    return ended && current == null
        ? BoundedWindow.TIMESTAMP_MAX_VALUE
        : Instant.ofEpochMilli(promised());
  }

  @Override
  public UnboundedSource.CheckpointMark getCheckpointMark() {
    return new FrameMark(feed == null ? start : feed.position(), gate.state(), ended);
  }

  @Override
  public UnboundedSource<FrameEvent, ?> getCurrentSource() {
    return source;
  }

  @Override
  public void close() throws IOException {
    if (feed != null) {
      feed.close();
    }
  }

  /** Lets frames through at a given rate; decides when, never what. */
  private static final class Pace {
    private final double framesPerSecond;
    private long started;
    private long frames;

    Pace(double framesPerSecond) {
      this.framesPerSecond = framesPerSecond;
    }

    boolean due() {
      if (Double.isInfinite(framesPerSecond) || frames == 0) {
        return true;
      }
      return (System.nanoTime() - started) * 1e-9 >= frames / framesPerSecond;
    }

    void took() {
      if (frames++ == 0) {
        started = System.nanoTime();
      }
    }
  }
}
