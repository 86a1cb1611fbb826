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
 * <p>Terms are added as whole numbers of a table's unit, 4e-13 of its largest value or less, so
 * that a sum depends on the frame and the table only, to the last bit. Where most particles of the
 * targets' species are targets, a pair of them is met once for both.
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
    long[][] units =
        !scaled && 2 * targets.length > possible
            ? PairLoop.over(frame, reach).sums(targets, wanted, this, executor, blocks)
            : oneByOne(frame, targets, executor, blocks);
    double[][] sums = new double[units.length][targets.length];
    for (int f = 0; f < units.length; f++) {
      double unit = tables.get(f).unit();
      for (int n = 0; n < targets.length; n++) {
        sums[f][n] = units[f][n] * unit;
      }
    }
    return sums;
  }

  private long[][] oneByOne(Frame frame, int[] targets, Executor executor, int blocks) {
    NeighbourLoop loop =
        scaled ? NeighbourLoop.scaled(frame, reach) : NeighbourLoop.symmetric(frame, reach);
    long[][] sums = new long[tables.size()][targets.length];
    loop.forEach(
        targets,
        () ->
            (slot, species, squared, count) -> {
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
  public long toParticle(int sum, int neighbours, Near near) {
    return tables.get(sum).sum(neighbours, near);
  }

  @Override
  public void toNeighbours(int sum, int particle, Near near, long[] neighbourSums) {
    tables.get(sum).add(particle, near, neighbourSums);
  }

  @Override
  public long toBoth(int sum, int species, Near near, long[] neighbourSums) {
    return tables.get(sum).add(species, near, neighbourSums);
  }
}
