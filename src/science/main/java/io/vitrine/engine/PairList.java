package io.vitrine.engine;

import java.util.Arrays;

/**
 * Half neighbour lists: for each particle the others, and ghosts, within a list radius, each pair
 * once, those of one species after the other so that a loop over either has constant parameters.
 *
 * <p>Neighbours of particle i are {@code neighbours[start[i] .. end[i * species])} of type 0, those
 * of type t follow to {@code end[i * species + t]}, as offsets 4j into stride-4 arrays. All
 * particles of a cell share one gathered block of candidates, so the distance loop runs over
 * contiguous arrays, which the JIT vectorizes. Costs O(N) with about 250 candidates a particle at
 * density 1.2.
 */
final class PairList {
  /** Lists hold pairs up to cut-off + skin; measured optimum 0.35 to 0.45 at T = 1. */
  static final double SKIN = 0.4;

  final int species;
  final int[] start;
  final int[] end;
  int[] neighbours;
  int longest;

  /** Particles listed: slots from here to, not including, there. */
  int from;

  int to;

  private final Cells cells;
  private final double[] radiusSquared;
  private final Block[] blocks;

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
   * @param skin by which pairs are listed beyond their cut-off
   */
  PairList(int count, Cells cells, Interactions interactions, double skin) {
    this.cells = cells;
    this.species = interactions.species();
    this.start = new int[count];
    this.end = new int[species * count];
    this.neighbours = new int[64 * count + 64];
    this.radiusSquared = new double[species * species];
    this.blocks = new Block[species];
    for (int t = 0; t < species; t++) {
      blocks[t] = new Block();
      for (int other = 0; other < species; other++) {
        double radius = interactions.of(t, other).cutoff() + skin;
        radiusSquared[t * species + other] = radius * radius;
      }
    }
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
    int own = 0;
    int size = 0;
    for (int t = 0; t < species; t++) {
      collect(positions, ghosts, cell, t, blocks[t]);
      own += blocks[t].own;
      size += blocks[t].size;
    }
    int p = from;
    int needed = p + own * size + 1;
    if (needed > neighbours.length) {
      neighbours = Arrays.copyOf(neighbours, Math.max(needed, neighbours.length * 3 / 2));
    }
    for (int t = 0; t < species; t++) {
      int first = ghosts.first[t][cell];
      for (int k = 0; k < blocks[t].own; k++) {
        p = appendParticle(positions, first + k, t, k, p);
      }
    }
    return p;
  }

  /** Pairs within the cell belong to the particle of the lower type or, of one type, in front. */
  private int appendParticle(double[] positions, int i, int type, int rank, int at) {
    start[i] = at;
    int p = at;
    for (int other = 0; other < species; other++) {
      Block block = blocks[other];
      int from = other < type ? block.own : other == type ? rank + 1 : 0;
      p = select(positions, i, block, from, radiusSquared[type * species + other], p);
      end[i * species + other] = p;
    }
    longest = Math.max(longest, p - at);
    return p;
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
