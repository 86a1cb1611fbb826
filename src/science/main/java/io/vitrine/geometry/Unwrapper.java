package io.vitrine.geometry;

import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import java.util.List;

/**
 * Paths of particles through a window of frames, freed of periodic wrapping.
 *
 * <p>From frame to frame a particle makes the step that {@link FrameStep} gives. Steps are summed
 * outwards from the centre frame, so that precision does not depend on how far the particle is from
 * the coordinate origin.
 *
 * <p>Units: sigma. A step by minimum image is ambiguous near half the box: {@link
 * Paths#largestStep} says how close the window came to that. Cost: one step a particle and frame.
 */
public final class Unwrapper {
  private Unwrapper() {}

  /**
   * Follows particles through consecutive frames of one simulation.
   *
   * @param frames at least one, in order of time, of the same particles
   * @param centre index of the frame that positions are relative to
   * @param targets indices [n] of the particles to follow
   */
  public static Paths follow(List<Frame> frames, int centre, int[] targets) {
    for (Frame frame : frames) {
      if (!frame.particles().equals(frames.get(0).particles())) {
        throw Check.refuse("particles of " + frame, "equal those of " + frames.get(0), "others");
      }
    }
    double[][] relative = new double[frames.size()][];
    relative[centre] = new double[3 * targets.length];
    double largest = 0;
    for (int f = centre + 1; f < frames.size(); f++) {
      relative[f] = relative[f - 1].clone();
      largest = Math.max(largest, step(frames, f, targets, relative[f], 1));
    }
    for (int f = centre - 1; f >= 0; f--) {
      relative[f] = relative[f + 1].clone();
      largest = Math.max(largest, step(frames, f + 1, targets, relative[f], -1));
    }
    return new Paths(relative, largest);
  }

  /** Adds sign times the step from frame f - 1 to frame f; returns the longest, as a fraction. */
  private static double step(List<Frame> frames, int f, int[] targets, double[] sum, int sign) {
    FrameStep step = FrameStep.between(frames.get(f - 1), frames.get(f));
    double[] d = new double[3];
    double largest = 0;
    for (int n = 0; n < targets.length; n++) {
      largest = Math.max(largest, step.of(targets[n], d));
      sum[3 * n] += sign * d[0];
      sum[3 * n + 1] += sign * d[1];
      sum[3 * n + 2] += sign * d[2];
    }
    return largest;
  }
}
