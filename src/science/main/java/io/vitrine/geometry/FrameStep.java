package io.vitrine.geometry;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;

/**
 * How far each particle went from one frame to the next, freed of periodic wrapping.
 *
 * <p>Where both frames carry image flags of their own, a step is the difference of the wrapped
 * positions plus the change of the flags times the edges of the later box. So a box that breathes
 * (constant pressure) moves nobody by the whole boxes that its flags count. Where both frames are
 * unwrapped, a step is the plain difference; where the boxes differ too, the whole boxes that the
 * earlier position lies away from its box are taken off both positions first, for the same reason.
 * Otherwise a step is the minimum image in the later box.
 *
 * <p>Units: sigma. Not thread-safe.
 */
public final class FrameStep {
  private final double[] a;
  private final double[] b;
  private final int[] imagesA;
  private final int[] imagesB;
  private final Box box;
  private final Box before;
  private final Lattice lattice;
  private final MinimumImage minimum;

  private FrameStep(Frame from, Frame to) {
    this.a = from.positions();
    this.b = to.positions();
    this.box = to.box();
    this.before = from.box();
    boolean plain = from.unwrapped() && to.unwrapped();
    boolean flagged = from.images() != null && to.images() != null;
    this.imagesA = flagged ? from.images() : null;
    this.imagesB = flagged ? to.images() : null;
    this.lattice = plain && !sameEdges(before, box) ? new Lattice(before) : null;
    this.minimum = plain || flagged ? null : MinimumImage.of(box);
  }

  /** The steps between two frames of the same particles. */
  public static FrameStep between(Frame from, Frame to) {
    return new FrameStep(from, to);
  }

  /**
   * Writes the step of one particle into {@code d} [3].
   *
   * @return {@link MinimumImage#reach} of a step found by minimum image, near 1 where it may have
   *     been taken the wrong way; 0 for any other step
   */
  public double of(int particle, double[] d) {
    int i = 3 * particle;
    d[0] = b[i] - a[i];
    d[1] = b[i + 1] - a[i + 1];
    d[2] = b[i + 2] - a[i + 2];
    if (minimum != null) {
      minimum.apply(d, 0);
      return minimum.reach(d, 0);
    }
    if (imagesA != null) {
      int nx = imagesB[i] - imagesA[i];
      int ny = imagesB[i + 1] - imagesA[i + 1];
      int nz = imagesB[i + 2] - imagesA[i + 2];
      if ((nx | ny | nz) != 0) {
        addEdges(box, nx, ny, nz, d);
      }
    } else if (lattice != null) {
      takeOffBoxes(i, d);
    }
    return 0;
  }

  private void takeOffBoxes(int i, double[] d) {
    double sz = lattice.fractionalZ(a[i + 2]);
    double sy = lattice.fractionalY(a[i + 1], sz);
    double sx = lattice.fractionalX(a[i], sy, sz);
    double nx = before.periodicX() ? Math.floor(sx) : 0;
    double ny = before.periodicY() ? Math.floor(sy) : 0;
    double nz = before.periodicZ() ? Math.floor(sz) : 0;
    addEdges(box, -nx, -ny, -nz, d);
    addEdges(before, nx, ny, nz, d);
  }

  private static void addEdges(Box box, double nx, double ny, double nz, double[] d) {
    d[0] += nx * box.lx() + ny * box.xy() + nz * box.xz();
    d[1] += ny * box.ly() + nz * box.yz();
    d[2] += nz * box.lz();
  }

  private static boolean sameEdges(Box one, Box other) {
    return one.lx() == other.lx()
        && one.ly() == other.ly()
        && one.lz() == other.lz()
        && one.xy() == other.xy()
        && one.xz() == other.xz()
        && one.yz() == other.yz();
  }
}
