package io.vitrine.results;

import java.util.List;

/**
 * Rows of one simulation in one bin of time.
 *
 * @param version of the classifier that scored them; empty without one
 * @param bin number of the bin: the time over its width, rounded down
 * @param rows how many
 * @param timeMillis mean of their times, ms
 * @param values what they say
 */
public record TimeBin(String version, long bin, long rows, double timeMillis, List<Spread> values) {
  /**
   * One quantity over the rows of a bin.
   *
   * @param mean mean; NaN where no row has it
   * @param low smallest
   * @param high largest
   */
  public record Spread(double mean, double low, double high) {}

  /** Freezes the list. */
  public TimeBin {
    values = List.copyOf(values);
  }
}
