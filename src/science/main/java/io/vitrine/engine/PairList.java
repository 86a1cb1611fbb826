package io.vitrine.engine;

import java.util.Arrays;

/**
 * Half neighbour lists: for each particle the others, and ghosts, within a list radius, each pair
 * once, A neighbours before B neighbours so that a loop over either has constant parameters.
 *
 * <p>Neighbours of particle i are {@code neighbours[start[i] .. startB[i])} of type A and {@code
 * [startB[i] .. start[i+1])} of type B, as offsets 4j into stride-4 arrays. All particles of a cell
 * share one gathered block of candidates, so the distance loop runs over contiguous arrays, which
 * the JIT vectorizes. Costs O(N) with about 250 candidates a particle at density 1.2.
 */
final class PairList {
  final int[] start;
  final int[] startB;
  int[] neighbours;
  int longest;

  private final Cells cells;
  private final double[] radiusSquared;
  private final Block blockA = new Block();
  private final Block blockB = new Block();

  /** Candidates of one type around a cell. */
  private static final class Block {
    double[] x = new double[256];
    double[] y = new double[256];
    double[] z = new double[256];
    double[] r2 = new double[256];
    int[] offset = new int[256];
    int own;
    int size;

    void append(double[] positions, int from, int to) {
      if (size + to - from > offset.length) {
        grow(Math.max(2 * offset.length, size + to - from));
      }
      int m = size;
      for (int j = from; j < to; j++, m++) {
        x[m] = positions[4 * j];
        y[m] = positions[4 * j + 1];
        z[m] = positions[4 * j + 2];
        offset[m] = 4 * j;
      }
      size = m;
    }

    private void grow(int capacity) {
      x = Arrays.copyOf(x, capacity);
      y = Arrays.copyOf(y, capacity);
      z = Arrays.copyOf(z, capacity);
      r2 = new double[capacity];
      offset = Arrays.copyOf(offset, capacity);
    }
  }

  /**
   * Makes room.
   *
   * @param radii list radius of AA, AB, BB
   */
  PairList(int count, Cells cells, double[] radii) {
    this.cells = cells;
    this.start = new int[count + 1];
    this.startB = new int[count];
    this.neighbours = new int[64 * count + 64];
    this.radiusSquared =
        new double[] {radii[0] * radii[0], radii[1] * radii[1], radii[2] * radii[2]};
  }

  /** Lists all pairs of a sorted configuration with its ghosts. */
  void build(double[] positions, Ghosts ghosts) {
    longest = 0;
    int p = 0;
    for (int cz = 0; cz < cells.nz; cz++) {
      for (int cy = 0; cy < cells.ny; cy++) {
        for (int cx = 0; cx < cells.nx; cx++) {
          p = appendCell(positions, ghosts, cells.extended(cx, cy, cz), p);
        }
      }
    }
    start[startB.length] = p;
  }

  private int appendCell(double[] positions, Ghosts ghosts, int cell, int from) {
    int first = ghosts.first[cell];
    int firstB = ghosts.firstB[cell];
    int end = ghosts.end[cell];
    if (first == end) {
      return from;
    }
    collect(positions, ghosts, cell);
    int p = from;
    int needed = p + (end - first) * (blockA.size + blockB.size);
    if (needed > neighbours.length) {
      neighbours = Arrays.copyOf(neighbours, Math.max(needed, neighbours.length * 3 / 2));
    }
    for (int i = first; i < end; i++) {
      boolean isA = i < firstB;
      start[i] = p;
      int behindA = isA ? i - first + 1 : blockA.own;
      p = select(positions, i, blockA, behindA, radiusSquared[isA ? 0 : 1], p);
      startB[i] = p;
      int behindB = isA ? 0 : i - firstB + 1;
      p = select(positions, i, blockB, behindB, radiusSquared[isA ? 1 : 2], p);
      longest = Math.max(longest, p - start[i]);
    }
    return p;
  }

  private void collect(double[] positions, Ghosts ghosts, int cell) {
    blockA.size = 0;
    blockB.size = 0;
    blockA.append(positions, ghosts.first[cell], ghosts.firstB[cell]);
    blockB.append(positions, ghosts.firstB[cell], ghosts.end[cell]);
    blockA.own = blockA.size;
    blockB.own = blockB.size;
    for (int offset : cells.stencil) {
      int c = cell + offset;
      blockA.append(positions, ghosts.first[c], ghosts.firstB[c]);
      blockB.append(positions, ghosts.firstB[c], ghosts.end[c]);
    }
  }

  private int select(double[] positions, int i, Block block, int from, double limit, int at) {
    int size = block.size;
    squares(positions[4 * i], positions[4 * i + 1], positions[4 * i + 2], block, from, size);
    return compact(block.r2, block.offset, from, size, limit, neighbours, at);
  }

  private static void squares(double x, double y, double z, Block block, int from, int to) {
    double[] bx = block.x;
    double[] by = block.y;
    double[] bz = block.z;
    double[] r2 = block.r2;
    for (int k = from; k < to; k++) {
      double dx = x - bx[k];
      double dy = y - by[k];
      double dz = z - bz[k];
      r2[k] = dx * dx + dy * dy + dz * dz;
    }
  }

  private static int compact(
      double[] r2, int[] offset, int from, int to, double limit, int[] out, int at) {
    int p = at;
    for (int k = from; k < to; k++) {
      out[p] = offset[k];
      // 1 when r2 < limit: the sign bit, so that there is no branch to mispredict.
      p += (int) (Double.doubleToRawLongBits(r2[k] - limit) >>> 63);
    }
    return p;
  }
}
