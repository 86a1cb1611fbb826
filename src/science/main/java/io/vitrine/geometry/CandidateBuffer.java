package io.vitrine.geometry;

/**
 * The candidates of one block of cells, and the search among them.
 *
 * <p>They are sorted from the block's centre outwards: a target that is d from it has all up to
 * cutoff - d for neighbours without a question and none beyond cutoff + d, so that only the shells
 * between are compacted, one by one but without a branch.
 */
final class CandidateBuffer {
  /** Neither rounding in the grid nor in a distance may lose a neighbour: relative. */
  private static final double SLACK = 1e-9;

  private final CellGrid grid;
  private final CellRows rows;
  private final double cutoff;

  /** The smallest squared distance that is too far. */
  private final double limit;

  private final double least;

  private final double shellsPerSquare;
  private final PairVisitor visitor;

  private final Candidates[] candidates;

  /** No species. */
  private final boolean[] none;

  /** Where a particle of the block's own rows was gathered, less its rank, by species and row. */
  private final int[][] own;

  private double[] squared = {};
  private double[] kept = {};
  private double centreX;
  private double centreY;
  private double centreZ;

  CandidateBuffer(CellGrid grid, CellRows rows, double cutoff, PairVisitor visitor) {
    this.grid = grid;
    this.rows = rows;
    this.cutoff = cutoff;
    this.limit = Math.nextUp(cutoff * cutoff);
    this.least = PairTerms.least(cutoff);
    this.visitor = visitor;
    this.candidates = new Candidates[grid.species];
    this.none = new boolean[grid.species];
    this.own = new int[grid.species][CellGrid.BLOCK * CellGrid.BLOCK];
    double reach = (cutoff + rows.blockRadius) * (1 + 3 * SLACK);
    this.shellsPerSquare = Candidates.SHELLS / (reach * reach);
    for (int s = 0; s < candidates.length; s++) {
      candidates[s] = new Candidates();
    }
  }

  /** Copies every image within reach of the block that begins with cell (cx, cy, cz). */
  void gather(int cx, int cy, int cz) {
    gather(cx, cy, cz, none);
  }

  /**
   * The same, but of some species only what is in blocks behind this one, in the order of their
   * offsets: so that the pairs of these species in different blocks are met once.
   */
  void gather(int cx, int cy, int cz, boolean[] behindOnly) {
    for (Candidates c : candidates) {
      c.clear();
    }
    for (int row = 0; row < rows.count; row++) {
      gatherRow(row, rows.from[row], cx, cy, cz, behindOnly, false);
      if (behindOnly != none) {
        gatherRow(row, rows.firstBehind(row), cx, cy, cz, behindOnly, true);
      }
    }
    double u = cx + 0.5 * CellGrid.BLOCK;
    double v = cy + 0.5 * CellGrid.BLOCK;
    double w = cz + 0.5 * CellGrid.BLOCK;
    centreX = grid.cornerX + u * grid.cell[0] + v * grid.cell[1] + w * grid.cell[3];
    centreY = grid.cornerY + v * grid.cell[2] + w * grid.cell[4];
    centreZ = grid.cornerZ + w * grid.cell[5];
    for (Candidates c : candidates) {
      c.sort(centreX, centreY, centreZ, shellsPerSquare);
      if (squared.length < c.x.length) {
        squared = new double[c.x.length];
      }
    }
  }

  private void gatherRow(
      int row, int first, int cx, int cy, int cz, boolean[] behindOnly, boolean behind) {
    int v = cy + rows.dy[row];
    int w = cz + rows.dz[row];
    int imageY = Math.floorDiv(v, grid.ny);
    int imageZ = Math.floorDiv(w, grid.nz);
    if ((imageY != 0 && !grid.box.periodicY()) || (imageZ != 0 && !grid.box.periodicZ())) {
      return;
    }
    int line = ((w - imageZ * grid.nz) * grid.ny + v - imageY * grid.ny) * grid.nx;
    int home = ownRow(rows.dy[row], rows.dz[row]);
    int from = cx + first;
    int last = cx + rows.to[row];
    while (from <= last) {
      int imageX = Math.floorDiv(from, grid.nx);
      int end = Math.min(last, (imageX + 1) * grid.nx - 1);
      if (imageX == 0 || grid.box.periodicX()) {
        int cell = line + from - imageX * grid.nx;
        boolean itself = home >= 0 && imageX == 0 && imageY == 0 && imageZ == 0;
        double sx = grid.shift(grid.lattice.x(imageX, imageY, imageZ));
        double sy = grid.shift(grid.lattice.y(imageY, imageZ));
        double sz = grid.shift(grid.lattice.z(imageZ));
        for (int s = 0; s < candidates.length; s++) {
          if (behindOnly[s] == behind) {
            copyCells(s, cell, cell + end - from, sx, sy, sz, itself ? home : -1);
          }
        }
      }
      from = end + 1;
    }
  }

  /** Copies an image of one species in the cells from {@code first} to {@code end}. */
  private void copyCells(
      int species, int first, int end, double sx, double sy, double sz, int home) {
    int base = species * grid.cells();
    int from = grid.start[base + first];
    int n = grid.start[base + end + 1] - from;
    if (home >= 0) {
      own[species][home] = candidates[species].count - from;
    }
    candidates[species].add(grid, from, n, sx, sy, sz);
  }

  /** Index of one of the block's own rows, given relative to its first, or -1 for other rows. */
  private static int ownRow(int dy, int dz) {
    boolean inside = dy >= 0 && dy < CellGrid.BLOCK && dz >= 0 && dz < CellGrid.BLOCK;
    return inside ? dz * CellGrid.BLOCK + dy : -1;
  }

  /**
   * Shows the neighbours of one particle of the block, species by species.
   *
   * @param rank of the particle in the sorted arrays
   * @param dy of its cell from the block's first
   * @param dz likewise
   */
  void visit(int slot, int species, int rank, int dy, int dz) {
    double px = grid.x[rank];
    double py = grid.y[rank];
    double pz = grid.z[rank];
    double ox = px - centreX;
    double oy = py - centreY;
    double oz = pz - centreZ;
    double off = Math.sqrt(ox * ox + oy * oy + oz * oz);
    int certain = shellAt(Math.max(0, (cutoff - off) - (cutoff + off) * SLACK));
    int end = Math.min(Candidates.SHELLS, shellAt((cutoff + off) * (1 + SLACK)) + 1);
    for (int s = 0; s < candidates.length; s++) {
      Candidates c = candidates[s];
      int inner = c.begin(certain);
      int outer = c.begin(end);
      Candidates.distances(c.x, c.y, c.z, outer, px, py, pz, 0, squared);
      if (s == species) {
        int itself = c.place(own[s][ownRow(dy, dz)] + rank);
        if (itself < inner) {
          inner--;
          squared[itself] = squared[inner];
          itself = inner;
        }
        squared[itself] = Double.MAX_VALUE;
      }
      visitor.pairs(slot, s, squared, compact(squared, inner, outer, limit));
    }
  }

  /** Candidates of a species gathered last. */
  int count(int species) {
    return candidates[species].begin(Candidates.SHELLS);
  }

  /** Finds the neighbours of one species of a particle that is not among the candidates itself. */
  void near(int species, int rank, PairTerms.Near near) {
    double px = grid.x[rank];
    double py = grid.y[rank];
    double pz = grid.z[rank];
    double ox = px - centreX;
    double oy = py - centreY;
    double oz = pz - centreZ;
    double off = Math.sqrt(ox * ox + oy * oy + oz * oz);
    int certain = shellAt(Math.max(0, (cutoff - off) - (cutoff + off) * SLACK));
    int end = Math.min(Candidates.SHELLS, shellAt((cutoff + off) * (1 + SLACK)) + 1);
    Candidates c = candidates[species];
    int outer = c.begin(end);
    near.reserve(outer);
    Candidates.distances(c.x, c.y, c.z, outer, px, py, pz, least, near.squared);
    near.inner = c.begin(certain);
    near.count = select(near.squared, near.inner, outer, limit, near.outer);
  }

  /**
   * Indices of values below the limit, into an array whose length is a power of two: masks cost
   * less than checks of bounds, and four places known at once less than one after another. Numbers
   * that are not negative are in the order of their bits, and bits are loaded as integers.
   */
  private static int select(double[] values, int from, int to, double limit, int[] into) {
    long bits = Double.doubleToRawLongBits(limit);
    int mask = into.length - 1;
    int count = 0;
    int i = from;
    for (; i <= to - 4; i += 4) {
      int second = count + below(values[i], bits);
      int third = second + below(values[i + 1], bits);
      int fourth = third + below(values[i + 2], bits);
      into[count & mask] = i;
      into[second & mask] = i + 1;
      into[third & mask] = i + 2;
      into[fourth & mask] = i + 3;
      count = fourth + below(values[i + 3], bits);
    }
    for (; i < to; i++) {
      into[count & mask] = i;
      count += below(values[i], bits);
    }
    return count;
  }

  /**
   * Shows the neighbours of one particle of the block with who they are.
   *
   * @param ranks of the candidates gathered last, by species: {@link Candidates#ranks}
   * @param particleOf index into the frame of every rank
   */
  void visit(int slot, int rank, int[][] ranks, int[] particleOf, Bonds bonds, BondVisitor what) {
    double px = grid.x[rank];
    double py = grid.y[rank];
    double pz = grid.z[rank];
    bonds.count = 0;
    for (int s = 0; s < candidates.length; s++) {
      Candidates c = candidates[s];
      for (int n = 0; n < c.begin(Candidates.SHELLS); n++) {
        double dx = c.x[n] - px;
        double dy = c.y[n] - py;
        double dz = c.z[n] - pz;
        double d = dx * dx + dy * dy + dz * dz;
        // The target itself is the one candidate of its rank that has not moved.
        if (d < limit && !(ranks[s][n] == rank && dx == 0 && dy == 0 && dz == 0)) {
          bonds.add(particleOf[ranks[s][n]], dx, dy, dz, d);
        }
      }
    }
    what.bonds(slot, bonds);
  }

  /** The same as without values, of candidates that carry a number: {@link #values}. */
  void visit(
      int slot, int species, int rank, int dy, int dz, double[][] carried, ValueVisitor what) {
    double px = grid.x[rank];
    double py = grid.y[rank];
    double pz = grid.z[rank];
    double ox = px - centreX;
    double oy = py - centreY;
    double oz = pz - centreZ;
    double off = Math.sqrt(ox * ox + oy * oy + oz * oz);
    int certain = shellAt(Math.max(0, (cutoff - off) - (cutoff + off) * SLACK));
    int end = Math.min(Candidates.SHELLS, shellAt((cutoff + off) * (1 + SLACK)) + 1);
    if (kept.length < squared.length) {
      kept = new double[squared.length];
    }
    for (int s = 0; s < candidates.length; s++) {
      Candidates c = candidates[s];
      int inner = c.begin(certain);
      int outer = c.begin(end);
      Candidates.distances(c.x, c.y, c.z, outer, px, py, pz, 0, squared);
      System.arraycopy(carried[s], 0, kept, 0, outer);
      if (s == species) {
        int itself = c.place(own[s][ownRow(dy, dz)] + rank);
        if (itself < inner) {
          inner--;
          squared[itself] = squared[inner];
          kept[itself] = kept[inner];
          itself = inner;
        }
        squared[itself] = Double.MAX_VALUE;
      }
      int count = inner;
      for (int i = inner; i < outer; i++) {
        double v = squared[i];
        squared[count] = v;
        kept[count] = kept[i];
        count += below(v, limit);
      }
      what.pairs(slot, s, squared, kept, count);
    }
  }

  /**
   * Numbers of the candidates gathered last, by species.
   *
   * @param byRank number of every rank
   * @param ranks filled in, for the next call
   */
  void values(double[] byRank, int[][] ranks, double[][] into) {
    ranks(ranks);
    for (int s = 0; s < candidates.length; s++) {
      int n = candidates[s].begin(Candidates.SHELLS);
      if (into[s].length < n) {
        into[s] = new double[2 * n];
      }
      for (int i = 0; i < n; i++) {
        into[s][i] = byRank[ranks[s][i]];
      }
    }
  }

  /** Ranks of the candidates gathered last, by species. */
  void ranks(int[][] into) {
    for (int s = 0; s < candidates.length; s++) {
      into[s] = candidates[s].ranks(into[s]);
    }
  }

  /** The shell at a distance from the centre. */
  private int shellAt(double distance) {
    return (int) Math.min(Candidates.SHELLS, distance * distance * shellsPerSquare);
  }

  /**
   * Keeps what is below the limit, in order, behind what is before {@code from}.
   *
   * <p>Twelve at a time, which makes it too long to be inlined (over 325 bytes of code): within a
   * visit that has met two kinds of visitors, scores and features, the compiler made its loop
   * slower.
   */
  private static int compact(double[] values, int from, int to, double limit) {
    int count = from;
    int i = from;
    for (; i <= to - 12; i += 12) {
      double v0 = values[i];
      double v1 = values[i + 1];
      double v2 = values[i + 2];
      double v3 = values[i + 3];
      double v4 = values[i + 4];
      double v5 = values[i + 5];
      double v6 = values[i + 6];
      double v7 = values[i + 7];
      double v8 = values[i + 8];
      double v9 = values[i + 9];
      double v10 = values[i + 10];
      double v11 = values[i + 11];
      values[count] = v0;
      count += below(v0, limit);
      values[count] = v1;
      count += below(v1, limit);
      values[count] = v2;
      count += below(v2, limit);
      values[count] = v3;
      count += below(v3, limit);
      values[count] = v4;
      count += below(v4, limit);
      values[count] = v5;
      count += below(v5, limit);
      values[count] = v6;
      count += below(v6, limit);
      values[count] = v7;
      count += below(v7, limit);
      values[count] = v8;
      count += below(v8, limit);
      values[count] = v9;
      count += below(v9, limit);
      values[count] = v10;
      count += below(v10, limit);
      values[count] = v11;
      count += below(v11, limit);
    }
    for (; i < to; i++) {
      double v = values[i];
      values[count] = v;
      count += below(v, limit);
    }
    return count;
  }

  /** 1 below the limit, else 0: the sign bit of the difference, no branch. */
  private static int below(double value, double limit) {
    return (int) (Double.doubleToRawLongBits(value - limit) >>> 63);
  }

  /** 1 for a number, not negative, whose bits are below those of the limit, else 0: no branch. */
  private static int below(double value, long limit) {
    return (int) ((Double.doubleToRawLongBits(value) - limit) >>> 63);
  }
}
