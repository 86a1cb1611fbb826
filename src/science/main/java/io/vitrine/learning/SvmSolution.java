package io.vitrine.learning;

/**
 * A hyperplane with score(z) = weights . z - bias, and how far from the optimum it can be.
 *
 * <p>Note the sign: scikit-learn's {@code intercept_} is -bias.
 */
public final class SvmSolution {
  private final double[] weights;
  private final double bias;
  private final double objective;
  private final double gap;
  private final boolean converged;

  SvmSolution(double[] weights, double bias, double objective, double gap, boolean converged) {
    this.weights = weights;
    this.bias = bias;
    this.objective = objective;
    this.gap = gap;
    this.converged = converged;
  }

  /** Normal vector [d], frozen. */
  public double[] weights() {
    return weights;
  }

  /** What is subtracted from weights . z. */
  public double bias() {
    return bias;
  }

  /** |w|^2 / 2 + C sum_i max(0, 1 - y_i score_i): what SVC(kernel='linear') minimizes. */
  public double objective() {
    return objective;
  }

  /**
   * Primal minus dual value, as a part of the primal: the objective lies at most this part above
   * the best, up to the bias' own b^2 / 200 (see {@link LinearSvm}).
   */
  public double gap() {
    return gap;
  }

  /** Whether the gap is below {@link LinearSvm#TOLERANCE}. */
  public boolean converged() {
    return converged;
  }
}
