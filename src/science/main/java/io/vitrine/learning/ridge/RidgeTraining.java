package io.vitrine.learning.ridge;

import io.vitrine.learning.Model;
import io.vitrine.learning.Standardization;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureMoments;
import io.vitrine.model.FeatureSets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Chooses the penalty of a ridge regression by leaving out one block (a configuration, a time
 * block) at a time, from the blocks' moments alone.
 *
 * <p>For each block, the sum of all less that block gives means, deviations and the weights of
 * every penalty; Pearson's r between prediction and label on the block left out follows from its
 * own moments, r = w.c / sqrt(w'Cw v), w per unit of a feature, C the block's covariance of
 * features, c that of features and label, v the label's variance. The penalty with the largest mean
 * r over the blocks is taken, the larger one of equals. Vectors are features and, last, the label.
 */
public final class RidgeTraining {
  /** 0.1, 0.316, 1, ..., 100,000. */
  private static final List<Double> STANDARD =
      IntStream.rangeClosed(-2, 10).mapToObj(k -> Math.pow(10, 0.5 * k)).toList();

  private RidgeTraining() {}

  /**
   * What was found.
   *
   * @param lambda the penalty taken
   * @param lambdas those compared
   * @param pearson r on each block left out, [blocks] for each penalty; empty for one block
   * @param regression on all blocks
   * @param weights [d] of the standardized features, at {@code lambda}
   */
  public record Result(
      double lambda,
      List<Double> lambdas,
      List<double[]> pearson,
      Ridge regression,
      double[] weights) {
    /** r on each block left out, at the penalty taken; empty where there was one block only. */
    public double[] crossValidation() {
      return pearson.isEmpty() ? new double[0] : pearson.get(lambdas.indexOf(lambda));
    }

    /**
     * The model, named {@code model}: w.z - bias with bias = -mean(label). Its sigma is that of w.z
     * over the samples.
     *
     * @param temperature that the samples share
     * @param convention by name: String or Number
     * @param sha256 of the samples
     * @param version of the program
     */
    public Model model(
        FeatureSets sets,
        Model.Regression trained,
        OptionalDouble temperature,
        Map<String, Object> convention,
        String sha256,
        String version) {
      OptionalDouble none = OptionalDouble.empty();
      Model.Origin origin =
          new Model.Origin(
              temperature,
              Double.NaN,
              OptionalDouble.of(regression.sigma(weights)),
              none,
              OptionalDouble.of(0),
              Map.of(),
              Map.of(),
              convention,
              sha256,
              regression.count(),
              version,
              trained);
      Standardization z = regression.standardization();
      return Model.of("model", weights, -regression.intercept(), z, sets, origin);
    }
  }

  /** The penalties that are compared where none are given. */
  public static List<Double> standardLambdas() {
    return STANDARD;
  }

  /**
   * Trains on blocks.
   *
   * @param lambdas to choose from; one is taken as it is
   */
  public static Result run(List<ExactMoments> blocks, List<Double> lambdas) {
    if (blocks.isEmpty() || (blocks.size() < 2 && lambdas.size() > 1)) {
      throw Check.refuse(
          "number of configurations", "be >= 2 (one is left out to choose lambda)", blocks.size());
    }
    ExactMoments all = ExactMoments.of(blocks.get(0).length());
    blocks.forEach(all::merge);
    List<double[]> byBlock = new ArrayList<>();
    if (blocks.size() > 1) {
      IntStream.range(0, blocks.size())
          .parallel()
          .mapToObj(b -> leaveOut(all, blocks.get(b), b, lambdas))
          .forEachOrdered(byBlock::add);
    }
    List<double[]> pearson = new ArrayList<>();
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < lambdas.size() && !byBlock.isEmpty(); k++) {
      int which = k;
      double[] r = byBlock.stream().mapToDouble(of -> of[which]).toArray();
      pearson.add(r);
      double mean = IntStream.range(0, r.length).mapToDouble(b -> r[b]).sum() / r.length;
      if (mean > most || (mean == most && lambdas.get(k) > lambdas.get(best))) {
        most = mean;
        best = k;
      }
    }
    Ridge regression = Ridge.of(all.result());
    double lambda = lambdas.get(best);
    return new Result(
        lambda, List.copyOf(lambdas), pearson, regression, regression.weights(lambda));
  }

  private static double[] leaveOut(
      ExactMoments all, ExactMoments block, int number, List<Double> lambdas) {
    Ridge ridge = Ridge.of(all.copy().remove(block).result());
    FeatureMoments held = block.result();
    double[] r = new double[lambdas.size()];
    for (int k = 0; k < r.length; k++) {
      r[k] = pearson(ridge.weights(lambdas.get(k)), ridge.standardization(), held, number);
    }
    return r;
  }

  /** r between prediction and label over the samples of these moments. */
  public static double pearson(
      double[] weights, Standardization standardization, FeatureMoments held, int number) {
    int d = weights.length;
    double[] covariance = held.covariance();
    double variance = covariance[d * (d + 1) + d];
    if (!(variance > 0)) {
      throw Check.refuse("label of configuration " + number, "vary", "the same for all particles");
    }
    double[] w = new double[d];
    for (int k = 0; k < d; k++) {
      w[k] = weights[k] / standardization.deviations()[k];
    }
    double both = 0;
    double square = 0;
    for (int k = 0; k < d; k++) {
      int row = k * (d + 1);
      double sum = 0;
      for (int l = 0; l < d; l++) {
        sum += covariance[row + l] * w[l];
      }
      square += w[k] * sum;
      both += w[k] * covariance[row + d];
    }
    return square > 0 ? both / Math.sqrt(square * variance) : 0;
  }
}
