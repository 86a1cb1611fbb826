package io.vitrine.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.DumpFrames;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors of the fast sums against the definition, in standard deviations over the particles. */
final class AccuracyTest {
  private static Frame frame;
  private static int[] targets;

  @BeforeAll
  static void readFrame() {
    frame = DumpFrames.read("ka512/ka512_T0.60.lammpstrj").get(12);
    targets = frame.particles().indicesOf(0);
  }

  static Stream<FeatureSpec> specs() {
    FeatureSpec standard = FeatureSpec.standard();
    return Stream.of(
        standard,
        FeatureSpec.evenly(0.25, 14, 0.3),
        FeatureSpec.of(standard.radii(), 0.1, 5.6),
        FeatureSpec.of(new double[] {0.7, 1.1, 1.2, 2.75, 4}, 0.2, 5.2));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void exact_anySpec_isWithinAMillionthOfADeviation(FeatureSpec spec) {
    // Where delta is small the innermost features vanish and so do their deviations.
    double[] error = errors(spec, RadialStructure.exact(spec), 1e-9);

    for (int k = 0; k < error.length; k++) {
      assertThat(error[k]).as("%s feature %d", spec, k).isLessThan(1e-6);
    }
  }

  @Test
  void live_standardSpec_isWithinAThousandthOfADeviation() {
    FeatureSpec spec = FeatureSpec.standard();
    double[] error = errors(spec, RadialStructure.live(spec), 0);

    for (int k = 0; k < error.length; k++) {
      assertThat(error[k]).as("feature %d", k).isLessThan(k % 50 < 5 ? 3e-2 : 1e-3);
    }
    // Four moments cannot do better: a test that passes with the exact kernel shows nothing.
    assertThat(error[49]).isGreaterThan(1e-6);
  }

  /** Largest error above a floor, by feature, in standard deviations of the feature. */
  private static double[] errors(FeatureSpec spec, RadialStructure kernel, double floor) {
    double[] expected = RadialStructure.reference(spec).features(frame, targets);
    double[] found = kernel.features(frame, targets);
    int features = spec.featureCount();
    double[] error = new double[features];
    for (int k = 0; k < features; k++) {
      double sum = 0;
      double squares = 0;
      for (int n = 0; n < targets.length; n++) {
        double g = expected[features * n + k];
        sum += g;
        squares += g * g;
        double off = Math.abs(found[features * n + k] - g);
        error[k] = Math.max(error[k], off > floor ? off : 0);
      }
      double mean = sum / targets.length;
      error[k] /= Math.sqrt(squares / targets.length - mean * mean);
    }
    return error;
  }
}
