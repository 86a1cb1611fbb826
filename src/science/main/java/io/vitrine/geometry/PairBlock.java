package io.vitrine.geometry;

import java.util.Arrays;

/** Adds the pairs of one block of cells after another to sums: see {@link PairLoop}. */
final class PairBlock {
  private final CellGrid grid;
  private final CandidateBuffer candidates;
  private final boolean[] wanted;
  private final PairTerms terms;
  private final double limit;
  private final double least;

  /** Sums [sums][N] by rank. */
  private final double[][] sums;

  /** Sums [species][sums] of the candidates of a block. */
  private final double[][][] gained;

  /** The same of the block's own particles. */
  private final double[][][] gainedOwn;

  /** Ranks of the candidates of a block, by species. */
  private final int[][] ranks;

  /** Ranks of the block's own particles that are wanted, by species, and how many. */
  private final int[][] own;

  private final int[] owned;

  private final PairTerms.Near near = new PairTerms.Near();

  PairBlock(
      CellGrid grid,
      CellRows rows,
      double cutoff,
      boolean[] wanted,
      PairTerms terms,
      double[][] sums) {
    this.grid = grid;
    this.candidates = new CandidateBuffer(grid, rows, cutoff, null);
    this.wanted = wanted;
    this.terms = terms;
    this.limit = Math.nextUp(cutoff * cutoff);
    this.least = PairTerms.least(cutoff);
    this.sums = sums;
    this.gained = new double[grid.species][terms.sums()][0];
    this.gainedOwn = new double[grid.species][terms.sums()][0];
    this.ranks = new int[grid.species][0];
    this.own = new int[grid.species][0];
    this.owned = new int[grid.species];
  }

  /** Adds the pairs of a block with itself and with those behind it. */
  void add(int block) {
    int bx = grid.nx / CellGrid.BLOCK;
    int by = grid.ny / CellGrid.BLOCK;
    int cx = block % bx * CellGrid.BLOCK;
    int cy = block / bx % by * CellGrid.BLOCK;
    int cz = block / (bx * by) * CellGrid.BLOCK;
    if (!findOwn(cx, cy, cz)) {
      return;
    }
    candidates.gather(cx, cy, cz, wanted);
    candidates.ranks(ranks);
    for (int s = 0; s < own.length; s++) {
      clear(gained[s], candidates.count(s));
      clear(gainedOwn[s], owned[s]);
    }
    for (int s = 0; s < own.length; s++) {
      for (int i = 0; i < owned[s]; i++) {
        int rank = own[s][i];
        for (int other = 0; other < own.length; other++) {
          candidates.near(other, rank, near);
          add(s, rank, other, gained[other]);
          if (wanted[other] && other >= s) {
            nearOwn(rank, other, other == s ? i + 1 : 0);
            add(s, rank, other, gainedOwn[other]);
          }
        }
      }
    }
    for (int s = 0; s < own.length; s++) {
      if (wanted[s]) {
        scatter(gained[s], ranks[s], candidates.count(s));
        scatter(gainedOwn[s], own[s], owned[s]);
      }
    }
  }

  private static void clear(double[][] gained, int count) {
    for (int f = 0; f < gained.length; f++) {
      if (gained[f].length < count) {
        gained[f] = new double[2 * count];
      }
      Arrays.fill(gained[f], 0, count, 0);
    }
  }

  private void scatter(double[][] gained, int[] ranks, int count) {
    for (int f = 0; f < sums.length; f++) {
      double[] from = gained[f];
      double[] to = sums[f];
      for (int i = 0; i < count; i++) {
        to[ranks[i]] += from[i];
      }
    }
  }

  private boolean findOwn(int cx, int cy, int cz) {
    int all = 0;
    for (int s = 0; s < own.length; s++) {
      owned[s] = 0;
      for (int row = 0; wanted[s] && row < CellGrid.BLOCK * CellGrid.BLOCK; row++) {
        int y = cy + row % CellGrid.BLOCK;
        int z = cz + row / CellGrid.BLOCK;
        int cell = s * grid.cells() + (z * grid.ny + y) * grid.nx + cx;
        int from = grid.start[cell];
        int to = grid.start[cell + CellGrid.BLOCK];
        if (own[s].length < owned[s] + to - from) {
          own[s] = Arrays.copyOf(own[s], 2 * (owned[s] + to - from));
        }
        for (int rank = from; rank < to; rank++) {
          own[s][owned[s]++] = rank;
        }
      }
      all += owned[s];
    }
    return all > 0;
  }

  /** Adds the pairs of a particle with candidates of one species. */
  private void add(int species, int rank, int other, double[][] gainedByOther) {
    for (int f = 0; f < sums.length; f++) {
      if (other == species) {
        sums[f][rank] += terms.toBoth(f, other, near, gainedByOther[f]);
      } else {
        sums[f][rank] += terms.toParticle(f, other, near);
        if (wanted[other]) {
          terms.toNeighbours(f, species, near, gainedByOther[f]);
        }
      }
    }
  }

  /** Finds those of the block's own particles of a species, from one on, that are neighbours. */
  private void nearOwn(int rank, int species, int from) {
    int to = owned[species];
    near.reserve(to);
    near.inner = 0;
    near.count = 0;
    for (int j = from; j < to; j++) {
      int other = own[species][j];
      double dx = grid.x[other] - grid.x[rank];
      double dy = grid.y[other] - grid.y[rank];
      double dz = grid.z[other] - grid.z[rank];
      double d = dx * dx + dy * dy + dz * dz + least;
      near.squared[j] = d;
      near.outer[near.count] = j;
      near.count += d < limit ? 1 : 0;
    }
  }
}
