package io.vitrine.geometry;

/**
 * Which cells around a block of cells can hold neighbours: rows along the first edge, as offsets
 * from the block's first cell.
 *
 * <p>A cell is taken when the smallest distance between any of its points and any of the block's
 * may be within the cut-off. For orthogonal cells that distance is exact; for tilted ones it is
 * bounded from below, so that a few cells too many are searched.
 */
final class CellRows {
  /** Rounding in cell indices must never lose a neighbour at the cut-off. */
  private static final double SLACK = 1 + 1e-9;

  final int count;
  final int[] dy;
  final int[] dz;

  /** First and last offset along the row. */
  final int[] from;

  final int[] to;

  /** Largest distance of a point of the block from its centre, sigma. */
  final double blockRadius;

  private CellRows(int count, int[] dy, int[] dz, int[] from, int[] to, double blockRadius) {
    this.count = count;
    this.dy = dy;
    this.dz = dz;
    this.from = from;
    this.to = to;
    this.blockRadius = blockRadius;
  }

  /**
   * Rows within reach.
   *
   * @param cell edges of a cell: ax, bx, by, cx, cy, cz
   */
  static CellRows within(double cutoff, double[] cell) {
    double ax = cell[0];
    double bx = cell[1];
    double by = cell[2];
    double cx = cell[3];
    double cy = cell[4];
    double cz = cell[5];
    double reach = cutoff * SLACK;
    // Distances between opposite faces.
    double hx = ax * by * cz / Math.sqrt(sq(by * cz) + sq(bx * cz) + sq(bx * cy - by * cx));
    double hy = by * cz / Math.sqrt(sq(cz) + sq(cy));
    double[] h = {hx, hy, cz};
    boolean orthogonal = bx == 0 && cx == 0 && cy == 0;
    double diagonal = longestDiagonal(cell);
    int mx = (int) (reach / h[0]) + CellGrid.BLOCK;
    int my = (int) (reach / h[1]) + CellGrid.BLOCK;
    int mz = (int) (reach / h[2]) + CellGrid.BLOCK;
    int rows = (2 * my + 1) * (2 * mz + 1);
    CellRows all = new CellRows(0, new int[rows], new int[rows], new int[rows], new int[rows], 0);
    int n = 0;
    for (int k = -mz; k <= mz; k++) {
      for (int j = -my; j <= my; j++) {
        int first = 1;
        int last = 0;
        for (int i = -mx; i <= mx; i++) {
          double gx = gap(i) * h[0];
          double gy = gap(j) * h[1];
          double gz = gap(k) * h[2];
          double between =
              orthogonal
                  ? Math.sqrt(sq(gx) + sq(gy) + sq(gz))
                  : Math.max(
                      Math.max(gx, Math.max(gy, gz)),
                      betweenCentres(i, j, k, cell) - (1 + CellGrid.BLOCK) * diagonal / 2);
          if (between <= reach) {
            first = first > last ? i : first;
            last = i;
          }
        }
        if (first <= last) {
          all.dy[n] = j;
          all.dz[n] = k;
          all.from[n] = first;
          all.to[n] = last;
          n++;
        }
      }
    }
    return new CellRows(n, all.dy, all.dz, all.from, all.to, 0.5 * CellGrid.BLOCK * diagonal);
  }

  /**
   * The first offset along a row that is in a block behind the middle one (with a larger offset
   * along z, or else y, or else x), past the row's end where none is.
   */
  int firstBehind(int row) {
    int order = side(dz[row]) != 0 ? side(dz[row]) : side(dy[row]);
    if (order > 0) {
      return from[row];
    }
    return order < 0 ? to[row] + 1 : Math.max(from[row], CellGrid.BLOCK);
  }

  private static int side(int offset) {
    return Math.floorDiv(offset, CellGrid.BLOCK);
  }

  /** Whole cells between a cell and the block, along one edge. */
  private static int gap(int offset) {
    return Math.max(0, Math.max(-1 - offset, offset - CellGrid.BLOCK));
  }

  private static double betweenCentres(int i, int j, int k, double[] c) {
    double toCentre = 0.5 * (CellGrid.BLOCK - 1);
    double x = (i - toCentre) * c[0] + (j - toCentre) * c[1] + (k - toCentre) * c[3];
    double y = (j - toCentre) * c[2] + (k - toCentre) * c[4];
    double z = (k - toCentre) * c[5];
    return Math.sqrt(x * x + y * y + z * z);
  }

  private static double longestDiagonal(double[] c) {
    double longest = 0;
    for (int sign = 0; sign < 4; sign++) {
      double sb = (sign & 1) == 0 ? 1 : -1;
      double sc = (sign & 2) == 0 ? 1 : -1;
      double length =
          Math.sqrt(sq(c[0] + sb * c[1] + sc * c[3]) + sq(sb * c[2] + sc * c[4]) + sq(sc * c[5]));
      longest = Math.max(longest, length);
    }
    return longest;
  }

  private static double sq(double v) {
    return v * v;
  }
}
