package io.vitrine.structure;

import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Weighted sums of several radial sets as one sum over pairs: sum_j phi_{X_j}(R_ij), phi_X(R) the
 * sum of {@link PairPotential} over the sets, for several choices of weights (powers) in one pass.
 *
 * <p>Each set is cut where the live score cuts it, 5 delta beyond its last shell. Cost: a look-up a
 * pair and power, however many sets there are.
 */
final class PairSums {
  private final double reach;
  private final boolean scaled;
  private final SquaredDistanceTable[] tables;

  /** A set and its weights per unit of a feature, [powers][features]. */
  record Part(FeatureSpec spec, double[][] weights) {}

  private PairSums(List<Part> parts, int powers) {
    this.reach = parts.stream().mapToDouble(part -> PairScore.reach(part.spec)).max().orElse(0);
    this.scaled = parts.stream().anyMatch(part -> part.spec.hasScaledDistances());
    this.tables = new SquaredDistanceTable[parts.isEmpty() ? 0 : powers];
    for (int p = 0; p < tables.length; p++) {
      int power = p;
      tables[p] =
          new SquaredDistanceTable(
              reach,
              SquaredDistanceTable.NARROW,
              IntStream.range(0, parts.get(0).spec.species().size())
                  .mapToObj(x -> phi(parts, power, x))
                  .toArray(DoubleUnaryOperator[]::new));
    }
  }

  private static DoubleUnaryOperator phi(List<Part> parts, int power, int species) {
    return r -> {
      double sum = 0;
      for (Part part : parts) {
        sum += PairPotential.phi(part.spec, part.weights[power], species, r);
      }
      return sum;
    };
  }

  static PairSums of(List<Part> parts, int powers) {
    return new PairSums(parts, powers);
  }

  /** Adds to sums [powers][n] of targets, indices [n] into the frame. */
  void add(Frame frame, int[] targets, double[][] sums) {
    if (tables.length > 0) {
      double[][] added =
          new TabulatedSums(reach, scaled, List.of(tables)).of(frame, targets, Runnable::run, 1);
      for (int p = 0; p < tables.length; p++) {
        for (int n = 0; n < targets.length; n++) {
          sums[p][n] += added[p][n];
        }
      }
    }
  }
}
