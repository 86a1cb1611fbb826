package io.vitrine.geometry;

import io.vitrine.model.Check;
import io.vitrine.model.Frame;
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
 * neighbour. Memory: 36 bytes a particle (60 while sorting), 4 a target, 530 KB a thread.
 */
public final class NeighbourLoop {
  private final CellGrid grid;
  private final CellRows rows;
  private final byte[] types;
  private final double cutoff;

  private NeighbourLoop(CellGrid grid, CellRows rows, byte[] types, double cutoff) {
    this.grid = grid;
    this.rows = rows;
    this.types = types;
    this.cutoff = cutoff;
  }

  /** Sorts a frame for neighbours up to a cut-off, sigma. */
  public static NeighbourLoop over(Frame frame, double cutoff) {
    Check.positive("cutoff", cutoff);
    CellGrid grid = new CellGrid(frame, cutoff);
    CellRows rows = CellRows.within(cutoff, grid.cell);
    return new NeighbourLoop(grid, rows, frame.particles().types(), cutoff);
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
      CandidateBuffer near = new CandidateBuffer(grid, rows, cutoff, visitors.get());
      running[b] =
          CompletableFuture.runAsync(() -> visit(targets, order, from, to, near), executor);
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
        near.gather(first(cell % grid.nx), first(cy), first(cz));
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
