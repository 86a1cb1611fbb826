package io.vitrine.engine;

import java.util.Arrays;

/**
 * Half neighbour lists: for each particle the others, and ghosts, within a list radius, each pair
 * once, A neighbours before B neighbours so that a loop over either has constant parameters.
 *
 * <p>Neighbours of particle i are {@code neighbours[start[i] .. startB[i])} of type A and {@code
 * [startB[i] .. end[i])} of type B, as offsets 4j into stride-4 arrays. All particles of a cell
 * share one gathered block of candidates, so the distance loop runs over contiguous arrays, which
 * the JIT vectorizes. Costs O(N) with about 250 candidates a particle at density 1.2.
 */
final class PairList {
  final int[] start;
  final int[] startB;
  final int[] end;
  int[] neighbours;
  int longest;

  /** Particles listed: slots from here to, not including, there. */
  int from;

  int to;

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
      for (int j = 4 * from; j < 4 * to; j += 4, m++) {
        x[m] = positions[j];
        y[m] = positions[j + 1];
        z[m] = positions[j + 2];
        offset[m] = j;
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
    this.start = new int[count];
    this.startB = new int[count];
    this.end = new int[count];
    this.neighbours = new int[64 * count + 64];
    this.radiusSquared =
        new double[] {radii[0] * radii[0], radii[1] * radii[1], radii[2] * radii[2]};
  }

  /**
   * Lists the pairs of a sorted configuration, with its ghosts, whose first particle is in some
   * rows of cells.
   *
   * @param starts first particle of each {@link Cells#key}, closed by N
   */
  void build(double[] positions, Ghosts ghosts, int[] starts, int firstRow, int endRow) {
    longest = 0;
    from = starts[cells.keyOfRow(firstRow)];
    to = starts[cells.keyOfRow(endRow)];
    int p = 0;
    for (int row = firstRow; row < endRow; row++) {
      for (int cx = 0; cx < cells.nx; cx++) {
        p = appendCell(positions, ghosts, cells.extended(cx, row % cells.ny, row / cells.ny), p);
      }
    }
  }

  private int appendCell(double[] positions, Ghosts ghosts, int cell, int from) {
    collect(positions, ghosts, cell, 0, blockA);
    collect(positions, ghosts, cell, 1, blockB);
    int p = from;
    int needed = p + (blockA.own + blockB.own) * (blockA.size + blockB.size) + 1;
    if (needed > neighbours.length) {
      neighbours = Arrays.copyOf(neighbours, Math.max(needed, neighbours.length * 3 / 2));
    }
    int firstA = ghosts.first[0][cell];
    for (int k = 0; k < blockA.own; k++) {
      p = appendParticle(positions, firstA + k, 0, k + 1, 0, p);
    }
    int firstB = ghosts.first[1][cell];
    for (int k = 0; k < blockB.own; k++) {
      p = appendParticle(positions, firstB + k, 1, blockA.own, k + 1, p);
    }
    return p;
  }

  private int appendParticle(double[] positions, int i, int type, int fromA, int fromB, int at) {
    start[i] = at;
    startB[i] = select(positions, i, blockA, fromA, radiusSquared[type], at);
    end[i] = select(positions, i, blockB, fromB, radiusSquared[type + 1], startB[i]);
    longest = Math.max(longest, end[i] - at);
    return end[i];
  }

  private static void collect(double[] positions, Ghosts ghosts, int cell, int type, Block block) {
    int[] first = ghosts.first[type];
    int[] end = ghosts.end[type];
    block.size = 0;
    block.append(positions, first[cell], end[cell]);
    block.own = block.size;
    int[] runs = ghosts.cells.stencil;
    for (int r = 0; r < runs.length; r += 2) {
      int from = first[cell + runs[r]];
      int to = from;
      for (int c = cell + runs[r]; c <= cell + runs[r + 1]; c++) {
        if (first[c] != to) { // where particles end and ghosts begin
          block.append(positions, from, to);
          from = first[c];
        }
        to = end[c];
      }
      block.append(positions, from, to);
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
