package io.vitrine.geometry;

import io.vitrine.model.Box;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;

/**
 * The particles of a frame, wrapped into the box and counting-sorted by species and cell.
 *
 * <p>A cell is a parallelepiped with the directions of the box. Along periodic edges the cells
 * divide the edge; along others they divide the range that particles are found in, inside the box
 * or not. Two cells along each edge make a block: neighbours are gathered once a block. Memory: 32
 * bytes a particle and 8 a cell, of which there are about half as many; 24 more while sorting.
 */
final class CellGrid {
  /** RowCells of a block along each edge. */
  static final int BLOCK = 2;

  /** Particles a block holds on average: the flat minimum of copying against searching too much. */
  private static final double PARTICLES_PER_BLOCK = 50;

  /** Finer blocks than this part of the cut-off would only add rows to walk. */
  private static final double FINEST = 1.0 / 4;

  /** A box so much smaller than the cut-off is a mistake, and its images would never end. */
  private static final int MOST_IMAGES = 50;

  /** Bits of a rounded position: two are left for sums. */
  private static final int POSITION_BITS = 50;

  /** Number of species. */
  final int species;

  final int nx;
  final int ny;
  final int nz;

  /** Edges of one cell: (ax, 0, 0), (bx, by, 0), (cx, cy, cz). */
  final double[] cell;

  /** The corner of the first cell. */
  final double cornerX;

  final double cornerY;

  final double cornerZ;

  final Lattice lattice;
  final Box box;

  /** Sorted wrapped positions. */
  final double[] x;

  final double[] y;
  final double[] z;

  /** Where the particles of species s in cell c begin, at [s * cells + c]; one entry more. */
  final int[] start;

  /** Cell of every particle, in the frame's order. */
  final int[] cellOf;

  /** Position in the sorted arrays of every particle, in the frame's order. */
  final int[] rankOf;

  /** What positions are multiples of, sigma, or 0 where they are not rounded. */
  private final double unit;

  /**
   * Of a frame, for a cut-off.
   *
   * @param symmetric whether positions and {@link #shift}s are rounded, by less than 1e-15 of the
   *     extent, so that sums and differences of them are exact: R_ij and R_ji are the same number
   */
  CellGrid(Frame frame, double cutoff, boolean symmetric) {
    box = frame.box();
    lattice = new Lattice(box);
    int n = frame.count();
    double[] s = fractional(frame);
    double[] low = new double[3];
    double[] width = new double[3];
    boolean[] periodic = {box.periodicX(), box.periodicY(), box.periodicZ()};
    double[] height = {box.heightX(), box.heightY(), box.heightZ()};
    double volume = 1;
    for (int d = 0; d < 3; d++) {
      if (periodic[d] && height[d] * MOST_IMAGES < cutoff) {
        throw Check.refuse("box height", "be >= cutoff / " + MOST_IMAGES, height[d]);
      }
      range(s, d, periodic[d], low, width);
      width[d] = Math.max(width[d], periodic[d] ? 1 : cutoff / height[d]);
      volume *= width[d] * height[d];
    }
    volume *= box.volume() / (height[0] * height[1] * height[2]);
    double blocksWanted = Math.max(1, n / PARTICLES_PER_BLOCK);
    double size = Math.max(FINEST * cutoff, StrictMath.cbrt(volume / blocksWanted));
    int[] count = new int[3];
    double blocks;
    do {
      blocks = 1;
      for (int d = 0; d < 3; d++) {
        count[d] = (int) Math.max(1, Math.min(Math.rint(width[d] * height[d] / size), 1 << 20));
        blocks *= count[d];
      }
      size *= 1.25;
    } while (blocks > 2 * blocksWanted + 8);
    nx = BLOCK * count[0];
    ny = BLOCK * count[1];
    nz = BLOCK * count[2];
    double wx = width[0] / nx;
    double wy = width[1] / ny;
    double wz = width[2] / nz;
    cell =
        new double[] {
          wx * box.lx(), wy * box.xy(), wy * box.ly(), wz * box.xz(), wz * box.yz(), wz * box.lz()
        };
    cornerX = box.originX() + lattice.x(low[0], low[1], low[2]);
    cornerY = box.originY() + lattice.y(low[1], low[2]);
    cornerZ = box.originZ() + lattice.z(low[2]);
    cellOf = cells(s, low, width, n);
    species = frame.particles().names().size();
    start = new int[species * nx * ny * nz + 1];
    rankOf = rank(frame.particles().types());
    x = new double[n];
    y = new double[n];
    z = new double[n];
    sortPositions(frame.positions(), s, periodic);
    unit = symmetric ? roundPositions(cutoff) : 0;
  }

  /** Rounds to a power of two that every coordinate within reach is at most 2^51 times. */
  private double roundPositions(double cutoff) {
    double largest = 4 * cutoff + 2 * (nx * cell[0] + ny * cell[2] + nz * cell[5]);
    largest += 2 * (ny * Math.abs(cell[1]) + nz * (Math.abs(cell[3]) + Math.abs(cell[4])));
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(x[i]));
      largest = Math.max(largest, Math.max(Math.abs(y[i]), Math.abs(z[i])));
    }
    double to = Math.scalb(1.0, Math.getExponent(largest) - POSITION_BITS);
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.rint(x[i] / to) * to;
      y[i] = Math.rint(y[i] / to) * to;
      z[i] = Math.rint(z[i] / to) * to;
    }
    return to;
  }

  /** The lattice vector of a periodic image, or one coordinate of it. */
  double shift(double coordinate) {
    return unit == 0 ? coordinate : Math.rint(coordinate / unit) * unit;
  }

  /** Fractional coordinates [3N], not wrapped. */
  private double[] fractional(Frame frame) {
    double[] r = frame.positions();
    double[] s = new double[r.length];
    for (int i = 0; i < r.length; i += 3) {
      s[i + 2] = lattice.fractionalZ(r[i + 2]);
      s[i + 1] = lattice.fractionalY(r[i + 1], s[i + 2]);
      s[i] = lattice.fractionalX(r[i], s[i + 1], s[i + 2]);
      if (!Double.isFinite(s[i] + s[i + 1] + s[i + 2])) {
        String xyz = "(" + r[i] + ", " + r[i + 1] + ", " + r[i + 2] + ")";
        throw Check.refuse(
            "position of particle " + frame.particles().ids()[i / 3], "be finite", xyz);
      }
    }
    return s;
  }

  private static void range(double[] s, int d, boolean periodic, double[] low, double[] width) {
    if (periodic || s.length == 0) {
      width[d] = 1;
      return;
    }
    double min = s[d];
    double max = s[d];
    for (int i = d; i < s.length; i += 3) {
      min = Math.min(min, s[i]);
      max = Math.max(max, s[i]);
    }
    low[d] = min;
    width[d] = max - min;
  }

  private int[] cells(double[] s, double[] low, double[] width, int n) {
    int[] cells = new int[n];
    for (int i = 0; i < n; i++) {
      int cx = index(s[3 * i], low[0], width[0], nx, box.periodicX());
      int cy = index(s[3 * i + 1], low[1], width[1], ny, box.periodicY());
      int cz = index(s[3 * i + 2], low[2], width[2], nz, box.periodicZ());
      cells[i] = (cz * ny + cy) * nx + cx;
    }
    return cells;
  }

  private static int index(double s, double low, double width, int count, boolean periodic) {
    double inside = periodic ? s - Math.floor(s) : (s - low) / width;
    return Math.min((int) (inside * count), count - 1);
  }

  private int[] rank(byte[] types) {
    int cells = nx * ny * nz;
    for (int i = 0; i < types.length; i++) {
      start[types[i] * cells + cellOf[i] + 1]++;
    }
    for (int c = 1; c < start.length; c++) {
      start[c] += start[c - 1];
    }
    int[] next = start.clone();
    int[] ranks = new int[types.length];
    for (int i = 0; i < types.length; i++) {
      ranks[i] = next[types[i] * cells + cellOf[i]]++;
    }
    return ranks;
  }

  private void sortPositions(double[] r, double[] s, boolean[] periodic) {
    for (int i = 0; i < rankOf.length; i++) {
      double mx = periodic[0] ? Math.floor(s[3 * i]) : 0;
      double my = periodic[1] ? Math.floor(s[3 * i + 1]) : 0;
      double mz = periodic[2] ? Math.floor(s[3 * i + 2]) : 0;
      x[rankOf[i]] = r[3 * i] - lattice.x(mx, my, mz);
      y[rankOf[i]] = r[3 * i + 1] - lattice.y(my, mz);
      z[rankOf[i]] = r[3 * i + 2] - lattice.z(mz);
    }
  }

  int cells() {
    return nx * ny * nz;
  }

  int blocks() {
    return cells() / (BLOCK * BLOCK * BLOCK);
  }

  /** The block that a particle, counted as in the frame, is in. */
  int blockOf(int particle) {
    int c = cellOf[particle];
    int bx = c % nx / BLOCK;
    int by = c / nx % ny / BLOCK;
    int bz = c / (nx * ny) / BLOCK;
    return (bz * (ny / BLOCK) + by) * (nx / BLOCK) + bx;
  }
}
