package io.vitrine.streaming.io;

import io.vitrine.dynamics.FrameGate;
import io.vitrine.dynamics.TimeGrid;
import io.vitrine.dynamics.UnusableException;
import io.vitrine.dynamics.WindowCount;
import io.vitrine.format.BadFrameException;
import io.vitrine.format.FileTrouble;
import io.vitrine.model.DeadLetter;
import io.vitrine.model.Frame;
import io.vitrine.results.rows.NoticeRow;
import io.vitrine.streaming.io.feed.Feeds;
import io.vitrine.streaming.io.feed.FrameFeed;
import io.vitrine.streaming.io.feed.FrameOptions;
import io.vitrine.streaming.io.feed.FrameUri;
import io.vitrine.streaming.io.feed.Outage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/**
 * Reads one simulation: feed, gate, events.
 *
 * <p>What a user should know once goes with the next event, or alone when there is nothing else
 * now. A source that cannot be read for a while is tried again ({@link Outage}).
 */
public final class FrameReader extends UnboundedSource.UnboundedReader<FrameEvent> {
  private final FrameSource source;
  private final String simulation;
  private final FrameUri uri;
  private final FrameGate gate;
  private final FrameOptions options;
  private final Opener opener;
  private final Outage outage;
  private final Pace pace;
  private final List<FrameEvent.Notice> notices = new ArrayList<>();
  private FrameFeed.Position position;
  private FrameFeed feed;
  private WindowCount windows;
  private boolean ended;
  private boolean resting;

  /** What is told of frames that are left out: the store keeps the newest text. */
  private String thinning = "";

  private long thinnedTold;
  private long repeatedTold;
  private FrameEvent current;

  /** Opens a feed where a mark is. */
  interface Opener {
    FrameFeed open(FrameFeed.Position position) throws IOException;
  }

  FrameReader(
      FrameSource source, String simulation, FrameUri uri, FrameMark mark, FrameOptions options) {
    this(source, simulation, uri, mark, options, p -> Feeds.open(uri, simulation, p, options));
  }

  FrameReader(
      FrameSource source,
      String simulation,
      FrameUri uri,
      FrameMark mark,
      FrameOptions options,
      Opener opener) {
    this.source = source;
    this.simulation = simulation;
    this.uri = uri;
    this.options = options;
    this.opener = opener;
    this.outage = new Outage(uri);
    this.position = mark.position();
    this.gate = FrameGate.resume(new TimeGrid(options.getIntervalMillis()), uri.dt(), mark.gate());
    this.windows = mark.windows();
    this.ended = mark.ended();
    // Every event tells all there is to tell, and marks are behind events.
    this.thinnedTold = gate.thinned();
    this.repeatedTold = gate.repeated();
    this.pace = new Pace(uri.number("pace", Double.POSITIVE_INFINITY));
  }

  @Override
  public boolean start() throws IOException {
    return advance();
  }

  @Override
  public boolean advance() throws IOException {
    if (ended || !pace.due() || !outage.isDue()) {
      return idle();
    }
    long ordinal = ordinal();
    try {
      if (feed == null) {
        feed = opener.open(position);
      }
      if (pastUntil()) {
        return emitEnd(null);
      }
      Frame frame = poll();
      while (frame != null) {
        grows();
        FrameGate.Verdict verdict = gate.judge(frame);
        if (verdict.note() != null) {
          notices.add(new FrameEvent.Notice(NoticeRow.TIME, 1, verdict.note()));
        }
        switch (verdict.kind()) {
          case ACCEPTED:
            pace.took();
            thinnedTold = gate.thinned();
            current = data(verdict.millis(), ordinal, frame);
            return true;
          case REFUSED:
            return emitDead(ordinal, frame.time(), uri + " frame " + ordinal, verdict.reason());
          case THINNED:
            tellThinning(frame);
            break;
          case REPEATED:
            break;
        }
        ordinal = ordinal();
        frame = poll();
      }
      return (feed.ended() || rests()) ? emitEnd(null) : emitNotices();
    } catch (BadFrameException e) {
      back();
      return emitDead(ordinal, e.time(), e.where(), e.getMessage());
    } catch (UnusableException e) {
      return emitEnd(e.getMessage());
    } catch (IOException e) {
      return Outage.isOne(e, uri) ? away(e) : emitEnd(FileTrouble.of(e));
    }
  }

  private Frame poll() throws IOException {
    Frame frame = feed.poll();
    back();
    return frame;
  }

  /** The source could be read. */
  private void back() {
    if (outage.isOn()) {
      outage.end();
      notices.add(new FrameEvent.Notice(NoticeRow.OUTAGE, 0, "can be read again"));
    }
  }

  /**
   * Whether a growing file has rested for so long that it has ended. Where that is not asked for,
   * its user is told that it may have.
   */
  private boolean rests() {
    double seconds = uri.quietSeconds();
    if (!gate.started() || feed.quietSeconds() < seconds) {
      return false;
    }
    String text =
        "it has not grown for " + ("" + seconds).replaceFirst("[.]0$", "") + " s (quiet=)";
    if (options.isUntilQuiet()) {
      notices.add(
          new FrameEvent.Notice(NoticeRow.OUTAGE, 0, text + ", so it has ended (--until-quiet)"));
      return true;
    }
    if (!resting) {
      resting = true;
      notices.add(
          new FrameEvent.Notice(
              NoticeRow.OUTAGE, 1, "ended? " + text + "; --until-quiet ends the run then"));
    }
    return false;
  }

  /** There is a frame. */
  private void grows() {
    if (resting) {
      resting = false;
      notices.add(new FrameEvent.Notice(NoticeRow.OUTAGE, 0, "grows again"));
    }
  }

  /** Lets go of the feed, to open another one at its place later. */
  private boolean away(IOException e) throws IOException {
    if (feed != null) {
      position = feed.position();
      try {
        feed.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      feed = null;
    }
    if (!outage.isOn()) {
      notices.add(new FrameEvent.Notice(NoticeRow.OUTAGE, 1, outage.text(e)));
    }
    outage.tried(e);
    return emitNotices();
  }

  /** The frame with its place: only here are frames in order, so only here are they counted. */
  private FrameEvent data(long millis, long ordinal, Frame frame) {
    long before = windows.windows();
    windows = windows.next(millis, options.getIntervalMillis(), options.getWindowFrames());
    return FrameEvent.data(
        millis, ordinal, gate.thinned(), gate.accepted() - 1, before, frame, takeNotices());
  }

  private long ordinal() {
    return position().read().ordinal();
  }

  private FrameFeed.Position position() {
    return feed == null ? position : feed.position();
  }

  private boolean pastUntil() {
    double until = options.getUntil();
    return !Double.isNaN(until)
        && gate.started()
        && gate.expectedMillis() > Math.round(until * TimeGrid.MILLIS_PER_TAU);
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
    countThinned();
    DeadLetter letter = new DeadLetter(simulation, ordinal, time, where, reason);
    current = FrameEvent.dead(promised(), gate.thinned(), letter, takeNotices());
    return true;
  }

  private boolean emitEnd(String failure) {
    countThinned();
    current =
        FrameEvent.end(simulation, promised(), ordinal(), gate.thinned(), failure, takeNotices());
    ended = true;
    return true;
  }

  /** The first frame that is left out says so. */
  private void tellThinning(Frame frame) {
    if (gate.thinned() == 1) {
      thinning =
          String.format(
              Locale.ROOT,
              "step %d (%s tau) lies between the points of the grid, which are %s tau apart"
                  + " (interval=): such frames are left out and counted%s",
              frame.step(),
              frame.time(),
              options.getIntervalMillis() / 1000.0,
              Double.isNaN(uri.dt()) ? "" : "; is dt=" + uri.dt() + " right?");
      notices.add(new FrameEvent.Notice(NoticeRow.THINNED, 1, thinning));
    }
  }

  /** There is no frame now: tells what is to be told. */
  private boolean emitNotices() {
    countThinned();
    List<FrameEvent.Notice> taken = takeNotices();
    if (taken.isEmpty()) {
      return idle();
    }
    current = FrameEvent.note(simulation, promised(), ordinal(), gate.thinned(), taken);
    return true;
  }

  /** Frames that were thinned behind the last one taken: no further frame may come to say so. */
  private void countThinned() {
    if (gate.thinned() > thinnedTold) {
      thinnedTold = gate.thinned();
      notices.add(new FrameEvent.Notice(NoticeRow.THINNED, thinnedTold, thinning));
    }
  }

  private List<FrameEvent.Notice> takeNotices() {
    if (gate.repeated() > repeatedTold) {
      repeatedTold = gate.repeated();
      String text =
          "step "
              + gate.repeatedStep()
              + " came again with the same positions, as behind a restart: such frames are left out"
              + " and counted";
      notices.add(new FrameEvent.Notice(NoticeRow.REPEATED, repeatedTold, text));
    }
    List<FrameEvent.Notice> taken = List.copyOf(notices);
    notices.clear();
    return taken;
  }

  private long promised() {
    return gate.started() ? gate.expectedMillis() : BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
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
    return new FrameMark(position(), gate.state(), windows, ended);
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
