package io.vitrine.format.gsd;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;

/**
 * A frame's positions as HOOMD wants them: within the box along periodic edges, the box's centre at
 * the origin, and the image flags that undo it. In two dimensions z stays 0.
 *
 * <p>Float32 rounding may put a particle on the upper face of an orthogonal box; it is then put on
 * the lower face of the next image.
 */
final class CentredPositions {
  private final float[] positions;
  private final int[] images;

  private CentredPositions(float[] positions, int[] images) {
    this.positions = positions;
    this.images = images;
  }

  static CentredPositions of(Frame frame) {
    Box box = frame.box();
    double[] xyz = frame.positions();
    float[] positions = new float[xyz.length];
    int[] images = frame.images() == null ? new int[xyz.length] : frame.images().clone();
    double[] middle = {
      box.originX() + (box.lx() + box.xy() + box.xz()) / 2,
      box.originY() + (box.ly() + box.yz()) / 2,
      box.dimensions() == 2 ? 0 : box.originZ() + box.lz() / 2
    };
    double[] edges = {box.lx(), box.ly(), box.lz()};
    boolean[] periodic = {box.periodicX(), box.periodicY(), box.periodicZ()};
    double[] r = new double[3];
    for (int i = 0; i < xyz.length; i += 3) {
      wrap(box, xyz, images, i, r);
      for (int d = 0; d < 3; d++) {
        float centred = (float) (r[d] - middle[d]);
        if (periodic[d] && box.isOrthogonal() && centred >= (float) edges[d] / 2) {
          centred -= (float) edges[d];
          images[i + d]++;
        }
        positions[i + d] = centred;
      }
    }
    boolean known = frame.unwrapped() || frame.images() != null;
    return new CentredPositions(positions, known ? images : null);
  }

  private static void wrap(Box box, double[] xyz, int[] images, int i, double[] r) {
    double x = xyz[i];
    double y = xyz[i + 1];
    double z = xyz[i + 2];
    double sz = (z - box.originZ()) / box.lz();
    int c = box.periodicZ() ? floor(sz) : 0;
    if (c != 0) {
      z -= c * box.lz();
      y -= c * box.yz();
      x -= c * box.xz();
      sz -= c;
    }
    double sy = (y - box.originY() - box.yz() * sz) / box.ly();
    int b = box.periodicY() ? floor(sy) : 0;
    if (b != 0) {
      y -= b * box.ly();
      x -= b * box.xy();
      sy -= b;
    }
    double sx = (x - box.originX() - box.xy() * sy - box.xz() * sz) / box.lx();
    int a = box.periodicX() ? floor(sx) : 0;
    if (a != 0) {
      x -= a * box.lx();
    }
    images[i] += a;
    images[i + 1] += b;
    images[i + 2] += c;
    r[0] = x;
    r[1] = y;
    r[2] = z;
  }

  private static int floor(double s) {
    return Double.isFinite(s) ? (int) Math.floor(s) : 0;
  }

  /** Centred positions [3N]. */
  float[] positions() {
    return positions;
  }

  /** Image flags [3N], or null where the frame does not say. */
  int[] images() {
    return images;
  }
}
