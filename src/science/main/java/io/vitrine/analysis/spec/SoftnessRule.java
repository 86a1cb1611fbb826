package io.vitrine.analysis.spec;

import io.vitrine.learning.sampling.QuietRuns;
import io.vitrine.model.Check;
import java.io.Serializable;

/**
 * The softness training set: hops (p_hop &gt; p_c) against long quiet stretches (p_hop &lt; p_l for
 * at least 120 tau).
 *
 * @param quietThreshold p_l, sigma^2; NaN: the smallest on a grid of 0.001 that gives as many
 *     samples as wanted
 * @param size samples wanted of either class of each simulation
 * @param peaks one sample a hop, at its largest p_hop, instead of one a window
 */
public record SoftnessRule(double quietThreshold, int size, boolean peaks) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** p_l of the paper, sigma^2. */
  public static final double QUIET_THRESHOLD = 0.0085;

  /** Samples of either class in the paper. */
  public static final int SIZE = 3800;

  /** Checks the numbers. */
  public SoftnessRule {
    if (!Double.isNaN(quietThreshold)) {
      Check.positive("quiet threshold", quietThreshold);
    }
    Check.positive("softness size", size);
  }

  /** The paper's choices. */
  public static SoftnessRule standard() {
    return new SoftnessRule(QUIET_THRESHOLD, SIZE, false);
  }

  /**
   * Reads p_l.
   *
   * @param name of the option, for the refusal
   * @param text a number, sigma^2, or {@code auto}, which gives NaN
   */
  public static double readQuiet(String name, String text) {
    if (text.equals("auto")) {
      return Double.NaN;
    }
    try {
      return Check.positive(name, Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw Check.refuse(name, "be a number or auto", "'" + text + "'");
    }
  }

  /** Whether p_l is found from the data. */
  public boolean isCalibrated() {
    return Double.isNaN(quietThreshold);
  }

  /** The thresholds that are followed, ascending. */
  public double[] levels() {
    return isCalibrated() ? QuietRuns.grid() : new double[] {quietThreshold};
  }
}
