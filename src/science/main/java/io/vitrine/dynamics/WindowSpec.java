package io.vitrine.dynamics;

import io.vitrine.model.Check;

/**
 * How many frames the observation window of p_hop has: half of its span before the centre, half
 * after it, the centre itself; the structure that goes with it is that of a frame of the window.
 * Usually 10 tau and 2 tau before the centre.
 *
 * @param intervalMillis time between frames, tau/1000; divides 1 tau
 * @param spanMillis time from the first to the last frame, tau/1000; an even number of intervals
 * @param lagMillis time from the structure to the centre, tau/1000; a multiple of the interval
 *     within half the span, negative where the structure comes after
 */
public record WindowSpec(int intervalMillis, int spanMillis, int lagMillis) {
  private static final int TAU = 1000;
  private static final int SPAN = 10 * TAU;
  private static final int MOST_SPAN = 1000 * TAU;
  private static final int LAG = 2 * TAU;

  /** Checks all three. */
  public WindowSpec {
    Check.positive("frame interval (tau/1000)", intervalMillis);
    if (TAU % intervalMillis != 0) {
      throw Check.refuse("frame interval (tau/1000)", "divide 1000", intervalMillis);
    }
    if (spanMillis <= 0 || spanMillis > MOST_SPAN || spanMillis % (2 * intervalMillis) != 0) {
      throw Check.refuse(
          "span of the window (tau/1000)",
          "be a multiple of " + 2 * intervalMillis + " in (0, " + MOST_SPAN + "]",
          spanMillis);
    }
    if (Math.abs(lagMillis) > spanMillis / 2 || lagMillis % intervalMillis != 0) {
      throw Check.refuse(
          "lag of the structure (tau/1000)",
          "be a multiple of " + intervalMillis + " within " + spanMillis / 2,
          lagMillis);
    }
  }

  /** Frames 1 tau apart: windows of 11. */
  public static WindowSpec standard() {
    return every(TAU);
  }

  /** Frames this far apart, 10 tau in all, the structure 2 tau before the centre. */
  public static WindowSpec every(int intervalMillis) {
    return new WindowSpec(intervalMillis, SPAN, LAG);
  }

  /** Frames of a complete window. */
  public int frames() {
    return 2 * halfFrames() + 1;
  }

  /** Frames before the centre, and as many after it: also the index of the centre. */
  public int halfFrames() {
    return spanMillis / 2 / intervalMillis;
  }

  /** Frames from the one whose structure counts to the centre; negative where it comes after. */
  public int lagFrames() {
    return lagMillis / intervalMillis;
  }

  /** Index in the window of the frame whose structure counts. */
  public int structureFrame() {
    return halfFrames() - lagFrames();
  }
}
