package io.vitrine.benchmarks;

/** Mean of a correlated series and its standard error from the means of blocks of fixed length. */
final class Blocks {
  private final int length;
  private int filled;
  private double block;
  private int count;
  private double sum;
  private double squares;

  Blocks(int length) {
    this.length = length;
  }

  void add(double value) {
    block += value;
    if (++filled == length) {
      double mean = block / length;
      count++;
      sum += mean;
      squares += mean * mean;
      filled = 0;
      block = 0;
    }
  }

  double mean() {
    return sum / count;
  }

  double error() {
    return Math.sqrt(Math.max(0, squares / count - mean() * mean()) / (count - 1));
  }
}
