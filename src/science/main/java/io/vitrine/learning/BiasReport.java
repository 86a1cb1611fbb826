package io.vitrine.learning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;

/**
 * What a classifier's bias does on the samples it was trained on, on those held out in
 * cross-validation, and on a test set.
 */
final class BiasReport {
  private static final int CURVE_POINTS = 201;

  private final double bias;
  private final BiasScan training;
  private final Optional<BiasScan> held;
  private final Optional<BiasScan> test;

  BiasReport(double bias, BiasScan training, Optional<BiasScan> held, Optional<BiasScan> test) {
    this.bias = bias;
    this.training = training;
    this.held = held;
    this.test = test;
  }

  /** The bias of highest accuracy on the samples held out (b_train). */
  OptionalDouble train() {
    return held.isPresent() ? OptionalDouble.of(held.get().best().bias()) : OptionalDouble.empty();
  }

  /** The bias of highest accuracy on the test set (b_best). */
  OptionalDouble best() {
    return test.isPresent() ? OptionalDouble.of(test.get().best().bias()) : OptionalDouble.empty();
  }

  /** Accuracies at the model's own bias, and the highest on the test set. */
  void addAccuracies(Map<String, Object> accuracies) {
    accuracies.put("training", training.accuracy(bias));
    test.ifPresent(scan -> accuracies.put("test", scan.accuracy(bias)));
    test.ifPresent(scan -> accuracies.put("test_best", scan.best().accuracy()));
  }

  /** {@code bias}, {@code bias_train}, {@code bias_best} and their plateaus; null where unknown. */
  void addBiases(Map<String, Object> report) {
    Optional<BiasScan.Plateau> onHeld = held.map(BiasScan::best);
    Optional<BiasScan.Plateau> onTest = test.map(BiasScan::best);
    report.put("bias", bias);
    report.put("bias_train", onHeld.map(BiasScan.Plateau::bias).orElse(null));
    report.put("bias_train_interval", onHeld.map(BiasReport::ends).orElse(null));
    report.put("bias_best", onTest.map(BiasScan.Plateau::bias).orElse(null));
    report.put("bias_best_interval", onTest.map(BiasReport::ends).orElse(null));
  }

  /** P(score &gt; 0 | hop). */
  Map<String, Object> positive() {
    Map<String, Object> positive = new LinkedHashMap<>();
    each((name, scan) -> positive.put(name, scan.above(bias)));
    return positive;
  }

  /** The accuracy as a function of the bias, over the range of scores. */
  Map<String, Object> curves() {
    double[] range = training.range();
    List<Double> biases = new ArrayList<>();
    for (int k = 0; k < CURVE_POINTS; k++) {
      biases.add(range[0] + k * (range[1] - range[0]) / (CURVE_POINTS - 1));
    }
    Map<String, Object> curve = new LinkedHashMap<>();
    curve.put("bias", biases);
    each((name, scan) -> curve.put(name, biases.stream().map(scan::accuracy).toList()));
    return curve;
  }

  private void each(BiConsumer<String, BiasScan> action) {
    action.accept("training", training);
    held.ifPresent(scan -> action.accept("cross_validation", scan));
    test.ifPresent(scan -> action.accept("test", scan));
  }

  private static List<Double> ends(BiasScan.Plateau plateau) {
    return List.of(plateau.low(), plateau.high());
  }
}
