package io.vitrine.streaming.io;

import io.vitrine.streaming.io.feed.FrameOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.CoderUtils;

/** Opens readers as a runner does and reads on until they have said enough. */
public final class Readers {
  /** More polls than any test needs; an engine takes some. */
  private static final int MOST_POLLS = 100_000;

  private Readers() {}

  public static FrameOptions options(String uri) {
    FrameOptions options = PipelineOptionsFactory.as(FrameOptions.class);
    options.setFrames(Map.of("s", uri));
    // Polls of an engine that is still computing must not eat its core.
    options.setIdleMillis(uri.startsWith("simulate:") ? 2 : 0);
    return options;
  }

  public static FrameReader open(String uri, FrameMark mark) throws IOException {
    return open(options(uri), mark);
  }

  public static FrameReader open(FrameOptions options, FrameMark mark) throws IOException {
    return (FrameReader) FrameSource.of(List.of("s")).createReader(options, mark);
  }

  /** The mark as a checkpoint keeps it. */
  public static FrameMark stored(FrameReader reader) throws IOException {
    FrameMark.MarkCoder coder = new FrameMark.MarkCoder();
    return CoderUtils.decodeFromByteArray(
        coder, CoderUtils.encodeToByteArray(coder, (FrameMark) reader.getCheckpointMark()));
  }

  /** Reads the next event, waiting for it. */
  public static FrameEvent next(FrameReader reader) throws IOException {
    for (int poll = 0; poll < MOST_POLLS; poll++) {
      if (reader.advance()) {
        return reader.getCurrent();
      }
    }
    throw new AssertionError("no event after " + MOST_POLLS + " polls");
  }

  /** Reads all events up to the end. */
  public static List<FrameEvent> rest(FrameReader reader) throws IOException {
    List<FrameEvent> events = new ArrayList<>();
    do {
      events.add(next(reader));
    } while (events.get(events.size() - 1).kind() != FrameEvent.Kind.END);
    return events;
  }

  static List<FrameEvent> all(String uri) throws IOException {
    try (FrameReader reader = open(uri, null)) {
      return rest(reader);
    }
  }

  /** Times, tau, of the frames among the events. */
  static List<Double> frameTimes(List<FrameEvent> events) {
    return events.stream()
        .filter(e -> e.kind() == FrameEvent.Kind.FRAME)
        .map(e -> e.millis() / 1000.0)
        .toList();
  }

  public static List<FrameEvent> deadLetters(List<FrameEvent> events) {
    return events.stream().filter(e -> e.kind() == FrameEvent.Kind.DEAD_LETTER).toList();
  }
}
