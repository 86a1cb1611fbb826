package io.vitrine.streaming.io.feed;

import io.vitrine.format.BadFrameException;
import io.vitrine.format.ReadPosition;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Copies the frames of any source into a topic, bad ones as such, until the source ends. A source
 * that cannot be read for a while is tried again ({@link Outage}).
 *
 * <p>Started again it opens the source where the last record of the topic says it was, checksums
 * included; the built-in engine computes from its start again, which gives the same frames.
 */
public final class Forwarding {
  private static final long IDLE_MILLIS = 20;
  private static final long TELL_NANOS = 5_000_000_000L;
  private static final double SAME_TIME = 1e-6;

  private final FrameUri uri;
  private final TopicWriter writer;
  private final FrameOptions options;
  private final Consumer<String> people;
  private final Outage outage;
  private FrameFeed.Position position;
  private FrameFeed feed;
  private long idleSince = Long.MAX_VALUE;
  private boolean told;
  private long badFrames;

  private Forwarding(
      FrameUri uri, TopicWriter writer, FrameOptions options, Consumer<String> people) {
    this.people = people;
    this.outage = new Outage(uri);
    this.uri = uri;
    this.writer = writer;
    this.options = options;
  }

  /**
   * Will copy.
   *
   * @param until time of the last frame, tau, or NaN
   * @param people is told what is waited for
   */
  public static Forwarding of(
      FrameUri uri, TopicWriter writer, double until, Consumer<String> people) {
    FrameOptions options = PipelineOptionsFactory.as(FrameOptions.class);
    options.setIntervalMillis(Math.round(uri.number("interval", 1) * 1000));
    options.setUntil(until);
    return new Forwarding(uri, writer, options, people);
  }

  /** Copies until the end, or until told to stop; true at the end, which is then in the topic. */
  public boolean run(BooleanSupplier goOn) throws IOException {
    if (writer.ended()) {
      return true;
    }
    ReadPosition from = uri.scheme() == FrameScheme.SIMULATE ? ReadPosition.START : writer.source();
    writer.from(from.ordinal());
    position = new FrameFeed.Position(from, null);
    try {
      while (goOn.getAsBoolean()) {
        if (step()) {
          writer.end();
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      letGo();
    }
    return false;
  }

  /** Copies the next frame where there is one; true behind the last. */
  private boolean step() throws IOException, InterruptedException {
    Frame frame;
    try {
      frame = poll();
    } catch (BadFrameException e) {
      badFrames++;
      writer.write(e, feed.position().read());
      return false;
    } catch (IOException e) {
      if (!Outage.isOne(e, uri)) {
        throw e;
      }
      letGo();
      if (!outage.isOn()) {
        people.accept(uri.id() + ": " + outage.text(e));
      }
      outage.tried(e);
      return false;
    }
    if (frame != null) {
      idleSince = Long.MAX_VALUE;
      writer.write(frame, feed.position().read());
      return frame.time() >= options.getUntil() - SAME_TIME;
    }
    idle();
    return feed != null && feed.ended();
  }

  private Frame poll() throws IOException {
    if (!outage.isDue()) {
      return null;
    }
    if (feed == null) {
      feed = Feeds.open(uri, uri.id(), position, options);
    }
    Frame frame = feed.poll();
    if (outage.isOn()) {
      outage.end();
      people.accept(uri.id() + ": can be read again");
    }
    return frame;
  }

  private void letGo() throws IOException {
    if (feed != null) {
      position = feed.position();
      feed.close();
      feed = null;
    }
  }

  private void idle() throws InterruptedException {
    long now = System.nanoTime();
    idleSince = idleSince == Long.MAX_VALUE ? now : idleSince;
    if (!told && now - idleSince > TELL_NANOS) {
      told = true;
      people.accept(uri.id() + ": waiting for frames of " + uri);
    }
    Thread.sleep(IDLE_MILLIS);
  }

  /** Frames that could not be used, passed on as such. */
  public long badFrames() {
    return badFrames;
  }
}
