package io.vitrine.structure;

import io.vitrine.geometry.NeighbourLoop;
import io.vitrine.model.Frame;
import java.util.Arrays;

/**
 * Neighbour averages of features: mean X_i = (X_i + sum_j w_ij X_j) / (1 + sum_j w_ij), w_ij =
 * exp(-R_ij / 1.5), over all j of any species with R_ij &lt;= 6.
 *
 * <p>Features [N * columns], one row a particle of the frame, in and out; units those of the
 * features. A particle without neighbours keeps its own. All periodic images count. A row depends
 * on the frame and the features only, to the last bit. Cost: a multiplication and an addition a
 * pair and column.
 *
 * @see <a href="https://doi.org/10.1063/5.0088581">Alkemade, Boattini, Filion and Smallenburg
 *     2022</a>, eq. 5, where w has no length of its own
 */
public final class NeighbourAverage {
  /** Neighbours farther away do not count, sigma. */
  public static final double CUTOFF = 6.0;

  /** How fast weights decay, sigma. */
  public static final double LENGTH = 1.5;

  /** Neighbours taken in one pass over the columns. */
  private static final int TOGETHER = 4;

  private NeighbourAverage() {}

  /** The frame sorted for averages: once for any number of calls. */
  public static NeighbourLoop sort(Frame frame) {
    return NeighbourLoop.over(frame, CUTOFF);
  }

  /** The averages [N * columns] of features [N * columns] of a frame sorted by {@link #sort}. */
  public static double[] of(NeighbourLoop sorted, double[] features, int columns) {
    int[] all = new int[features.length / columns];
    Arrays.setAll(all, i -> i);
    double[] averages = new double[features.length];
    double[][] weights = {new double[1024]};
    sorted.forEachBond(
        all,
        (i, bonds) -> {
          int count = bonds.count();
          if (weights[0].length < count) {
            weights[0] = new double[2 * count];
          }
          double[] w = weights[0];
          double total = 1;
          for (int n = 0; n < count; n++) {
            w[n] = StrictMath.exp(-Math.sqrt(bonds.squared()[n]) / LENGTH);
            total += w[n];
          }
          System.arraycopy(features, i * columns, averages, i * columns, columns);
          int[] j = bonds.particles();
          int n = 0;
          for (; n <= count - TOGETHER; n += TOGETHER) {
            add(averages, i * columns, features, columns, j, w, n);
          }
          for (; n < count; n++) {
            for (int k = 0; k < columns; k++) {
              averages[i * columns + k] += w[n] * features[j[n] * columns + k];
            }
          }
          for (int k = 0; k < columns; k++) {
            averages[i * columns + k] /= total;
          }
        });
    return averages;
  }

  /**
   * The averages [targets] of one number a particle [N], of a frame sorted by {@link #sort};
   * weights within 2e-7 of their size, in loops a compiler can make parallel.
   */
  static double[] of(NeighbourLoop sorted, double[] values, int[] targets) {
    double[] averages = new double[targets.length];
    double[] totals = new double[targets.length];
    sorted.forEachValue(
        targets,
        values,
        (slot, species, squared, others, count) -> {
          weights(squared, count);
          double total = species == 0 ? 1 : totals[slot];
          double sum = species == 0 ? values[targets[slot]] : averages[slot];
          double total1 = 0;
          double sum1 = 0;
          int n = 0;
          for (; n < count - 1; n += 2) {
            total += squared[n];
            sum += squared[n] * others[n];
            total1 += squared[n + 1];
            sum1 += squared[n + 1] * others[n + 1];
          }
          if (n < count) {
            total += squared[n];
            sum += squared[n] * others[n];
          }
          totals[slot] = total + total1;
          averages[slot] = sum + sum1;
        });
    for (int i = 0; i < averages.length; i++) {
      averages[i] /= totals[i];
    }
    return averages;
  }

  /** Squared distances become weights: exp(-R / LENGTH) = (exp(-R / (16 LENGTH)))^16. */
  private static void weights(double[] squared, int count) {
    for (int n = 0; n < count; n++) {
      double y = Math.sqrt(squared[n]) * (1 / (16 * LENGTH));
      // exp(-y) for y <= 1/4 to 4e-10, by Horner's rule.
      double e = y * (1.0 / 720) - 1.0 / 120;
      e = y * e + 1.0 / 24;
      e = y * e - 1.0 / 6;
      e = y * e + 1.0 / 2;
      e = y * e - 1;
      e = y * e + 1;
      double e2 = e * e;
      double e4 = e2 * e2;
      double e8 = e4 * e4;
      squared[n] = e8 * e8;
    }
  }

  /** Four neighbours at a time: the sums are read and written a quarter as often. */
  private static void add(
      double[] sum, int at, double[] x, int columns, int[] j, double[] w, int n) {
    double w0 = w[n];
    double w1 = w[n + 1];
    double w2 = w[n + 2];
    double w3 = w[n + 3];
    int a = j[n] * columns;
    int b = j[n + 1] * columns;
    int c = j[n + 2] * columns;
    int d = j[n + 3] * columns;
    for (int k = 0; k < columns; k++) {
      sum[at + k] += (w0 * x[a + k] + w1 * x[b + k]) + (w2 * x[c + k] + w3 * x[d + k]);
    }
  }
}
