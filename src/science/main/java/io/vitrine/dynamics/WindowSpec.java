package io.vitrine.dynamics;

import io.vitrine.model.Check;

/**
 * How many frames the observation window of p_hop has: 5 tau before the centre, 5 tau after it, the
 * centre itself; the structure that goes with it is that of a frame of the window, usually 2 tau
 * before the centre.
 *
 * @param intervalMillis time between frames, tau/1000; divides 1 tau
 * @param lagMillis time from the structure to the centre, tau/1000; a multiple of the interval
 *     within 5 tau, negative where the structure comes after
 */
public record WindowSpec(int intervalMillis, int lagMillis) {
  private static final int TAU = 1000;
  private static final int HALF_WINDOW = 5 * TAU;
  private static final int LAG = 2 * TAU;

  /** Checks both. */
  public WindowSpec {
    check(intervalMillis, lagMillis);
  }

  /**
   * Refuses an interval that does not divide 1 tau, and a lag that names no frame of the window.
   */
  public static void check(int intervalMillis, int lagMillis) {
    Check.positive("frame interval (tau/1000)", intervalMillis);
    if (TAU % intervalMillis != 0) {
      throw Check.refuse("frame interval (tau/1000)", "divide 1000", intervalMillis);
    }
    if (Math.abs(lagMillis) > HALF_WINDOW || lagMillis % intervalMillis != 0) {
      throw Check.refuse(
          "lag of the structure (tau/1000)",
          "be a multiple of " + intervalMillis + " within " + HALF_WINDOW,
          lagMillis);
    }
  }

  /** Frames 1 tau apart: windows of 11. */
  public static WindowSpec standard() {
    return every(TAU);
  }

  /** Frames this far apart, the structure 2 tau before the centre. */
  public static WindowSpec every(int intervalMillis) {
    return new WindowSpec(intervalMillis, LAG);
  }

  /** Frames of a complete window. */
  public int frames() {
    return 2 * halfFrames() + 1;
  }

  /** Frames before the centre, and as many after it: also the index of the centre. */
  public int halfFrames() {
    return HALF_WINDOW / intervalMillis;
  }

  /** Frames from the one whose structure counts to the centre; negative where it comes after. */
  public int lagFrames() {
    return lagMillis / intervalMillis;
  }

  /** Index in the window of the frame whose structure counts. */
  public int structureFrame() {
    return halfFrames() - lagFrames();
  }

  /** Time from the first to the last frame, tau/1000. */
  public int spanMillis() {
    return 2 * HALF_WINDOW;
  }
}
