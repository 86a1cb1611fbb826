package io.vitrine.structure;

import io.vitrine.geometry.NeighbourLoop;
import io.vitrine.geometry.PairVisitor;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The score of a linear model, w . z + intercept with z = (G - mean) / deviation, as a sum over
 * pairs: score_i = sum_j phi_{X_j}(R_ij) + constant, constant = intercept - sum_k w_k mean_k / s_k.
 *
 * <p>Dimensionless. Features are never formed: one table look-up a pair and model. A feature of
 * deviation 0 carries no information and is left out. Within 1e-6 of a score's standard deviation
 * of the sum over exact features. A score depends on the frame and the model only, to the last bit.
 */
public final class PairScore {
  private final FeatureSpec spec;
  private final PairPotential potential;
  private final double constant;

  private PairScore(FeatureSpec spec, PairPotential potential, double constant) {
    this.spec = spec;
    this.potential = potential;
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
    return new PairScore(spec, new PairPotential(spec, scaled), constant);
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
    double[][] scores = new double[models.size()][targets.length];
    double[] cutoffs = models.stream().mapToDouble(m -> m.spec.cutoff()).distinct().toArray();
    for (double cutoff : cutoffs) {
      int[] which = new int[models.size()];
      int count = 0;
      for (int m = 0; m < which.length; m++) {
        if (models.get(m).spec.cutoff() == cutoff) {
          which[count++] = m;
        }
      }
      int[] of = Arrays.copyOf(which, count);
      NeighbourLoop.over(frame, cutoff)
          .forEach(targets, () -> visitor(models, of, scores), executor, blocks);
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
