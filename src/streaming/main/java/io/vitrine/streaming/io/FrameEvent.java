package io.vitrine.streaming.io;

import io.vitrine.model.DeadLetter;
import io.vitrine.model.Frame;
import java.util.List;
import java.util.Objects;

/**
 * What a source says of one simulation: here is a frame, this frame cannot be used, this is the
 * end; and with any of them, or alone, what its user should know.
 *
 * @param simulation identifier of the simulation
 * @param kind which of the four
 * @param millis event time, ms: of the frame, else the time the source has promised
 * @param ordinal position of the event in its source, from 0
 * @param thinned frames left out on purpose so far
 * @param number of a frame: frames of its simulation that are data before it; else 0
 * @param windows of a frame: complete windows that ended before it; else 0
 * @param frame the frame, or null
 * @param letter the dead letter, or null
 * @param failure why the simulation ended early, or null
 * @param notices what its user should know, usually nothing
 */
public record FrameEvent(
    String simulation,
    Kind kind,
    long millis,
    long ordinal,
    long thinned,
    long number,
    long windows,
    Frame frame,
    DeadLetter letter,
    String failure,
    List<Notice> notices) {

  /**
   * Something a source left out or did otherwise, of which the newest word counts.
   *
   * @param subject what it is about, one word
   * @param count how often so far
   * @param text the sentence its user is told, empty for a mere count
   */
  public record Notice(String subject, long count, String text) {}

  /** The four things a source can say. */
  public enum Kind {
    /** A frame that is data. */
    FRAME,
    /** A frame that cannot be used. */
    DEAD_LETTER,
    /** Nothing but notices. */
    NOTE,
    /** No more frames will come. */
    END
  }

  /** Checks that what the kind promises is there. */
  public FrameEvent {
    Objects.requireNonNull(simulation, "simulation");
    notices = List.copyOf(notices);
    if (kind == Kind.FRAME) {
      Objects.requireNonNull(frame, "frame");
    } else if (kind == Kind.DEAD_LETTER) {
      Objects.requireNonNull(letter, "letter");
    }
  }

  static FrameEvent data(
      long millis,
      long ordinal,
      long thinned,
      long number,
      long windows,
      Frame frame,
      List<Notice> notices) {
    return new FrameEvent(
        frame.simulation(),
        Kind.FRAME,
        millis,
        ordinal,
        thinned,
        number,
        windows,
        frame,
        null,
        null,
        notices);
  }

  static FrameEvent dead(long millis, long thinned, DeadLetter letter, List<Notice> notices) {
    return new FrameEvent(
        letter.simulation(),
        Kind.DEAD_LETTER,
        millis,
        letter.ordinal(),
        thinned,
        0,
        0,
        null,
        letter,
        null,
        notices);
  }

  static FrameEvent note(
      String simulation, long millis, long ordinal, long thinned, List<Notice> notices) {
    return new FrameEvent(
        simulation, Kind.NOTE, millis, ordinal, thinned, 0, 0, null, null, null, notices);
  }

  static FrameEvent end(
      String simulation,
      long millis,
      long ordinal,
      long thinned,
      String failure,
      List<Notice> notices) {
    return new FrameEvent(
        simulation, Kind.END, millis, ordinal, thinned, 0, 0, null, null, failure, notices);
  }
}
