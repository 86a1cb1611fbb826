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

  /** Offsets, in extended indices, of the following cells that may hold neighbours. */
  final int[] stencil;

  private final double perX;
  private final double perY;
  private final double perZ;

  Cells(Box box, double radius) {
    nx = divisions(box.lx(), radius);
    ny = divisions(box.ly(), radius);
    nz = divisions(box.lz(), radius);
    perX = nx / box.lx();
    perY = ny / box.ly();
    perZ = nz / box.lz();
    reachX = (int) Math.ceil(radius * perX);
    reachY = (int) Math.ceil(radius * perY);
    reachZ = (int) Math.ceil(radius * perZ);
    extendedX = nx + 2 * reachX;
    extendedY = ny + 2 * reachY;
    extendedZ = nz + reachZ;
    stencil = followingCells(radius);
  }

  private static int divisions(double edge, double radius) {
    return Math.max(1, (int) Math.floor(CELLS_PER_RADIUS * edge / radius));
  }

  private int[] followingCells(double radius) {
    int[] offsets = new int[(reachZ + 1) * (2 * reachY + 1) * (2 * reachX + 1)];
    int m = 0;
    for (int dz = 0; dz <= reachZ; dz++) {
      for (int dy = dz == 0 ? 0 : -reachY; dy <= reachY; dy++) {
        for (int dx = dz == 0 && dy == 0 ? 1 : -reachX; dx <= reachX; dx++) {
          double gx = Math.max(Math.abs(dx) - 1, 0) / perX;
          double gy = Math.max(Math.abs(dy) - 1, 0) / perY;
          double gz = Math.max(dz - 1, 0) / perZ;
          if (gx * gx + gy * gy + gz * gz <= radius * radius) {
            offsets[m++] = (dz * extendedY + dy) * extendedX + dx;
          }
        }
      }
    }
    return java.util.Arrays.copyOf(offsets, m);
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

  /** The extended index of a cell of the box. */
  int extended(int cx, int cy, int cz) {
    return (cz * extendedY + cy + reachY) * extendedX + cx + reachX;
  }
}
