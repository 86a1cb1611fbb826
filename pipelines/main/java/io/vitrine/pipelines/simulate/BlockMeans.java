package io.vitrine.pipelines.simulate;

import java.util.ArrayList;
import java.util.List;

/**
 * Means of several quantities over a run, with the standard error of the means of ten blocks:
 * successive frames are not independent, blocks of a tenth of the run nearly are.
 */
final class BlockMeans {
  private static final int BLOCKS = 10;

  private final int quantities;
  private final List<double[]> values = new ArrayList<>();

  BlockMeans(int quantities) {
    this.quantities = quantities;
  }

  void accept(double... row) {
    if (row.length != quantities) {
      throw new IllegalArgumentException(
          "a row must have " + quantities + " values, but had " + row.length);
    }
    values.add(row);
  }

  double mean(int quantity) {
    return mean(quantity, 0, values.size());
  }

  /** Standard error of the mean; NaN for fewer frames than blocks. */
  double error(int quantity) {
    int n = values.size();
    if (n < BLOCKS) {
      return Double.NaN;
    }
    double all = mean(quantity);
    double squares = 0;
    for (int b = 0; b < BLOCKS; b++) {
      double off = mean(quantity, b * n / BLOCKS, (b + 1) * n / BLOCKS) - all;
      squares += off * off;
    }
    return Math.sqrt(squares / (BLOCKS - 1) / BLOCKS);
  }

  private double mean(int quantity, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values.get(i)[quantity];
    }
    return sum / (to - from);
  }
}
