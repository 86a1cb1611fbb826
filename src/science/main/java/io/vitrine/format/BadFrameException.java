package io.vitrine.format;

import java.io.IOException;

/**
 * One frame cannot be used; the frames behind it may be. Carries what a dead letter needs.
 *
 * <p>The message says what was found and what was expected; {@link #where} says file and place.
 */
public final class BadFrameException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String where;
  private final double time;

  /**
   * @param where file and place (byte offset, line or frame)
   * @param time simulation time of the frame, tau, or NaN where it could not be read
   * @param reason what was found and what was expected
   */
  public BadFrameException(String where, double time, String reason) {
    super(reason);
    this.where = where;
    this.time = time;
  }

  /** File and place. */
  public String where() {
    return where;
  }

  /** Simulation time of the frame, tau, or NaN. */
  public double time() {
    return time;
  }
}
