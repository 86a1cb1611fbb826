package io.vitrine.geometry;

import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The neighbour loop: for chosen particles, the distances of all others within a cut-off.
 *
 * <p>Every periodic image within the cut-off counts, not only the nearest: in a box smaller than
 * the cut-off a particle has several images of one neighbour and images of itself as neighbours, as
 * it would in a crystal of such boxes; only the particle itself is left out. Pairs at exactly the
 * cut-off count. Along edges that are not periodic there are no images, and particles outside the
 * box are found too.
 *
 * <p>Algorithm: particles sorted by species and fine cell; for every block of eight cells that
 * holds targets all candidates are copied, already shifted, into contiguous buffers, and sorted
 * from the block's centre outwards; one pass of distances a target, and one of compaction over
 * those that are neither near enough for all that is known nor too far. No neighbour list is
 * stored. What a visitor sees for a target depends on the frame and the cut-off only: not on the
 * other targets, on threads or on how the work is divided.
 *
 * <p>Units: sigma. Cost: proportional to targets times density times cut-off^3, about 2 ns a
 * neighbour. Memory: 36 bytes a particle (60 while sorting), 4 a target, 265 KB a thread and
 * species.
 */
public final class NeighbourLoop {
  private final CellGrid grid;
  private final CellRows rows;
  private final byte[] types;
  private final double cutoff;

  /** Whose distances are scaled with their diameters, and the cut-off in these units; or null. */
  private final Particles scaled;

  private final double scaledCutoff;

  private NeighbourLoop(
      Frame frame, double cutoff, boolean symmetric, Particles scaled, double scaledCutoff) {
    this.grid = new CellGrid(frame, cutoff, symmetric);
    this.rows = CellRows.within(cutoff, grid.cell);
    this.types = frame.particles().types();
    this.cutoff = cutoff;
    this.scaled = scaled;
    this.scaledCutoff = scaledCutoff;
  }

  /** Sorts a frame for neighbours up to a cut-off, sigma. */
  public static NeighbourLoop over(Frame frame, double cutoff) {
    Check.positive("cutoff", cutoff);
    return new NeighbourLoop(frame, cutoff, false, null, cutoff);
  }

  /**
   * The same with positions rounded by less than 1e-15 of their extent, so that particles i and j
   * see each other at the same distance, to the last bit: what {@link PairLoop} shows.
   */
  public static NeighbourLoop symmetric(Frame frame, double cutoff) {
    Check.positive("cutoff", cutoff);
    return new NeighbourLoop(frame, cutoff, true, null, cutoff);
  }

  /**
   * Sorts a frame whose particles have diameters &gt; 0 for neighbours up to a cut-off in units of
   * the mean diameter of each pair: distances shown by {@code forEach} are in these units. The cost
   * is that of bonds up to the cut-off times the largest diameter.
   */
  public static NeighbourLoop scaled(Frame frame, double cutoff) {
    Check.positive("cutoff", cutoff);
    double largest = 0;
    for (double diameter : frame.particles().diameters()) {
      largest = Math.max(largest, Check.positive("diameter of a scaled distance", diameter));
    }
    return new NeighbourLoop(frame, cutoff * largest, false, frame.particles(), cutoff);
  }

  /** Shows a visitor the neighbours of every target; targets are indices into the frame. */
  public void forEach(int[] targets, PairVisitor visitor) {
    forEach(targets, () -> visitor, Runnable::run, 1);
  }

  /**
   * The same, with the targets spread over blocks of cells.
   *
   * @param visitors gives every block a visitor of its own
   * @param blocks how many blocks, each a task of the executor
   */
  public void forEach(
      int[] targets, Supplier<? extends PairVisitor> visitors, Executor executor, int blocks) {
    Check.positive("blocks", blocks);
    int[] order = byBlock(targets);
    CompletableFuture<?>[] running = new CompletableFuture<?>[blocks];
    for (int b = 0; b < blocks; b++) {
      int from = (int) ((long) order.length * b / blocks);
      int to = (int) ((long) order.length * (b + 1) / blocks);
      PairVisitor visitor = visitors.get();
      CandidateBuffer near = new CandidateBuffer(grid, rows, cutoff, visitor);
      Runnable block =
          scaled == null
              ? () -> visit(targets, order, from, to, near)
              : () ->
                  visitBonds(
                      targets,
                      order,
                      from,
                      to,
                      near,
                      new ScaledPairs(visitor, targets, scaled, scaledCutoff));
      running[b] = CompletableFuture.runAsync(block, executor);
    }
    try {
      CompletableFuture.allOf(running).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Shows a visitor who the neighbours of every target are; targets are indices into the frame. */
  public void forEachBond(int[] targets, BondVisitor visitor) {
    int[] order = byBlock(targets);
    CandidateBuffer near = new CandidateBuffer(grid, rows, cutoff, null);
    visitBonds(targets, order, 0, order.length, near, visitor);
  }

  private void visitBonds(
      int[] targets, int[] order, int from, int to, CandidateBuffer near, BondVisitor visitor) {
    int[] particleOf = new int[grid.rankOf.length];
    for (int i = 0; i < particleOf.length; i++) {
      particleOf[grid.rankOf[i]] = i;
    }
    int[][] ranks = new int[grid.species][0];
    Bonds bonds = new Bonds();
    int gathered = -1;
    for (int n = from; n < to; n++) {
      int slot = order[n];
      int i = targets[slot];
      int block = grid.blockOf(i);
      if (block != gathered) {
        gather(near, i);
        near.ranks(ranks);
        gathered = block;
      }
      near.visit(slot, grid.rankOf[i], ranks, particleOf, bonds, visitor);
    }
  }

  /**
   * Shows a visitor the neighbours of every target, each with its number.
   *
   * @param targets indices into the frame
   * @param values one of every particle of the frame
   */
  public void forEachValue(int[] targets, double[] values, ValueVisitor visitor) {
    Check.length("values", values.length, grid.rankOf.length);
    double[] byRank = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      byRank[grid.rankOf[i]] = values[i];
    }
    CandidateBuffer near = new CandidateBuffer(grid, rows, cutoff, null);
    int[][] ranks = new int[grid.species][0];
    double[][] carried = new double[grid.species][0];
    int gathered = -1;
    for (int slot : byBlock(targets)) {
      int i = targets[slot];
      int block = grid.blockOf(i);
      if (block != gathered) {
        gather(near, i);
        near.values(byRank, ranks, carried);
        gathered = block;
      }
      int cell = grid.cellOf[i];
      int cy = cell / grid.nx % grid.ny;
      int cz = cell / (grid.nx * grid.ny);
      int rank = grid.rankOf[i];
      near.visit(slot, types[i], rank, cy - first(cy), cz - first(cz), carried, visitor);
    }
  }

  private void gather(CandidateBuffer near, int particle) {
    int cell = grid.cellOf[particle];
    int cy = cell / grid.nx % grid.ny;
    int cz = cell / (grid.nx * grid.ny);
    near.gather(first(cell % grid.nx), first(cy), first(cz));
  }

  /** Slots of the targets, ordered by block, in one block as they were given. */
  private int[] byBlock(int[] targets) {
    int[] next = new int[grid.blocks() + 1];
    for (int target : targets) {
      next[grid.blockOf(target) + 1]++;
    }
    for (int c = 1; c < next.length; c++) {
      next[c] += next[c - 1];
    }
    int[] order = new int[targets.length];
    for (int slot = 0; slot < targets.length; slot++) {
      order[next[grid.blockOf(targets[slot])]++] = slot;
    }
    return order;
  }

  private void visit(int[] targets, int[] order, int from, int to, CandidateBuffer near) {
    int gathered = -1;
    for (int n = from; n < to; n++) {
      int slot = order[n];
      int i = targets[slot];
      int cell = grid.cellOf[i];
      int cy = cell / grid.nx % grid.ny;
      int cz = cell / (grid.nx * grid.ny);
      int block = grid.blockOf(i);
      if (block != gathered) {
        gather(near, i);
        gathered = block;
      }
      near.visit(slot, types[i], grid.rankOf[i], cy - first(cy), cz - first(cz));
    }
  }

  /** First cell, along one edge, of the block that a cell is in. */
  private static int first(int cell) {
    return cell - cell % CellGrid.BLOCK;
  }
}
