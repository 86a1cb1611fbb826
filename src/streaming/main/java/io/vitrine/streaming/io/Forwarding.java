package io.vitrine.streaming.io;

import io.vitrine.format.BadFrameException;
import io.vitrine.format.ReadPosition;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Copies the frames of any source into a topic, bad ones as such, until the source ends.
 *
 * <p>Started again it opens the source where the last record of the topic says it stood, checksums
 * included; the built-in engine computes from its start again, which gives the same frames.
 */
public final class Forwarding {
  private static final long IDLE_MILLIS = 20;
  private static final double SAME_TIME = 1e-6;

  private final FrameUri uri;
  private final TopicWriter writer;
  private final FrameOptions options;
  private long badFrames;

  private Forwarding(FrameUri uri, TopicWriter writer, FrameOptions options) {
    this.uri = uri;
    this.writer = writer;
    this.options = options;
  }

  /** Will copy; {@code until} is the time of the last frame, tau, or NaN. */
  public static Forwarding of(FrameUri uri, TopicWriter writer, double until) {
    FrameOptions options = PipelineOptionsFactory.as(FrameOptions.class);
    options.setIntervalMillis(Math.round(uri.number("interval", 1) * 1000));
    options.setUntil(until);
    return new Forwarding(uri, writer, options);
  }

  /** Copies until the end, or until not to go on; true at the end, which is then in the topic. */
  public boolean run(BooleanSupplier goOn) throws IOException {
    if (writer.ended()) {
      return true;
    }
    ReadPosition from =
        uri.scheme() == FrameUri.Scheme.SIMULATE ? ReadPosition.START : writer.source();
    writer.from(from.ordinal());
    FrameFeed.Position position = new FrameFeed.Position(from, null);
    try (FrameFeed feed = Feeds.open(uri, uri.id(), position, options)) {
      while (goOn.getAsBoolean()) {
        try {
          Frame frame = feed.poll();
          if (frame != null) {
            writer.write(frame, feed.position().read());
          }
          if (frame == null ? feed.ended() : frame.time() >= options.getUntil() - SAME_TIME) {
            writer.end();
            return true;
          }
          if (frame == null) {
            Thread.sleep(IDLE_MILLIS);
          }
        } catch (BadFrameException e) {
          badFrames++;
          writer.write(e, feed.position().read());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Frames that could not be used, passed on as such. */
  public long badFrames() {
    return badFrames;
  }
}
