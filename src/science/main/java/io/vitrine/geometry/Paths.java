package io.vitrine.geometry;

/** Where particles went over a window of frames, relative to where each is in one of them. */
public final class Paths {
  private final double[][] relative;
  private final double largestStep;

  Paths(double[][] relative, double largestStep) {
    this.relative = relative;
    this.largestStep = largestStep;
  }

  /** Positions [frames][3n], xyz interleaved, sigma, frozen; zero in the frame they refer to. */
  public double[][] relative() {
    return relative;
  }

  /**
   * The longest step that had to be found by minimum image, along any periodic edge, as a fraction
   * of half the box: near 1 it may have been taken the wrong way. 0 where no step needed it.
   */
  public double largestStep() {
    return largestStep;
  }
}
