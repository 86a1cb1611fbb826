package io.vitrine.learning;

import io.vitrine.model.Check;
import java.util.List;

/**
 * How to train.
 *
 * @param c soft margin
 * @param bulk whether features are standardized over all particles instead of the training set
 * @param folds of the cross-validation; 0 leaves it out
 * @param seed of every draw
 * @param block tau: grouped folds keep a particle's samples in one block together; infinite keeps
 *     all
 * @param scan values of C to compare by cross-validation; may be empty
 * @param depth whether learning curve and split halves are wanted, which cost three times the rest
 * @param version of the program, for the model
 */
public record TrainOptions(
    double c,
    boolean bulk,
    int folds,
    long seed,
    double block,
    List<Double> scan,
    boolean depth,
    String version) {
  /** The paper's C. */
  public static final double STANDARD_C = 0.01;

  private static final int STANDARD_FOLDS = 5;

  /** Half the lifetime of a quiet run, and far longer than a hop. */
  private static final double STANDARD_BLOCK = 50.0;

  /** Refuses what cannot be trained with. */
  public TrainOptions {
    Check.positive("C", c);
    if (folds != 0 && folds < 2) {
      throw Check.refuse("number of folds", "be 0 or >= 2", folds);
    }
    if (!(block > 0)) {
      throw Check.refuse("time block of grouped folds", "be > 0", block);
    }
    scan = List.copyOf(scan);
    scan.forEach(value -> Check.positive("C of the scan", value));
  }

  /** C 0.01, standardized over the set, 5 folds, blocks of 50 tau, seed 1. */
  public static TrainOptions standard(String version) {
    return new TrainOptions(
        STANDARD_C, false, STANDARD_FOLDS, 1, STANDARD_BLOCK, List.of(), false, version);
  }

  /** With another soft margin. */
  public TrainOptions withC(double value) {
    return new TrainOptions(value, bulk, folds, seed, block, scan, depth, version);
  }

  /** With features standardized over all particles, or over the set. */
  public TrainOptions withBulk(boolean value) {
    return new TrainOptions(c, value, folds, seed, block, scan, depth, version);
  }

  /** With another number of folds; 0 leaves cross-validation out. */
  public TrainOptions withFolds(int value) {
    return new TrainOptions(c, bulk, value, seed, block, scan, depth, version);
  }

  /** With another seed. */
  public TrainOptions withSeed(long value) {
    return new TrainOptions(c, bulk, folds, value, block, scan, depth, version);
  }

  /** With another time block, tau. */
  public TrainOptions withBlock(double value) {
    return new TrainOptions(c, bulk, folds, seed, value, scan, depth, version);
  }

  /** With a scan of C. */
  public TrainOptions withScan(List<Double> values) {
    return new TrainOptions(c, bulk, folds, seed, block, values, depth, version);
  }

  /** With learning curve and split halves. */
  public TrainOptions withDepth(boolean value) {
    return new TrainOptions(c, bulk, folds, seed, block, scan, value, version);
  }
}
