package io.vitrine.dynamics;

import io.vitrine.geometry.Paths;

/** What chosen particles did over one complete window. */
public final class WindowHops {
  private final double[] pHop;
  private final Paths paths;

  WindowHops(double[] pHop, Paths paths) {
    this.pHop = pHop;
    this.paths = paths;
  }

  /** p_hop [n] of the targets at the centre of the window, sigma^2, frozen. */
  public double[] pHop() {
    return pHop;
  }

  /** See {@link Paths#largestStep}: near 1, positions were possibly unwrapped the wrong way. */
  public double largestStep() {
    return paths.largestStep();
  }

  /** Displacement [3n] from the first to the last frame, xyz interleaved, sigma. */
  public double[] displacement() {
    return displacement(paths.relative().length - 1);
  }

  /** Displacement [3n] from the first frame to the one {@code lagFrames} after it, sigma. */
  public double[] displacement(int lagFrames) {
    double[] first = paths.relative()[0];
    double[] displacement = paths.relative()[lagFrames].clone();
    for (int d = 0; d < displacement.length; d++) {
      displacement[d] -= first[d];
    }
    return displacement;
  }

  /** See {@link CumulativeDisplacement}. */
  public double[] cumulativeDisplacement() {
    return CumulativeDisplacement.of(paths.relative());
  }
}
