package io.vitrine.structure;

import io.vitrine.geometry.NeighbourLoop;
import io.vitrine.geometry.PairLoop;
import io.vitrine.geometry.PairTerms;
import io.vitrine.model.Frame;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Sums over pairs of tabulated functions, sum_j phi_{X_j}(R_ij): several, one table each, in one
 * pass over the pairs.
 *
 * <p>Terms are multiples of a table's unit, 1e-12 of its largest value or less, so that a sum
 * depends on the frame and the table only, to the last bit. Where most particles of the targets'
 * species are targets, a pair of them is met once for both.
 */
final class TabulatedSums implements PairTerms {
  private final double reach;
  private final boolean scaled;
  private final List<SquaredDistanceTable> tables;

  /**
   * Of some tables.
   *
   * @param reach up to which distance, sigma, or in mean diameters where {@code scaled}
   */
  TabulatedSums(double reach, boolean scaled, List<SquaredDistanceTable> tables) {
    this.reach = reach;
    this.scaled = scaled;
    this.tables = tables;
  }

  /** Sums [tables][n] of the targets, indices [n] into the frame. */
  double[][] of(Frame frame, int[] targets, Executor executor, int blocks) {
    boolean[] wanted = new boolean[frame.particles().names().size()];
    byte[] types = frame.particles().types();
    for (int target : targets) {
      wanted[types[target]] = true;
    }
    int possible = 0;
    for (byte type : types) {
      possible += wanted[type] ? 1 : 0;
    }
    return !scaled && 2 * targets.length > possible
        ? PairLoop.over(frame, reach).sums(targets, wanted, this, executor, blocks)
        : oneByOne(frame, targets, executor, blocks);
  }

  private double[][] oneByOne(Frame frame, int[] targets, Executor executor, int blocks) {
    NeighbourLoop loop =
        scaled ? NeighbourLoop.scaled(frame, reach) : NeighbourLoop.symmetric(frame, reach);
    double[][] sums = new double[tables.size()][targets.length];
    double least = PairTerms.least(reach);
    loop.forEach(
        targets,
        () ->
            (slot, species, squared, count) -> {
              for (int n = 0; n < count; n++) {
                squared[n] += least;
              }
              for (int f = 0; f < sums.length; f++) {
                sums[f][slot] += tables.get(f).sum(species, squared, count);
              }
            },
        executor,
        blocks);
    return sums;
  }

  @Override
  public int sums() {
    return tables.size();
  }

  @Override
  public double toParticle(int sum, int neighbours, Near near) {
    return tables.get(sum).sum(neighbours, near);
  }

  @Override
  public void toNeighbours(int sum, int particle, Near near, double[] neighbourSums) {
    tables.get(sum).add(particle, near, neighbourSums);
  }

  @Override
  public double toBoth(int sum, int species, Near near, double[] neighbourSums) {
    return tables.get(sum).add(species, near, neighbourSums);
  }
}
