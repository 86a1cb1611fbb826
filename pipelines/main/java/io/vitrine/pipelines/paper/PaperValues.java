package io.vitrine.pipelines.paper;

import java.util.Map;
import java.util.TreeMap;

/**
 * Table I as printed in Obadiya and Sussman, "Does fluid structure encode predictions of glassy
 * dynamics?", by training temperature.
 *
 * @param bias b that achieves the highest accuracy during training
 * @param sigma standard deviation of the score at the training temperature
 * @param best b_best on the test set at T = 0.47
 * @param cosine with the direction of softness
 */
record PaperValues(double bias, double sigma, double best, double cosine) {
  /** Temperature of softness. */
  static final double COLDEST = 0.45;

  /** The six rows. */
  static final Map<Double, PaperValues> TABLE =
      new TreeMap<>(
          Map.of(
              COLDEST,
              new PaperValues(0.0096, 1.1188, 0.55710, 1.0),
              1.0,
              new PaperValues(-0.0056, 0.7653, -0.2385, 0.8246),
              1.2,
              new PaperValues(-0.0171, 0.7028, -0.4644, 0.8071),
              1.4,
              new PaperValues(-0.0099, 0.6760, -0.4644, 0.6643),
              1.8,
              new PaperValues(-0.0262, 0.6286, -0.5774, 0.7104),
              2.0,
              new PaperValues(-0.0341, 0.6286, -0.6151, 0.7198)));

  /** Values the paper gives as reasonable for T0. */
  static final double ONSET_LOW = 0.8;

  /** Values the paper gives as reasonable for T0. */
  static final double ONSET_HIGH = 1.2;

  /** b_best - b. */
  double difference() {
    return best - bias;
  }
}
