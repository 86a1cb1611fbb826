package io.vitrine.learning;

import io.vitrine.model.Check;

/**
 * The linear soft-margin classifier: min over w, b of |w|^2 / 2 + C sum_i max(0, 1 - y_i (w.z_i -
 * b)), the optimum of scikit-learn's SVC(kernel='linear').
 *
 * <p>The bias is the weight of one more feature, so that the dual has bounds only. That feature is
 * 10, not 1, so b costs b^2 / 200 only (for the reference set 2e-5 of the objective; with 1 the
 * direction's cosine with SVC is 0.9985).
 *
 * <p>{@link InteriorPoint} solves the dual in about 14 steps whatever C is; coordinate methods such
 * as liblinear's creep from C = 0.01 on (measured at 9,456 x 100: 2 times as long there, 20 times
 * at C = 1). The duality gap certifies each solution; {@link DualAscent} goes on a little where it
 * is not small enough.
 *
 * <p>Labels must be +1 and -1 and both occur. Same input, same bits out. Cost: O(n d^2).
 *
 * @see <a href="https://doi.org/10.1137/S1052623400374379">Ferris and Munson 2002</a>
 */
public final class LinearSvm {
  /** A solution counts as converged when its objective is this close to the best, relatively. */
  public static final double TOLERANCE = 1e-6;

  private static final double BIAS_FEATURE = 10.0;

  /** The interior point's own gap; what is left of infeasibility needs the room. */
  private static final double INNER = TOLERANCE / 10;

  private final double[] z;
  private final byte[] labels;
  private final int d;

  private LinearSvm(double[] z, byte[] labels, int d) {
    this.z = z;
    this.labels = labels;
    this.d = d;
  }

  /** Of standardized features {@code z} [n * d], row by row, and labels [n], +1 or -1. */
  public static LinearSvm of(double[] z, byte[] labels) {
    int n = Check.positive("number of samples", labels.length);
    int d = z.length / n;
    Check.length("standardized features", z.length, n * d);
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < d; k++) {
        if (!Double.isFinite(z[i * d + k])) {
          throw Check.refuse("feature " + k + " of sample " + i, "be finite", z[i * d + k]);
        }
      }
    }
    return new LinearSvm(z, labels, d);
  }

  /** Trains on all samples. */
  public SvmSolution train(double c) {
    int[] all = new int[labels.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    return train(c, all);
  }

  /** Trains on some of the samples only. */
  public SvmSolution train(double c, int[] samples) {
    Check.positive("C", c);
    int positive = 0;
    for (int i : samples) {
      positive += labels[i] > 0 ? 1 : 0;
    }
    if (positive == 0 || positive == samples.length) {
      throw Check.refuse(
          "training samples", "hold both classes", positive + " of " + samples.length + " at +1");
    }
    double[] alpha = new InteriorPoint(signedRows(samples), c).solve(INNER);
    return new DualAscent(z, labels, d, samples, c, BIAS_FEATURE, alpha).solve(TOLERANCE);
  }

  private double[][] signedRows(int[] samples) {
    double[][] a = new double[samples.length][d + 1];
    for (int i = 0; i < samples.length; i++) {
      byte y = labels[samples[i]];
      for (int k = 0; k < d; k++) {
        a[i][k] = y * z[samples[i] * d + k];
      }
      a[i][d] = y * BIAS_FEATURE;
    }
    return a;
  }

  /** weights . z of one sample, without the bias. */
  public double raw(double[] weights, int sample) {
    double sum = 0;
    for (int k = 0; k < d; k++) {
      sum += weights[k] * z[sample * d + k];
    }
    return sum;
  }

  /** weights . z of all samples [n], without the bias. */
  double[] raw(double[] weights) {
    double[] raw = new double[labels.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = raw(weights, i);
    }
    return raw;
  }

  /** Labels [n], frozen. */
  public byte[] labels() {
    return labels;
  }

  /** Number of samples n. */
  public int count() {
    return labels.length;
  }
}
