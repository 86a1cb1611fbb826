package io.vitrine.relaxation;

import java.util.List;

/**
 * What the structure of a frame, or of a block of frames, says.
 *
 * @param millis time of the frame, or when the block begins, ms of event time
 * @param readings single numbers
 * @param pairs g(r) of the block, where one is over
 */
public record Statics(long millis, List<Reading> readings, List<Pairs> pairs) {
  /** S_cc at the first shell; shells 2 and 3 have the numbers 2 and 3. */
  public static final String COMPOSITION = "S_cc/";

  /** Below this S_cc of the first shell is too small for equilibrium. */
  public static final String COMPOSITION_LOW = "S_cc_low";

  /** Above this S_cc of the first shell is too large for equilibrium. */
  public static final String COMPOSITION_HIGH = "S_cc_high";

  /** S at its first peak. */
  public static final String PEAK = "S/peak";

  /** The largest S of a single wavevector there, over its mean. */
  public static final String LARGEST = "S/largest";

  /** Freezes the lists. */
  public Statics {
    readings = List.copyOf(readings);
    pairs = List.copyOf(pairs);
  }

  /**
   * One number.
   *
   * @param quantity its name
   * @param wavevector where, 1/sigma
   * @param value dimensionless
   */
  public record Reading(String quantity, double wavevector, double value) {}

  /**
   * g(r) of a pair of species.
   *
   * @param pair names of the two
   * @param width of a bin, sigma; the first begins at 0
   * @param frames that were counted
   * @param g by bin
   */
  public record Pairs(String pair, double width, int frames, List<Double> g) {
    /** Freezes the list. */
    public Pairs {
      g = List.copyOf(g);
    }
  }
}
