package io.vitrine.format;

import io.vitrine.model.Box;
import java.util.Arrays;

/**
 * A box given by three edge vectors of any direction, and the rotation that turns it so that the
 * first lies along x and the second in the xy plane, as {@link Box} wants it.
 *
 * <p>Nothing this system measures depends on direction, so frames in a general box are read
 * rotated. A left-handed cell spans the same lattice as the one with its third vector turned round,
 * and is read as that; image flags along it change their sign.
 */
public final class CellVectors {
  private final Box box;
  private final double[] rotation;
  private final boolean turnedRound;

  private CellVectors(Box box, double[] rotation, boolean turnedRound) {
    this.box = box;
    this.rotation = rotation;
    this.turnedRound = turnedRound;
  }

  /**
   * Edge vectors (rows a, b, c), lower corner and periodic edges.
   *
   * @throws IllegalArgumentException for vectors that span no box
   */
  public static CellVectors of(double[] abc, double[] origin, boolean[] periodic) {
    double[] a = {abc[0], abc[1], abc[2]};
    double[] b = {abc[3], abc[4], abc[5]};
    double[] c = {abc[6], abc[7], abc[8]};
    double[] corner = origin.clone();
    double volume = dot(cross(a, b), c);
    if (volume == 0) {
      throw new IllegalArgumentException(
          "expected edge vectors that span a box, found " + Arrays.toString(abc));
    }
    boolean leftHanded = volume < 0;
    for (int d = 0; d < c.length && leftHanded; d++) {
      corner[d] += c[d];
      c[d] = -c[d];
    }
    boolean upright = a[1] == 0 && a[2] == 0 && b[2] == 0 && a[0] > 0 && b[1] > 0;
    if (upright) {
      Box box = boxOf(a[0], b[1], c[2], b[0], c[0], c[1], corner, periodic);
      return new CellVectors(box, null, leftHanded);
    }
    double[] x = unit(a);
    double[] z = unit(cross(a, b));
    double[] y = cross(z, x);
    double[] rotation = {x[0], x[1], x[2], y[0], y[1], y[2], z[0], z[1], z[2]};
    rotate(rotation, corner);
    Box box =
        boxOf(dot(x, a), dot(y, b), dot(z, c), dot(x, b), dot(x, c), dot(y, c), corner, periodic);
    return new CellVectors(box, rotation, leftHanded);
  }

  /** The box, rotated. */
  public Box box() {
    return box;
  }

  /** Rotates vectors [3N] with the box, in place. */
  public void rotate(double[] xyz) {
    if (rotation != null) {
      rotate(rotation, xyz);
    }
  }

  /** Counts image flags [3N], or null, along the edges of {@link #box}, in place. */
  public int[] orient(int[] images) {
    for (int i = 2; turnedRound && images != null && i < images.length; i += 3) {
      images[i] = -images[i];
    }
    return images;
  }

  private static Box boxOf(
      double lx,
      double ly,
      double lz,
      double xy,
      double xz,
      double yz,
      double[] origin,
      boolean[] p) {
    return new Box(lx, ly, lz, xy, xz, yz, origin[0], origin[1], origin[2], p[0], p[1], p[2], 3);
  }

  private static void rotate(double[] m, double[] xyz) {
    for (int i = 0; i < xyz.length; i += 3) {
      double x = xyz[i];
      double y = xyz[i + 1];
      double z = xyz[i + 2];
      xyz[i] = m[0] * x + m[1] * y + m[2] * z;
      xyz[i + 1] = m[3] * x + m[4] * y + m[5] * z;
      xyz[i + 2] = m[6] * x + m[7] * y + m[8] * z;
    }
  }

  private static double[] unit(double[] v) {
    double length = Math.sqrt(dot(v, v));
    return new double[] {v[0] / length, v[1] / length, v[2] / length};
  }

  private static double dot(double[] u, double[] v) {
    return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
  }

  private static double[] cross(double[] u, double[] v) {
    return new double[] {
      u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]
    };
  }
}
