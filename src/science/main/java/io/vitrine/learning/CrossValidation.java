package io.vitrine.learning;

import java.util.Arrays;

/**
 * How a classifier does on samples it has not seen: each fold is scored by a classifier trained on
 * all others.
 *
 * <p>Accuracies are balanced: the mean of the fractions of both classes on their side of the
 * hyperplane (of the one class there is, where a fold holds but one). A score of exactly 0 counts
 * as quiet. Features keep the standardization of the whole set, as with one fit of the scaler.
 */
public final class CrossValidation {
  private final double[] accuracies;
  private final double[] raw;
  private final boolean converged;

  private CrossValidation(double[] accuracies, double[] raw, boolean converged) {
    this.accuracies = accuracies;
    this.raw = raw;
    this.converged = converged;
  }

  /** Trains once a fold. */
  public static CrossValidation run(LinearSvm svm, Folds folds, double c) {
    double[] raw = new double[svm.count()];
    double[] accuracies = new double[folds.count()];
    boolean converged = true;
    for (int k = 0; k < folds.count(); k++) {
      SvmSolution s = svm.train(c, folds.training(k));
      int[] held = folds.held(k);
      for (int i : held) {
        raw[i] = svm.raw(s.weights(), i);
      }
      accuracies[k] = accuracy(svm, s, held);
      converged &= s.converged();
    }
    return new CrossValidation(accuracies, raw, converged);
  }

  /** Balanced accuracy of a hyperplane on some samples. */
  static double accuracy(LinearSvm svm, SvmSolution s, int[] samples) {
    double[] scores = new double[samples.length];
    byte[] labels = new byte[samples.length];
    for (int k = 0; k < samples.length; k++) {
      scores[k] = svm.raw(s.weights(), samples[k]);
      labels[k] = svm.labels()[samples[k]];
    }
    return BiasScan.of(scores, labels).accuracy(s.bias());
  }

  /** Balanced accuracy of each fold at its own bias. */
  public double[] accuracies() {
    return accuracies;
  }

  /** Mean over the folds. */
  public double mean() {
    return Arrays.stream(accuracies).average().orElse(Double.NaN);
  }

  /** weights . z of each sample [n] by the classifier that has not seen it. */
  public double[] raw() {
    return raw;
  }

  /** Whether every training converged. */
  public boolean converged() {
    return converged;
  }
}
