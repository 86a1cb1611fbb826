package io.vitrine.analysis.barriers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.random.RandomGenerator;

/** Where the errors of counts come from. */
public interface RateErrors {
  /** Fewest hops of a bin at a temperature whose own design effect is used. */
  int FEWEST_HOPS = 10;

  /**
   * Variances of ln P_R, [bin][temperature]; infinite where there is no hop.
   *
   * @param seed of whatever is random in it
   */
  double[][] logVariances(RateTable table, int replicas, long seed);

  /** The table as another, equally long run might have given it. */
  RateTable redraw(RateTable table, RandomGenerator random);

  /** False where too little was counted at a temperature to know an error there. */
  default boolean knows(int temperature) {
    return true;
  }

  /** A line for each temperature of a table that has no error and is not fitted: what it lacks. */
  default List<String> lacks(RateTable table) {
    return List.of();
  }

  /**
   * Design effects: variances of ln P_R over (1 - P_R) / hops, those of independent structures,
   * [bin][temperature].
   *
   * <p>Where there are too few hops to measure one ({@link #FEWEST_HOPS}), the median of the same
   * temperature's, of the whole table's, or 1 is used. Never below 1: no window is worth more than
   * an independent one, and the variance of a few blocks is itself uncertain. Infinite where no
   * error is known.
   */
  default double[][] effects(RateTable table, int replicas, long seed) {
    double[][] effects = logVariances(table, replicas, seed);
    for (int b = 0; b < effects.length; b++) {
      for (int t = 0; t < effects[b].length; t++) {
        long hops = table.rearranging(b, t);
        double structures = (double) table.structures(b, t);
        double independent = Math.max(structures - (double) hops, 0.5) / structures / hops;
        effects[b][t] =
            hops < FEWEST_HOPS || !(effects[b][t] > 0) || Double.isInfinite(effects[b][t])
                ? Double.NaN
                : Math.max(1, effects[b][t] / independent);
      }
    }
    double everywhere = median(Arrays.stream(effects).flatMapToDouble(Arrays::stream), 1);
    for (int t = 0; t < table.temperatures(); t++) {
      int column = t;
      double here = median(Arrays.stream(effects).mapToDouble(row -> row[column]), everywhere);
      for (double[] row : effects) {
        row[t] = !knows(t) ? Double.POSITIVE_INFINITY : Double.isNaN(row[t]) ? here : row[t];
      }
    }
    return effects;
  }

  private static double median(DoubleStream values, double otherwise) {
    double[] known = values.filter(Double::isFinite).sorted().toArray();
    return known.length == 0
        ? otherwise
        : (known[known.length / 2] + known[(known.length - 1) / 2]) / 2;
  }

  /**
   * Tables that each lack one simulation of every temperature that has several: the first of them,
   * the second and so on; empty where no temperature has.
   */
  default List<RateTable> leftOut(RateTable table) {
    return List.of();
  }

  /** True where errors of fits must come from replicas, because counts are not independent. */
  boolean correlated();
}
