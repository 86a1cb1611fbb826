package io.vitrine.geometry;

import io.vitrine.model.Species;
import java.util.Arrays;

/**
 * Everything that may be a neighbour of the particles of one block of cells: positions already
 * shifted to the right periodic image, in contiguous arrays, by species.
 */
abstract class CandidateBuffer {
  static final int FIRST_CAPACITY = 4096;

  final CellGrid grid;

  /** Candidates of a species. */
  final int[] count = new int[Species.COUNT];

  private final CellRows rows;

  /** Where a particle of the block's own rows stands here, less its rank, by species and row. */
  private final int[][] own = new int[Species.COUNT][CellGrid.BLOCK * CellGrid.BLOCK];

  CandidateBuffer(CellGrid grid, CellRows rows) {
    this.grid = grid;
    this.rows = rows;
  }

  /**
   * Copies sorted particles [from, from + n) of a species, shifted, to where the species' next
   * candidates stand.
   */
  abstract void copy(int species, int from, int n, double sx, double sy, double sz);

  /** Squared distances of all candidates of a species. */
  abstract void distances(int species, double px, double py, double pz);

  /** Puts a distance beyond the cut-off. */
  abstract void leaveOut(int candidate);

  /** Hands those of the distances that are within the cut-off to whoever asked. */
  abstract void show(int slot, int species);

  /** A new block, with its first corner, is about to be gathered. */
  void begin(double x, double y, double z) {}

  /** Copies every image within reach of the block that begins with cell (cx, cy, cz). */
  final void gather(int cx, int cy, int cz) {
    Arrays.fill(count, 0);
    double x = grid.cornerX + cx * grid.cell[0] + cy * grid.cell[1] + cz * grid.cell[3];
    double y = grid.cornerY + cy * grid.cell[2] + cz * grid.cell[4];
    begin(x, y, grid.cornerZ + cz * grid.cell[5]);
    for (int row = 0; row < rows.count; row++) {
      gatherRow(row, cx, cy, cz);
    }
  }

  private void gatherRow(int row, int cx, int cy, int cz) {
    int v = cy + rows.dy[row];
    int w = cz + rows.dz[row];
    int imageY = Math.floorDiv(v, grid.ny);
    int imageZ = Math.floorDiv(w, grid.nz);
    if ((imageY != 0 && !grid.box.periodicY()) || (imageZ != 0 && !grid.box.periodicZ())) {
      return;
    }
    int line = ((w - imageZ * grid.nz) * grid.ny + v - imageY * grid.ny) * grid.nx;
    int home = ownRow(rows.dy[row], rows.dz[row]);
    int from = cx + rows.from[row];
    int last = cx + rows.to[row];
    while (from <= last) {
      int imageX = Math.floorDiv(from, grid.nx);
      int end = Math.min(last, (imageX + 1) * grid.nx - 1);
      if (imageX == 0 || grid.box.periodicX()) {
        int first = line + from - imageX * grid.nx;
        boolean itself = home >= 0 && imageX == 0 && imageY == 0 && imageZ == 0;
        copyCells(first, first + end - from, imageX, imageY, imageZ, itself ? home : -1);
      }
      from = end + 1;
    }
  }

  /** Copies an image of the cells from {@code first} to {@code end}. */
  private void copyCells(int first, int end, int imageX, int imageY, int imageZ, int home) {
    double sx = grid.lattice.x(imageX, imageY, imageZ);
    double sy = grid.lattice.y(imageY, imageZ);
    double sz = grid.lattice.z(imageZ);
    for (int s = 0; s < count.length; s++) {
      int base = s * grid.cells();
      int from = grid.start[base + first];
      int n = grid.start[base + end + 1] - from;
      if (home >= 0) {
        own[s][home] = count[s] - from;
      }
      copy(s, from, n, sx, sy, sz);
      count[s] += n;
    }
  }

  /** Index of one of the block's own rows, given relative to its first, or -1 for other rows. */
  private static int ownRow(int dy, int dz) {
    boolean inside = dy >= 0 && dy < CellGrid.BLOCK && dz >= 0 && dz < CellGrid.BLOCK;
    return inside ? dz * CellGrid.BLOCK + dy : -1;
  }

  /**
   * Shows the neighbours of one particle of the block, A then B.
   *
   * @param rank of the particle in the sorted arrays
   * @param dy of its cell from the block's first
   * @param dz likewise
   */
  final void visit(int slot, int species, int rank, int dy, int dz) {
    double px = grid.x[rank];
    double py = grid.y[rank];
    double pz = grid.z[rank];
    int itself = own[species][ownRow(dy, dz)] + rank;
    for (int s = 0; s < count.length; s++) {
      distances(s, px, py, pz);
      if (s == species) {
        leaveOut(itself);
      }
      show(slot, s);
    }
  }
}
