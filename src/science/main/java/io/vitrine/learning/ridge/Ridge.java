package io.vitrine.learning.ridge;

import io.vitrine.learning.Standardization;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureMoments;
import java.util.Arrays;

/**
 * Ridge regression from moments: w minimizes sum_i (y_i - mean(y) - w . z_i)^2 + lambda |w|^2 with
 * z = (x - mean) / deviation over the same samples, population deviations.
 *
 * <p>So w solves (n R + lambda) w = n r, R the correlations of the features and r their covariance
 * with y over their deviations: what scikit-learn's {@code Ridge(alpha=lambda)} finds behind a
 * {@code StandardScaler}. A feature that does not vary gets no weight. No samples are needed, only
 * their moments. Time: d^3 / 3 multiplications a penalty.
 *
 * @see <a href="https://doi.org/10.1080/00401706.1970.10488634">Hoerl and Kennard 1970</a>
 */
public final class Ridge {
  private final FeatureMoments joint;
  private final int d;
  private final Standardization standardization;

  /** 1 / deviation, or 0 for a feature that does not vary. */
  private final double[] scale;

  private Ridge(FeatureMoments joint) {
    this.joint = joint;
    this.d = joint.featureCount() - 1;
    double[] deviations = new double[d];
    this.scale = new double[d];
    for (int k = 0; k < d; k++) {
      double deviation = Math.sqrt(joint.covariance()[k * (d + 1) + k]);
      deviations[k] = Standardization.varying(deviation, joint.mean()[k]);
      scale[k] = deviations[k] == deviation ? 1 / deviation : 0;
    }
    this.standardization = Standardization.of(Arrays.copyOf(joint.mean(), d), deviations);
  }

  /** Of the moments of vectors that are features and, last, the label. */
  public static Ridge of(FeatureMoments joint) {
    Check.positive("number of features", joint.featureCount() - 1);
    return new Ridge(joint);
  }

  /** Number of samples. */
  public long count() {
    return joint.count();
  }

  /** Means and deviations of the features. */
  public Standardization standardization() {
    return standardization;
  }

  /** Mean of the label: the prediction for a particle with average features. */
  public double intercept() {
    return joint.mean()[d];
  }

  /** Standard deviation of w.z over the samples. */
  double sigma(double[] weights) {
    double sum = 0;
    for (int k = 0; k < d; k++) {
      for (int l = 0; l < d; l++) {
        double correlation = joint.covariance()[k * (d + 1) + l] * (scale[k] * scale[l]);
        sum += weights[k] * weights[l] * correlation;
      }
    }
    return Math.sqrt(Math.max(0, sum));
  }

  /**
   * Weights [d] of the standardized features.
   *
   * @param lambda the penalty, &gt;= 0; refused where it is too small for features that depend on
   *     each other
   */
  public double[] weights(double lambda) {
    if (!(lambda >= 0) || Double.isInfinite(lambda)) {
      throw Check.refuse("lambda", "be >= 0 and finite", lambda);
    }
    double[] covariance = joint.covariance();
    double n = joint.count();
    double[][] a = new double[d][d];
    double[] b = new double[d];
    for (int k = 0; k < d; k++) {
      double[] row = a[k];
      int at = k * (d + 1);
      for (int l = k; l < d; l++) {
        row[l] = n * covariance[at + l] * (scale[k] * scale[l]);
      }
      b[k] = n * covariance[at + d] * scale[k];
      row[k] += scale[k] == 0 ? 1 : lambda;
    }
    Cholesky factor = Cholesky.of(a);
    if (factor == null) {
      throw Check.refuse("lambda", "be larger where features depend on each other", lambda);
    }
    return factor.solve(b);
  }
}
