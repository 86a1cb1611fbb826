package io.vitrine.learning;

import io.vitrine.model.Check;

/**
 * The linear soft-margin classifier: min over w, b of |w|^2 / 2 + C sum_i max(0, 1 - y_i (w.z_i -
 * b)), the optimum of scikit-learn's SVC(kernel='linear').
 *
 * <p>Solved by {@link InteriorPoint}, about 14 steps whatever C is; {@link DualAscent} then bounds
 * the distance to the optimum by the duality gap and improves what is left of it. The bias is the
 * weight of one more feature of value 10, so that its penalty b^2 / 200 hardly counts.
 *
 * <p>Labels must be +1 and -1 and both occur. Same input, same bits out. Cost: O(n d^2) a step.
 */
public final class LinearSvm {
  /** A solution counts as converged when its objective is this close to the best, relatively. */
  public static final double TOLERANCE = 1e-6;

  private static final double BIAS_FEATURE = 10.0;

  /**
   * The interior point's own gap; its last step gains more than this, and infeasibility needs room.
   */
  private static final double INNER = TOLERANCE / 1000;

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
