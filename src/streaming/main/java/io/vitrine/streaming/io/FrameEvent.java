package io.vitrine.streaming.io;

import io.vitrine.model.DeadLetter;
import io.vitrine.model.Frame;
import java.util.Objects;

/**
 * What a source says of one simulation: here is a frame, this frame cannot be used, this is the
 * end.
 *
 * @param simulation identifier of the simulation
 * @param kind which of the three
 * @param millis event time, ms: of the frame, else the time the source has promised
 * @param ordinal position of the event in its source, from 0
 * @param thinned frames left out on purpose so far
 * @param frame the frame, or null
 * @param letter the dead letter, or null
 * @param failure why the simulation ended early, or null
 */
public record FrameEvent(
    String simulation,
    Kind kind,
    long millis,
    long ordinal,
    long thinned,
    Frame frame,
    DeadLetter letter,
    String failure) {

  /** The three things a source can say. */
  public enum Kind {
    /** A frame that is data. */
    FRAME,
    /** A frame that cannot be used. */
    DEAD_LETTER,
    /** No more frames will come. */
    END
  }

  /** Checks that what the kind promises is there. */
  public FrameEvent {
    Objects.requireNonNull(simulation, "simulation");
    if (kind == Kind.FRAME) {
      Objects.requireNonNull(frame, "frame");
    } else if (kind == Kind.DEAD_LETTER) {
      Objects.requireNonNull(letter, "letter");
    }
  }

  static FrameEvent data(long millis, long ordinal, long thinned, Frame frame) {
    return new FrameEvent(
        frame.simulation(), Kind.FRAME, millis, ordinal, thinned, frame, null, null);
  }

  static FrameEvent dead(long millis, long thinned, DeadLetter letter) {
    return new FrameEvent(
        letter.simulation(),
        Kind.DEAD_LETTER,
        millis,
        letter.ordinal(),
        thinned,
        null,
        letter,
        null);
  }

  static FrameEvent end(
      String simulation, long millis, long ordinal, long thinned, String failure) {
    return new FrameEvent(simulation, Kind.END, millis, ordinal, thinned, null, null, failure);
  }
}
