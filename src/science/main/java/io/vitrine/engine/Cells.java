package io.vitrine.engine;

import io.vitrine.model.Box;

/**
 * How a box is cut into cells, and which cells may hold neighbours.
 *
 * <p>The box is divided into nx * ny * nz equal cells, x fastest. Around them lies a border of
 * image cells, {@code reach} deep on both sides in x and y and above in z: cell (cx + kx nx, ...)
 * holds the particles of (cx, ...) moved by (kx Lx, ...), for any k, so boxes narrower than the
 * cut-off are right too. Indices into box and border together are called extended.
 *
 * <p>In two dimensions there is one layer of cells and no border above it.
 *
 * <p>Each pair of a particle and an image is counted once: a particle looks only into cells that
 * follow its own in (z, y, x) order, and within its own cell at particles behind it.
 */
final class Cells {
  /** Cells are about this fraction of the list radius: fewer candidates than with whole ones. */
  private static final int CELLS_PER_RADIUS = 2;

  final int nx;
  final int ny;
  final int nz;
  final int reachX;
  final int reachY;
  final int reachZ;
  final int extendedX;
  final int extendedY;
  final int extendedZ;

  /**
   * Runs of following cells that may hold neighbours, as extended offsets: the first cell of the
   * run and the last, for each row of cells in turn.
   */
  final int[] stencil;

  private final double perX;
  private final double perY;
  private final double perZ;

  private final int species;

  Cells(Box box, double radius, int species) {
    this.species = species;
    boolean flat = box.dimensions() == 2;
    nx = divisions(box.lx(), radius);
    ny = divisions(box.ly(), radius);
    nz = flat ? 1 : divisions(box.lz(), radius);
    perX = nx / box.lx();
    perY = ny / box.ly();
    perZ = nz / box.lz();
    reachX = (int) Math.ceil(radius * perX);
    reachY = (int) Math.ceil(radius * perY);
    reachZ = flat ? 0 : (int) Math.ceil(radius * perZ);
    extendedX = nx + 2 * reachX;
    extendedY = ny + 2 * reachY;
    extendedZ = nz + reachZ;
    stencil = followingCells(radius);
  }

  private static int divisions(double edge, double radius) {
    return Math.max(1, (int) Math.floor(CELLS_PER_RADIUS * edge / radius));
  }

  private int[] followingCells(double radius) {
    int[] runs = new int[2 * (reachZ + 1) * (2 * reachY + 1)];
    int m = 0;
    for (int dz = 0; dz <= reachZ; dz++) {
      for (int dy = dz == 0 ? 0 : -reachY; dy <= reachY; dy++) {
        double gy = Math.max(Math.abs(dy) - 1, 0) / perY;
        double gz = Math.max(dz - 1, 0) / perZ;
        double left = radius * radius - gy * gy - gz * gz;
        if (left >= 0) {
          int reach = Math.min(reachX, (int) Math.floor(Math.sqrt(left) * perX) + 1);
          int row = (dz * extendedY + dy) * extendedX;
          runs[m++] = row + (dz == 0 && dy == 0 ? 1 : -reach);
          runs[m++] = row + reach;
        }
      }
    }
    return java.util.Arrays.copyOf(runs, m);
  }

  int count() {
    return nx * ny * nz;
  }

  int extendedCount() {
    return extendedX * extendedY * extendedZ;
  }

  /** The cell of a wrapped position relative to the lower corner. */
  int of(double x, double y, double z) {
    int cx = Math.min((int) (x * perX), nx - 1);
    int cy = Math.min((int) (y * perY), ny - 1);
    int cz = Math.min((int) (z * perZ), nz - 1);
    return (cz * ny + cy) * nx + cx;
  }

  /** Particles are sorted by this: row of cells, then type, then cell along the row. */
  int key(int cell, int type) {
    int row = cell / nx;
    return (row * species + type) * nx + cell - row * nx;
  }

  int rows() {
    return ny * nz;
  }

  /** The first key of a row of cells; rows run y first, then z. */
  int keyOfRow(int row) {
    return row * species * nx;
  }

  int keys() {
    return species * count();
  }

  /** The extended index of a cell; those beyond the box are images. */
  int extended(int cx, int cy, int cz) {
    return (cz * extendedY + cy + reachY) * extendedX + cx + reachX;
  }
}
