package io.vitrine.geometry;

import io.vitrine.model.Box;

/**
 * The shortest of all periodic images of a displacement.
 *
 * <p>Units: sigma. Only periodic edges are used. Right for any box, however skewed: the periodic
 * edges are first replaced by the shortest ones that span the same lattice (Minkowski-reduced:
 * rounding along these is off by at most one edge, so 27 images are enough). An image exactly half
 * way is resolved to the side that rounding half to even gives.
 *
 * <p>Cost: three roundings for orthogonal boxes, 27 lengths for triclinic ones.
 *
 * @see <a href="https://doi.org/10.1145/1597036.1597050">Nguyen and Stehle 2009</a>, section 3, for
 *     reduced bases in three dimensions
 */
public final class MinimumImage {
  private final boolean orthogonal;
  private final int edges;

  /** Reduced periodic edges [edges][3]. */
  private final double[][] edge;

  /** Rows that give the fractional coordinate of a displacement along each reduced edge. */
  private final double[][] dual;

  private MinimumImage(boolean orthogonal, double[][] edge, double[][] dual) {
    this.orthogonal = orthogonal;
    this.edges = edge.length;
    this.edge = edge;
    this.dual = dual;
  }

  /** The minimum image convention of a box. */
  public static MinimumImage of(Box box) {
    double[][] all = {
      {box.lx(), 0, 0}, {box.xy(), box.ly(), 0}, {box.xz(), box.yz(), box.lz()},
    };
    boolean[] periodic = {box.periodicX(), box.periodicY(), box.periodicZ()};
    int n = 0;
    double[][] edge = new double[3][];
    for (int d = 0; d < 3; d++) {
      if (periodic[d]) {
        edge[n++] = all[d];
      }
    }
    edge = java.util.Arrays.copyOf(edge, n);
    if (!box.isOrthogonal()) {
      ReducedBasis.reduce(edge);
    }
    return new MinimumImage(box.isOrthogonal(), edge, ReducedBasis.dual(edge));
  }

  /** Replaces the displacement at {@code d[at], d[at + 1], d[at + 2]} by its shortest image. */
  public void apply(double[] d, int at) {
    for (int e = 0; e < edges; e++) {
      subtract(d, at, e, Math.rint(along(d, at, e)));
    }
    if (!orthogonal && edges > 0) {
      shortestOfNeighbours(d, at);
    }
  }

  /**
   * How far a displacement reaches, as a fraction of half the box: 1 means that it is as long,
   * along some periodic edge, as its next image, so that the two cannot be told apart.
   */
  public double reach(double[] d, int at) {
    double reach = 0;
    for (int e = 0; e < edges; e++) {
      reach = Math.max(reach, 2 * Math.abs(along(d, at, e)));
    }
    return reach;
  }

  private double along(double[] d, int at, int e) {
    double[] row = dual[e];
    return d[at] * row[0] + d[at + 1] * row[1] + d[at + 2] * row[2];
  }

  private void subtract(double[] d, int at, int e, double times) {
    if (times != 0) {
      d[at] -= times * edge[e][0];
      d[at + 1] -= times * edge[e][1];
      d[at + 2] -= times * edge[e][2];
    }
  }

  private void shortestOfNeighbours(double[] d, int at) {
    double x = d[at];
    double y = d[at + 1];
    double z = d[at + 2];
    double best = x * x + y * y + z * z;
    int images = edges == 3 ? 27 : edges == 2 ? 9 : 3;
    for (int image = 0; image < images; image++) {
      double tx = x;
      double ty = y;
      double tz = z;
      int code = image;
      for (int e = 0; e < edges; e++) {
        int times = code % 3 - 1;
        code /= 3;
        tx += times * edge[e][0];
        ty += times * edge[e][1];
        tz += times * edge[e][2];
      }
      double length = tx * tx + ty * ty + tz * tz;
      if (length < best) {
        best = length;
        d[at] = tx;
        d[at + 1] = ty;
        d[at + 2] = tz;
      }
    }
  }
}
