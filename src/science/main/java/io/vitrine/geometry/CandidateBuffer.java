package io.vitrine.geometry;

import io.vitrine.model.Species;
import java.util.Arrays;

/**
 * Everything that may be a neighbour of the particles of one block of cells: positions already
 * shifted to the right periodic image, in contiguous arrays, by species.
 */
final class CandidateBuffer {
  private static final int FIRST_CAPACITY = 4096;

  private final CellGrid grid;
  private final CellRows rows;

  private final double[][] x = new double[Species.COUNT][FIRST_CAPACITY];
  private final double[][] y = new double[Species.COUNT][FIRST_CAPACITY];
  private final double[][] z = new double[Species.COUNT][FIRST_CAPACITY];
  private final int[] count = new int[Species.COUNT];
  private double[] squared = new double[FIRST_CAPACITY];

  /** Where a particle of the block's own rows stands here, less its rank, by species and row. */
  private final int[][] own = new int[Species.COUNT][CellGrid.BLOCK * CellGrid.BLOCK];

  CandidateBuffer(CellGrid grid, CellRows rows) {
    this.grid = grid;
    this.rows = rows;
  }

  /** Copies every image within reach of the block that begins with cell (cx, cy, cz). */
  void gather(int cx, int cy, int cz) {
    Arrays.fill(count, 0);
    for (int row = 0; row < rows.count; row++) {
      int v = cy + rows.dy[row];
      int w = cz + rows.dz[row];
      int imageY = Math.floorDiv(v, grid.ny);
      int imageZ = Math.floorDiv(w, grid.nz);
      if ((imageY != 0 && !grid.box.periodicY()) || (imageZ != 0 && !grid.box.periodicZ())) {
        continue;
      }
      int line = ((w - imageZ * grid.nz) * grid.ny + v - imageY * grid.ny) * grid.nx;
      int home = ownRow(rows.dy[row], rows.dz[row]);
      int from = cx + rows.from[row];
      int last = cx + rows.to[row];
      while (from <= last) {
        int imageX = Math.floorDiv(from, grid.nx);
        int end = Math.min(last, (imageX + 1) * grid.nx - 1);
        if (imageX == 0 || grid.box.periodicX()) {
          int begin = line + from - imageX * grid.nx;
          boolean itself = home >= 0 && imageX == 0 && imageY == 0 && imageZ == 0;
          copy(begin, begin + end - from, imageX, imageY, imageZ, itself ? home : -1);
        }
        from = end + 1;
      }
    }
  }

  /** Copies an image of the cells from {@code begin} to {@code end}. */
  private void copy(int begin, int end, int imageX, int imageY, int imageZ, int home) {
    double sx = grid.lattice.x(imageX, imageY, imageZ);
    double sy = grid.lattice.y(imageY, imageZ);
    double sz = grid.lattice.z(imageZ);
    for (int s = 0; s < count.length; s++) {
      int base = s * grid.cells();
      int from = grid.start[base + begin];
      int n = grid.start[base + end + 1] - from;
      int at = count[s];
      if (at + n > x[s].length) {
        grow(s, at + n);
      }
      if (home >= 0) {
        own[s][home] = at - from;
      }
      double[] tx = x[s];
      double[] ty = y[s];
      double[] tz = z[s];
      for (int i = 0; i < n; i++) {
        tx[at + i] = grid.x[from + i] + sx;
        ty[at + i] = grid.y[from + i] + sy;
        tz[at + i] = grid.z[from + i] + sz;
      }
      count[s] = at + n;
    }
  }

  private void grow(int s, int needed) {
    int capacity = Math.max(2 * x[s].length, needed);
    x[s] = Arrays.copyOf(x[s], capacity);
    y[s] = Arrays.copyOf(y[s], capacity);
    z[s] = Arrays.copyOf(z[s], capacity);
    squared = new double[Math.max(squared.length, capacity)];
  }

  /** Index of one of the block's own rows, given relative to its first, or -1 for other rows. */
  private static int ownRow(int dy, int dz) {
    boolean inside = dy >= 0 && dy < CellGrid.BLOCK && dz >= 0 && dz < CellGrid.BLOCK;
    return inside ? dz * CellGrid.BLOCK + dy : -1;
  }

  /** Where a particle of the block stands here: its species, rank and cell's row in the block. */
  int indexOf(int species, int rank, int dy, int dz) {
    return own[species][ownRow(dy, dz)] + rank;
  }

  /**
   * Squared distances of all candidates of a species within the cut-off to a point; returns how
   * many.
   *
   * @param self index of the particle the point is, which is left out, or -1 for none; its periodic
   *     images stay
   * @param limit squared distances below this count
   */
  int within(int species, double px, double py, double pz, int self, double limit) {
    distances(x[species], y[species], z[species], count[species], px, py, pz, squared);
    if (self >= 0) {
      squared[self] = Double.MAX_VALUE;
    }
    return compact(squared, count[species], limit);
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
