package io.vitrine.geometry;

import java.util.Arrays;

/**
 * Everything of one species that may be a neighbour of the particles of one block of cells:
 * positions already shifted to the right periodic image, in contiguous arrays.
 */
final class CandidateBuffer {
  private static final int FIRST_CAPACITY = 4096;

  private double[] x = new double[FIRST_CAPACITY];
  private double[] y = new double[FIRST_CAPACITY];
  private double[] z = new double[FIRST_CAPACITY];
  private double[] squared = new double[FIRST_CAPACITY];
  private int count;

  /** Where a particle of the block's own rows stands here, less its rank, by row. */
  private final int[] own = new int[CellGrid.BLOCK * CellGrid.BLOCK];

  /** Copies every image within reach of the block that begins with cell (cx, cy, cz). */
  void gather(CellGrid grid, CellRows rows, int species, int cx, int cy, int cz) {
    count = 0;
    int base = species * grid.cells();
    for (int row = 0; row < rows.count; row++) {
      int v = cy + rows.dy[row];
      int w = cz + rows.dz[row];
      int imageY = Math.floorDiv(v, grid.ny);
      int imageZ = Math.floorDiv(w, grid.nz);
      if ((imageY != 0 && !grid.box.periodicY()) || (imageZ != 0 && !grid.box.periodicZ())) {
        continue;
      }
      int line = base + ((w - imageZ * grid.nz) * grid.ny + v - imageY * grid.ny) * grid.nx;
      int home = ownRow(rows.dy[row], rows.dz[row]);
      int last = cx + rows.to[row];
      for (int u = cx + rows.from[row]; u <= last; ) {
        int imageX = Math.floorDiv(u, grid.nx);
        int end = Math.min(last, (imageX + 1) * grid.nx - 1);
        if (imageX == 0 || grid.box.periodicX()) {
          int begin = grid.start[line + u - imageX * grid.nx];
          if (home >= 0 && imageX == 0) {
            own[home] = count - begin;
          }
          int stop = grid.start[line + end - imageX * grid.nx + 1];
          double sx = grid.lattice.x(imageX, imageY, imageZ);
          double sy = grid.lattice.y(imageY, imageZ);
          copy(grid, begin, stop, sx, sy, grid.lattice.z(imageZ));
        }
        u = end + 1;
      }
    }
  }

  private void copy(CellGrid grid, int begin, int stop, double sx, double sy, double sz) {
    int n = stop - begin;
    if (count + n > x.length) {
      int capacity = Math.max(2 * x.length, count + n);
      x = Arrays.copyOf(x, capacity);
      y = Arrays.copyOf(y, capacity);
      z = Arrays.copyOf(z, capacity);
      squared = new double[capacity];
    }
    double[] gx = grid.x;
    double[] gy = grid.y;
    double[] gz = grid.z;
    double[] tx = x;
    double[] ty = y;
    double[] tz = z;
    int at = count;
    for (int i = 0; i < n; i++) {
      tx[at + i] = gx[begin + i] + sx;
      ty[at + i] = gy[begin + i] + sy;
      tz[at + i] = gz[begin + i] + sz;
    }
    count += n;
  }

  /** Index of one of the block's own rows, given relative to its first, or -1 for other rows. */
  private static int ownRow(int dy, int dz) {
    boolean inside = dy >= 0 && dy < CellGrid.BLOCK && dz >= 0 && dz < CellGrid.BLOCK;
    return inside ? dz * CellGrid.BLOCK + dy : -1;
  }

  /** Where a particle of the block stands here: its rank and its cell's row in the block. */
  int indexOf(int rank, int dy, int dz) {
    return own[ownRow(dy, dz)] + rank;
  }

  /**
   * Squared distances of all candidates within the cut-off to a point; returns how many.
   *
   * @param self index of the particle the point is, which is left out, or -1 for none; its periodic
   *     images stay
   * @param limit squared distances below this count
   */
  int within(double px, double py, double pz, int self, double limit) {
    distances(x, y, z, count, px, py, pz, squared);
    if (self >= 0) {
      squared[self] = Double.MAX_VALUE;
    }
    return compact(squared, count, limit);
  }

  double[] squared() {
    return squared;
  }

  private static void distances(
      double[] x, double[] y, double[] z, int n, double px, double py, double pz, double[] out) {
    for (int i = 0; i < n; i++) {
      double dx = x[i] - px;
      double dy = y[i] - py;
      double dz = z[i] - pz;
      out[i] = dx * dx + dy * dy + dz * dz;
    }
  }

  /** Keeps what is below the limit, in order; the sign bit of the difference counts, no branch. */
  private static int compact(double[] values, int n, double limit) {
    int kept = 0;
    for (int i = 0; i < n; i++) {
      double v = values[i];
      values[kept] = v;
      kept += (int) (Double.doubleToRawLongBits(v - limit) >>> 63);
    }
    return kept;
  }
}
