package io.vitrine.dynamics;

import io.vitrine.model.Check;

/**
 * How many frames the observation window of p_hop has: 5 tau before the centre, 5 tau after it, the
 * centre itself; the structure that goes with it is that of 2 tau before the centre.
 *
 * @param intervalMillis time between frames, tau/1000; divides 1 tau
 */
public record WindowSpec(int intervalMillis) {
  private static final int TAU = 1000;
  private static final int HALF_WINDOW = 5 * TAU;
  private static final int LAG = 2 * TAU;

  /** Checks that the interval divides 1 tau. */
  public WindowSpec {
    Check.positive("frame interval (tau/1000)", intervalMillis);
    if (TAU % intervalMillis != 0) {
      throw Check.refuse("frame interval (tau/1000)", "divide 1000", intervalMillis);
    }
  }

  /** Frames 1 tau apart: windows of 11. */
  public static WindowSpec standard() {
    return new WindowSpec(TAU);
  }

  /** Frames of a complete window. */
  public int frames() {
    return 2 * halfFrames() + 1;
  }

  /** Frames before the centre, and as many after it: also the index of the centre. */
  public int halfFrames() {
    return HALF_WINDOW / intervalMillis;
  }

  /** Frames from the one whose structure counts to the centre. */
  public int lagFrames() {
    return LAG / intervalMillis;
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
