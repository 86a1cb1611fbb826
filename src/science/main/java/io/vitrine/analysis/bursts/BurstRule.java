package io.vitrine.analysis.bursts;

import io.vitrine.model.Check;
import java.io.Serializable;

/**
 * What a burst of rearrangement is: windows in which a larger fraction of the targets rearranges
 * (p_hop &gt; p_c) than either a given fraction, or the mean and some standard deviations of all
 * windows of this simulation before it.
 *
 * <p>The second needs {@value #FEWEST} windows before it says anything. Its mean and deviation are
 * those of the counts of single windows, from integer sums. Successive windows share all frames but
 * one, so counts of windows closer than 10 tau are not independent: k standard deviations say how
 * far a window differs, not how unlikely it is.
 *
 * @param fraction threshold of the first kind; NaN for the second
 * @param deviations k of the second kind; NaN for the first
 * @param bytes disk space that the bursts of one simulation may take
 */
public record BurstRule(double fraction, double deviations, long bytes) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Windows that the second kind looks at before it decides. */
  public static final int FEWEST = 50;

  private static final String ABOVE = "above=";
  private static final String SIGMAS = "sigmas=";

  /** Checks the numbers. */
  public BurstRule {
    if (Double.isNaN(fraction) == Double.isNaN(deviations)) {
      throw Check.refuse("burst rule", "have one threshold", fraction + " and " + deviations);
    }
    if (Double.isNaN(deviations)) {
      Check.within("fraction of a burst", fraction, 0, 1);
    } else {
      Check.within("standard deviations of a burst", deviations, 0, 100);
    }
    Check.positive("bytes for the bursts of a simulation", (double) bytes);
  }

  /** A rule as people write it: {@code above=F} or {@code sigmas=K}. */
  public static BurstRule parse(String name, String text, long bytes) {
    String word = text.startsWith(ABOVE) ? ABOVE : text.startsWith(SIGMAS) ? SIGMAS : null;
    double value = Double.NaN;
    try {
      value = word == null ? value : Double.parseDouble(text.substring(word.length()));
    } catch (NumberFormatException e) {
      // Refused below.
    }
    if (Double.isNaN(value)) {
      throw Check.refuse(name, "be above=FRACTION or sigmas=K", "'" + text + "'");
    }
    return word.equals(ABOVE)
        ? new BurstRule(value, Double.NaN, bytes)
        : new BurstRule(Double.NaN, value, bytes);
  }

  /** The rule as {@link #parse} reads it. */
  public String text() {
    return Double.isNaN(deviations) ? ABOVE + fraction : SIGMAS + deviations;
  }

  /**
   * Whether a window belongs to a burst.
   *
   * @param hops targets that rearrange in it
   * @param targets all of them
   * @param windows before it
   * @param sum of their hops
   * @param squares sum of the squares of their hops
   */
  boolean isBurst(long hops, int targets, long windows, long sum, long squares) {
    if (Double.isNaN(deviations)) {
      return hops > fraction * targets;
    }
    if (windows < FEWEST) {
      return false;
    }
    double mean = (double) sum / windows;
    double variance = Math.max(0, (double) squares / windows - mean * mean);
    return hops > mean + deviations * Math.sqrt(variance);
  }
}
