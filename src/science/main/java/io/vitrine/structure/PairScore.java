package io.vitrine.structure;

import io.vitrine.geometry.NeighbourLoop;
import io.vitrine.geometry.PairVisitor;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The score of a linear model, w . z + intercept with z = (G - mean) / deviation, as a sum over
 * pairs: score_i = sum_j phi_{X_j}(R_ij) + constant, constant = intercept - sum_k w_k mean_k / s_k.
 *
 * <p>Dimensionless. Features are never formed: one table look-up a pair and model. A feature of
 * deviation 0 carries no information and is left out. Within 1e-6 of a score's standard deviation
 * of the sum over exact features, or within 2e-5 at less cost ({@link #live}). A score depends on
 * the frame and the model only, to the last bit.
 */
public final class PairScore {
  /** Pairs this many deltas beyond the last shell add 4e-6 of one pair on the shell, at most. */
  private static final double REACH = 5;

  private final FeatureSpec spec;
  private final double reach;
  private final PairPotential potential;
  private final SquaredDistanceTable table;
  private final double constant;

  private PairScore(FeatureSpec spec, double[] scaled, double constant) {
    this.spec = spec;
    this.reach = reach(spec);
    this.potential = new PairPotential(spec, scaled);
    this.table =
        new SquaredDistanceTable(
            reach,
            SquaredDistanceTable.WIDE,
            IntStream.range(0, spec.species().size())
                .<DoubleUnaryOperator>mapToObj(x -> r -> PairPotential.phi(spec, scaled, x, r))
                .toArray(DoubleUnaryOperator[]::new));
    this.constant = constant;
  }

  /**
   * A model as a pair sum.
   *
   * @param weights w [features]
   * @param means of the features [features]
   * @param deviations of the features [features], &gt;= 0
   * @param intercept added to w . z
   */
  public static PairScore of(
      FeatureSpec spec, double[] weights, double[] means, double[] deviations, double intercept) {
    Check.length("weights", weights.length, spec.featureCount());
    Check.length("means", means.length, spec.featureCount());
    Check.length("deviations", deviations.length, spec.featureCount());
    double[] scaled = new double[weights.length];
    double constant = intercept;
    for (int k = 0; k < weights.length; k++) {
      if (!(deviations[k] >= 0)) {
        throw Check.refuse("deviation of feature " + k, "be >= 0", deviations[k]);
      }
      scaled[k] = deviations[k] == 0 ? 0 : weights[k] / deviations[k];
      constant -= scaled[k] * means[k];
    }
    if (!Double.isFinite(constant)) {
      throw Check.refuse("weights, means, deviations and intercept", "be finite", constant);
    }
    return new PairScore(spec, scaled, constant);
  }

  /** Beyond which live scores leave pairs out, sigma. */
  static double reach(FeatureSpec spec) {
    double[] radii = spec.radii();
    return Math.min(spec.cutoff(), radii[radii.length - 1] + REACH * spec.delta());
  }

  /** The features the model is made of. */
  public FeatureSpec spec() {
    return spec;
  }

  /** Scores [models][n] of the targets, indices [n] into the frame. */
  public static double[][] scores(Frame frame, int[] targets, List<PairScore> models) {
    return scores(frame, targets, models, Runnable::run, 1);
  }

  /** The same, to the bit, in blocks on an executor. */
  public static double[][] scores(
      Frame frame, int[] targets, List<PairScore> models, Executor executor, int blocks) {
    return byReach(
        frame,
        targets,
        models,
        model -> model.spec.cutoff(),
        (scaled, reach, of, scores) ->
            (scaled ? NeighbourLoop.scaled(frame, reach) : NeighbourLoop.over(frame, reach))
                .forEach(targets, () -> visitor(models, of, scores), executor, blocks));
  }

  /** Scores [models][n] within 2e-5 of their standard deviation. */
  public static double[][] live(Frame frame, int[] targets, List<PairScore> models) {
    return live(frame, targets, models, Runnable::run, 1);
  }

  /** The same, to the bit, in blocks on an executor. */
  public static double[][] live(
      Frame frame, int[] targets, List<PairScore> models, Executor executor, int blocks) {
    return byReach(
        frame,
        targets,
        models,
        model -> model.reach,
        (scaled, reach, of, scores) -> {
          List<SquaredDistanceTable> tables =
              Arrays.stream(of).mapToObj(m -> models.get(m).table).toList();
          double[][] sums =
              new TabulatedSums(reach, scaled, tables).of(frame, targets, executor, blocks);
          for (int k = 0; k < of.length; k++) {
            double constant = models.get(of[k]).constant;
            double[] own = sums[k];
            Arrays.setAll(scores[of[k]], n -> constant + own[n]);
          }
        });
  }

  /** One pass over the pairs of a reach: fills the scores of the models that have it. */
  @FunctionalInterface
  private interface Pass {
    void over(boolean scaled, double reach, int[] models, double[][] scores);
  }

  private static double[][] byReach(
      Frame frame,
      int[] targets,
      List<PairScore> models,
      ToDoubleFunction<PairScore> reachOf,
      Pass pass) {
    models.forEach(model -> model.spec.check(frame));
    double[][] scores = new double[models.size()][targets.length];
    for (boolean scaled : new boolean[] {false, true}) {
      int[] own =
          IntStream.range(0, models.size())
              .filter(m -> models.get(m).spec.hasScaledDistances() == scaled)
              .toArray();
      for (double reach :
          Arrays.stream(own)
              .mapToDouble(m -> reachOf.applyAsDouble(models.get(m)))
              .distinct()
              .toArray()) {
        int[] of =
            Arrays.stream(own).filter(m -> reachOf.applyAsDouble(models.get(m)) == reach).toArray();
        pass.over(scaled, reach, of, scores);
      }
    }
    return scores;
  }

  private static PairVisitor visitor(List<PairScore> models, int[] of, double[][] scores) {
    return (slot, species, squared, count) -> {
      for (int n = 0; n < count; n++) {
        squared[n] = Math.sqrt(squared[n]);
      }
      for (int m : of) {
        PairScore model = models.get(m);
        if (species == 0) {
          scores[m][slot] = model.constant;
        }
        scores[m][slot] += model.potential.sum(species, squared, count);
      }
    };
  }
}
