package io.vitrine.geometry;

import io.vitrine.model.Box;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import java.util.List;

/**
 * Paths of particles through a window of frames, freed of periodic wrapping.
 *
 * <p>From frame to frame a particle's step is the plain difference where both frames are unwrapped,
 * the difference of unwrapped positions where both carry image flags of their own, and the minimum
 * image (in the later frame's box) otherwise. Steps are summed outwards from the centre frame, so
 * that precision does not depend on how far the particle is from the coordinate origin.
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
    Frame from = frames.get(f - 1);
    Frame to = frames.get(f);
    double[] a = from.positions();
    double[] b = to.positions();
    boolean plain = from.unwrapped() && to.unwrapped();
    boolean images =
        !from.unwrapped() && !to.unwrapped() && from.images() != null && to.images() != null;
    boolean oneBox = from.box().equals(to.box());
    MinimumImage minimum = plain || images ? null : MinimumImage.of(to.box());
    double[] d = new double[3];
    double largest = 0;
    for (int n = 0; n < targets.length; n++) {
      int i = 3 * targets[n];
      d[0] = b[i] - a[i];
      d[1] = b[i + 1] - a[i + 1];
      d[2] = b[i + 2] - a[i + 2];
      if (images) {
        addImages(from, to, oneBox, i, d);
      } else if (minimum != null) {
        minimum.apply(d, 0);
        largest = Math.max(largest, minimum.reach(d, 0));
      }
      sum[3 * n] += sign * d[0];
      sum[3 * n + 1] += sign * d[1];
      sum[3 * n + 2] += sign * d[2];
    }
    return largest;
  }

  private static void addImages(Frame from, Frame to, boolean oneBox, int i, double[] d) {
    int[] a = from.images();
    int[] b = to.images();
    if (oneBox) {
      addLattice(to.box(), b[i] - a[i], b[i + 1] - a[i + 1], b[i + 2] - a[i + 2], d);
    } else {
      addLattice(to.box(), b[i], b[i + 1], b[i + 2], d);
      addLattice(from.box(), -a[i], -a[i + 1], -a[i + 2], d);
    }
  }

  private static void addLattice(Box box, int nx, int ny, int nz, double[] d) {
    if ((nx | ny | nz) != 0) {
      d[0] += nx * box.lx() + ny * box.xy() + nz * box.xz();
      d[1] += ny * box.ly() + nz * box.yz();
      d[2] += nz * box.lz();
    }
  }
}
