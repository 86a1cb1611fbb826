package io.vitrine.geometry;

import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The neighbour loop for sums over the neighbours of all particles of some species: pairs of these
 * species are met once and added to both particles.
 *
 * <p>The pairs and distances are those of {@link NeighbourLoop#symmetric}, to the last bit, and
 * sums are exact, so that they are the same from both loops and on any number of threads. In a box
 * smaller than the cut-off a particle and its own images are pairs too.
 *
 * <p>Algorithm: the blocks of cells of {@link NeighbourLoop}; the candidates of a block are what is
 * in the blocks behind it, in all directions for species without sums; pairs within a block are
 * done apart. Cost: half of {@link NeighbourLoop}'s. Memory: 8 bytes a particle, sum and thread
 * more.
 */
public final class PairLoop {
  private final CellGrid grid;
  private final CellRows rows;
  private final double cutoff;

  private PairLoop(Frame frame, double cutoff) {
    this.grid = new CellGrid(frame, cutoff, true);
    this.rows = CellRows.within(cutoff, grid.cell);
    this.cutoff = cutoff;
  }

  /** Sorts a frame for pairs up to a cut-off, sigma. */
  public static PairLoop over(Frame frame, double cutoff) {
    return new PairLoop(frame, Check.positive("cutoff", cutoff));
  }

  /**
   * The sums [sums][n] of some targets.
   *
   * @param targets indices [n] into the frame
   * @param wanted which species may be targets
   * @param blocks in how many parts, each a task of the executor
   */
  public double[][] sums(
      int[] targets, boolean[] wanted, PairTerms terms, Executor executor, int blocks) {
    Check.positive("blocks", blocks);
    double[][][] parts = new double[blocks][terms.sums()][grid.rankOf.length];
    CompletableFuture<?>[] running = new CompletableFuture<?>[blocks];
    for (int b = 0; b < blocks; b++) {
      int from = (int) ((long) grid.blocks() * b / blocks);
      int to = (int) ((long) grid.blocks() * (b + 1) / blocks);
      PairBlock part = new PairBlock(grid, rows, cutoff, wanted, terms, parts[b]);
      running[b] =
          CompletableFuture.runAsync(
              () -> {
                for (int block = from; block < to; block++) {
                  part.add(block);
                }
              },
              executor);
    }
    CompletableFuture.allOf(running).join();
    double[][] sums = new double[terms.sums()][targets.length];
    for (double[][] part : parts) {
      for (int f = 0; f < sums.length; f++) {
        for (int n = 0; n < targets.length; n++) {
          sums[f][n] += part[f][grid.rankOf[targets[n]]];
        }
      }
    }
    return sums;
  }
}
