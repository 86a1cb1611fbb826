package io.vitrine.learning;

import io.vitrine.model.Check;

/**
 * The sums of one block of vectors: its mean m = sum x / n and the products around it, sum (x - m)
 * (x - m)'.
 *
 * <p>Summed in double in the order of the vectors, products four vectors at a time, so that the
 * same block gives the same bits. Time: n d^2 / 2 multiplications.
 */
public final class CentredBlock {
  private static final int ROWS = 4;

  private final int count;
  private final double[] mean;
  private final double[] products;

  private CentredBlock(int count, double[] mean, double[] products) {
    this.count = count;
    this.mean = mean;
    this.products = products;
  }

  /** Sums {@code rows} [n * d], one row a vector; the mean of none is NaN. */
  public static CentredBlock of(double[] rows, int d) {
    int n = rows.length / d;
    Check.length("features", rows.length, n * d);
    double[] mean = new double[d];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < d; k++) {
        mean[k] += rows[i * d + k];
      }
    }
    for (int k = 0; k < d; k++) {
      mean[k] /= n;
    }
    double[] products = new double[d * d];
    for (int i = 0; i < n; i += ROWS) {
      addProducts(rows, i, Math.min(n, i + ROWS), mean, products);
    }
    return new CentredBlock(n, mean, products);
  }

  /** Adds the products of up to {@link #ROWS} rows in one pass over the sums. */
  private static void addProducts(double[] rows, int from, int to, double[] mean, double[] sum) {
    int d = mean.length;
    double[][] x = new double[ROWS][d];
    for (int i = from; i < to; i++) {
      for (int k = 0; k < d; k++) {
        x[i - from][k] = rows[i * d + k] - mean[k];
      }
    }
    for (int k = 0; k < d; k++) {
      add(sum, k * d, x[0], x[1], x[2], x[3], k, d);
    }
  }

  private static void add(
      double[] sum, int row, double[] p, double[] q, double[] r, double[] s, int k, int d) {
    double pk = p[k];
    double qk = q[k];
    double rk = r[k];
    double sk = s[k];
    for (int l = k; l < d; l++) {
      sum[row + l] += (pk * p[l] + qk * q[l]) + (rk * r[l] + sk * s[l]);
    }
  }

  /** How many vectors there are. */
  public int count() {
    return count;
  }

  /** Mean of element {@code k}. */
  public double mean(int k) {
    return mean[k];
  }

  /** Sum of the products of elements {@code k} and {@code l >= k} around their means. */
  public double product(int k, int l) {
    return products[k * mean.length + l];
  }
}
