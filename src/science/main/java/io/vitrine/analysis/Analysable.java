package io.vitrine.analysis;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;

/**
 * What can be analysed: particles that span the dimensions of their space, in a box that is not
 * thin along its periodic edges.
 */
public final class Analysable {
  /** A box thinner than half a particle makes neighbours of a particle and its own images. */
  private static final double THINNEST = 0.5;

  /** Positions of a plane may have been rounded. */
  private static final double SAME_PLANE = 1e-3;

  private Analysable() {}

  /**
   * Refuses a frame that cannot be analysed.
   *
   * @throws IllegalArgumentException saying what was expected and found
   */
  public static void check(Frame frame) {
    Box box = frame.box();
    boolean[] periodic = {box.periodicX(), box.periodicY(), box.periodicZ()};
    double[] heights = {box.heightX(), box.heightY(), box.heightZ()};
    for (int axis = 0; axis < box.dimensions(); axis++) {
      String name = String.valueOf("xyz".charAt(axis));
      if (frame.count() > 3 && isFlat(frame.positions(), axis)) {
        throw flat(box, "all particles at " + name + " = " + frame.positions()[axis]);
      }
      if (periodic[axis] && heights[axis] < THINNEST) {
        throw flat(box, "a box " + (float) heights[axis] + " sigma thick along " + name);
      }
    }
  }

  private static boolean isFlat(double[] positions, int axis) {
    for (int i = axis; i < positions.length; i += 3) {
      if (!(Math.abs(positions[i] - positions[axis]) < SAME_PLANE)) {
        return false;
      }
    }
    return true;
  }

  private static IllegalArgumentException flat(Box box, String found) {
    return new IllegalArgumentException(
        String.format(
            "expected %s dimensions, found %s (dimensions=2 takes the plane z = 0)",
            box.dimensions() == 2 ? "two" : "three", found));
  }
}
