package io.vitrine.learning;

/**
 * Certifies dual variables of the linear hinge SVM, and improves them until the duality gap is
 * small: coordinate ascent on D(alpha) = sum alpha - |sum alpha_i y_i x_i|^2 / 2, 0 &lt;= alpha
 * &lt;= C, with x = (z, bias feature).
 *
 * <p>Only samples between the bounds or that would leave them move in most passes; every tenth pass
 * looks at all. The order is that of the samples, so the same input gives the same bits.
 */
final class DualAscent {
  /** Rounds before giving up; what is left then is said by the gap. */
  private static final int ROUNDS = 3;

  /** Passes over the free samples in a round, at most. */
  private static final int FREE_PASSES = 100;

  /** A round is over when the largest step has shrunk to this part of its first. */
  private static final double SETTLED = 0.01;

  private final double[] z;
  private final byte[] labels;
  private final int d;
  private final int[] samples;
  private final double c;
  private final double biasFeature;
  private final double[] alpha;
  private final double[] w;
  private double wBias;

  DualAscent(
      double[] z,
      byte[] labels,
      int d,
      int[] samples,
      double c,
      double biasFeature,
      double[] alpha) {
    this.z = z;
    this.labels = labels;
    this.d = d;
    this.samples = samples;
    this.c = c;
    this.biasFeature = biasFeature;
    this.alpha = alpha;
    this.w = new double[d];
    for (int i = 0; i < samples.length; i++) {
      move(i, alpha[i]);
    }
  }

  /**
   * Ascends until primal minus dual is below {@code tolerance} of the primal, or passes run out.
   */
  SvmSolution solve(double tolerance) {
    return solve(tolerance, ROUNDS);
  }

  SvmSolution solve(double tolerance, int rounds) {
    double[] squares = new double[samples.length];
    for (int i = 0; i < samples.length; i++) {
      squares[i] = biasFeature * biasFeature;
      for (int k = 0; k < d; k++) {
        squares[i] += z[samples[i] * d + k] * z[samples[i] * d + k];
      }
    }
    SvmSolution best = certify(tolerance);
    for (int round = 0; round < rounds && !best.converged(); round++) {
      int[] free = new int[samples.length];
      int count = 0;
      for (int i = 0; i < samples.length; i++) {
        climb(i, squares[i]);
        if (alpha[i] > 0 && alpha[i] < c) {
          free[count++] = i;
        }
      }
      double first = 0;
      for (int pass = 0; pass < FREE_PASSES; pass++) {
        double largest = 0;
        for (int k = 0; k < count; k++) {
          int i = free[k];
          largest = Math.max(largest, Math.abs(climb(i, squares[i])) * squares[i]);
        }
        first = Math.max(first, largest);
        if (largest <= SETTLED * first) {
          break;
        }
      }
      SvmSolution now = certify(tolerance);
      best = now.gap() < best.gap() ? now : best;
    }
    return best;
  }

  /** Moves alpha_i to the best value with all others fixed; returns the step. */
  private double climb(int i, double square) {
    double gradient = labels[samples[i]] * score(i) - 1.0;
    double next = Math.min(c, Math.max(0.0, alpha[i] - gradient / square));
    double step = next - alpha[i];
    move(i, step);
    alpha[i] = next;
    return step;
  }

  private void move(int i, double step) {
    if (step == 0.0) {
      return;
    }
    double y = step * labels[samples[i]];
    int row = samples[i] * d;
    for (int k = 0; k < d; k++) {
      w[k] += y * z[row + k];
    }
    wBias += y * biasFeature;
  }

  private double score(int i) {
    double sum = wBias * biasFeature;
    int row = samples[i] * d;
    for (int k = 0; k < d; k++) {
      sum += w[k] * z[row + k];
    }
    return sum;
  }

  private SvmSolution certify(double tolerance) {
    double loss = 0;
    double sum = 0;
    for (int i = 0; i < samples.length; i++) {
      loss += Math.max(0.0, 1.0 - labels[samples[i]] * score(i));
      sum += alpha[i];
    }
    double square = 0;
    for (double wk : w) {
      square += wk * wk;
    }
    double objective = square / 2 + c * loss;
    double primal = objective + wBias * wBias / 2;
    double dual = sum - (square + wBias * wBias) / 2;
    double gap = Math.max(0.0, primal - dual) / primal;
    return new SvmSolution(w.clone(), -wBias * biasFeature, objective, gap, gap <= tolerance);
  }
}
