package io.vitrine.relaxation;

import java.util.List;

/**
 * What a verdict rests on: numbers that were accumulated, nothing else.
 *
 * @param start time of frame 0, tau
 * @param interval of frames, tau
 * @param last number of the last frame
 * @param tauAlpha of the first species at the first wavevector
 * @param series what must be stationary
 * @param composition rows of (S_cc of the shortest wavevectors, mean of S_cc beyond)
 * @param shortest how many wavevectors the first shell has
 * @param beyond how many wavevectors lie beyond it
 * @param wavenumber of the first shell, 1/sigma
 * @param largest S of a single wavevector at the first peak over its mean; NaN where not measured
 * @param vectors how many wavevectors that was the largest of
 * @param cuts how often the paths of the particles could not be followed
 */
record Evidence(
    double start,
    double interval,
    long last,
    RelaxationTime tauAlpha,
    List<Series> series,
    TimeBlocks composition,
    int shortest,
    int beyond,
    double wavenumber,
    double largest,
    int vectors,
    int cuts) {
  /**
   * A series in time.
   *
   * @param name what it is of
   * @param blocks sums
   * @param column of the value; where {@code squares} the next one has its square
   * @param squares whether squares were summed
   * @param scale what a value is to be divided by
   * @param memory how long it remembers, frames: values further apart are independent; infinite
   *     where unknown
   */
  record Series(
      String name, TimeBlocks blocks, int column, boolean squares, double scale, double memory) {
    /** Sum of the values of a row. */
    double sum(double[] row) {
      return row[column] / scale;
    }

    /** Sum of their squares. */
    double squares(double[] row) {
      return row[column + 1] / (scale * scale);
    }
  }
}
