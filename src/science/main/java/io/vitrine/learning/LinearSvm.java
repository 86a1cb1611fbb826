package io.vitrine.learning;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import io.vitrine.model.Check;

/**
 * The linear soft-margin classifier: min over w, b of |w|^2 / 2 + C sum_i max(0, 1 - y_i (w.z_i -
 * b)), the optimum of scikit-learn's SVC(kernel='linear').
 *
 * <p>liblinear's L1-loss dual solver treats the bias as the weight of one more feature and so
 * regularizes it. That feature is 10 here, not 1, so b costs b^2 / 200 only (for the reference set
 * 2e-5 of the objective; with 1 the direction's cosine with SVC is 0.9985).
 *
 * <p>liblinear stops after 300 passes over the data, whether it has arrived or not, and does not
 * say. So each sample carries one more feature of its own, epsilon = 1e-6: its weight is epsilon
 * y_i alpha_i, which gives the dual variables and with them the duality gap, a bound on the
 * distance to the optimum. It adds epsilon^2 to the diagonal of the dual, which changes the optimum
 * by less than 1e-12 C of itself. Where the gap is not small enough, {@link DualAscent} goes on
 * from there a little.
 *
 * <p>Coordinates creep as C grows. What they leave, and all of C &gt; {@value #LARGE}, is for
 * {@link InteriorPoint}: about 14 steps whatever C is.
 *
 * <p>Labels must be +1 and -1 and both occur. Same input, same bits out. Cost: O(n d) a pass, O(n
 * d^2) a step.
 *
 * @see <a href="https://doi.org/10.1145/1390156.1390208">Hsieh et al. 2008, algorithm 1</a>
 */
public final class LinearSvm {
  /** A solution counts as converged when its objective is this close to the best, relatively. */
  public static final double TOLERANCE = 1e-6;

  /** C of standardized features above which coordinate methods are not tried. */
  private static final double LARGE = 0.03;

  private static final double BIAS_FEATURE = 10.0;
  private static final double TRACER = 1e-6;

  /** liblinear's own criterion, the largest violation of the dual's conditions. */
  private static final double STOP = 1e-4;

  /**
   * The interior point's own gap; its last step gains more than this, and infeasibility needs room.
   */
  private static final double INNER = TOLERANCE / 1000;

  private final double[] z;
  private final byte[] labels;
  private final int d;
  private final Feature[][] rows;

  private LinearSvm(double[] z, byte[] labels, int d, Feature[][] rows) {
    this.z = z;
    this.labels = labels;
    this.d = d;
    this.rows = rows;
  }

  /** Of standardized features {@code z} [n * d], row by row, and labels [n], +1 or -1. */
  public static LinearSvm of(double[] z, byte[] labels) {
    int n = Check.positive("number of samples", labels.length);
    int d = z.length / n;
    Check.length("standardized features", z.length, n * d);
    Feature[][] rows = new Feature[n][d + 2];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < d; k++) {
        if (!Double.isFinite(z[i * d + k])) {
          throw Check.refuse("feature " + k + " of sample " + i, "be finite", z[i * d + k]);
        }
        rows[i][k] = new FeatureNode(k + 1, z[i * d + k]);
      }
      rows[i][d] = new FeatureNode(d + 1, BIAS_FEATURE);
      rows[i][d + 1] = new FeatureNode(d + 2 + i, TRACER);
    }
    return new LinearSvm(z, labels, d, rows);
  }

  static {
    Linear.disableDebugOutput();
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
    if (c > LARGE) {
      return interior(samples, c);
    }
    SvmSolution ascended = ascent(samples, c, coordinates(samples, c)).solve(TOLERANCE);
    if (ascended.converged()) {
      return ascended;
    }
    SvmSolution solved = interior(samples, c);
    return solved.gap() < ascended.gap() ? solved : ascended;
  }

  private SvmSolution interior(int[] samples, double c) {
    double[] alpha = new InteriorPoint(signedRows(samples), c).solve(INNER);
    return ascent(samples, c, alpha).solve(TOLERANCE);
  }

  /** Dual variables where liblinear stopped. */
  private double[] coordinates(int[] samples, double c) {
    Problem problem = new Problem();
    problem.l = samples.length;
    problem.n = d + 1 + labels.length;
    problem.bias = -1;
    problem.x = new Feature[samples.length][];
    problem.y = new double[samples.length];
    for (int i = 0; i < samples.length; i++) {
      problem.x[i] = rows[samples[i]];
      problem.y[i] = labels[samples[i]];
    }
    Model model = Linear.train(problem, new Parameter(SolverType.L2R_L1LOSS_SVC_DUAL, c, STOP));
    double sign = model.getLabels()[0] > 0 ? 1.0 : -1.0;
    double[] w = model.getFeatureWeights();
    double[] alpha = new double[samples.length];
    for (int i = 0; i < samples.length; i++) {
      double traced = sign * labels[samples[i]] * w[d + 1 + samples[i]] / TRACER;
      alpha[i] = Math.min(c, Math.max(0.0, traced));
    }
    return alpha;
  }

  private DualAscent ascent(int[] samples, double c, double[] alpha) {
    return new DualAscent(z, labels, d, samples, c, BIAS_FEATURE, alpha);
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
