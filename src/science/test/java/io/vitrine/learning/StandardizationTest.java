package io.vitrine.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.model.FeatureMoments;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.TrainingSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StandardizationTest {
  private static final FeatureSpec ONE_RADIUS = FeatureSpec.evenly(1.0, 1, 0.2);
  private static final TrainingSet.Origin ANYWHERE = new TrainingSet.Origin("s", 1, 7, 5, 0.3);

  @Test
  void apply_overSets_hasZeroMeanAndUnitPopulationVariance() {
    TrainingSet a = Sets.clouds(31, 0.5, 1);
    TrainingSet b = Sets.clouds(18, 0.5, 2);
    Standardization s = Standardization.of(List.of(a, b));

    double[] za = s.apply(a);
    double[] zb = s.apply(b);

    for (int k = 0; k < 4; k++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < 49; i++) {
        double z = i < 31 ? za[4 * i + k] : zb[4 * (i - 31) + k];
        sum += z;
        squares += z * z;
      }
      assertThat(sum / 49).isCloseTo(0, within(1e-12));
      assertThat(squares / 49).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void apply_constantFeature_isZeroWithDeviationOne() {
    TrainingSet set =
        TrainingSet.of(ONE_RADIUS)
            .add(1, ANYWHERE, new float[] {0.1f, 4}, 0)
            .add(-1, ANYWHERE, new float[] {0.1f, 8}, 0)
            .add(-1, ANYWHERE, new float[] {0.1f, 6}, 0)
            .build();

    Standardization s = Standardization.of(List.of(set));

    assertThat(s.deviations()[0]).isEqualTo(1.0);
    assertThat(s.deviations()[1]).isCloseTo(Math.sqrt(8.0 / 3), within(1e-12));
    assertThat(s.apply(set)[0]).isCloseTo(0, within(1e-12));
  }

  @Test
  void of_bulk_takesTheDiagonalOfTheCovariance() {
    Standardization s =
        Standardization.of(FeatureMoments.of(9, new double[] {1, 2}, new double[] {4, 1, 1, 9}));

    assertThat(s.means()).containsExactly(1, 2);
    assertThat(s.deviations()).containsExactly(2, 3);

    // A constant 1 summed in another order: 1e-12 of the mean is rounding, 1e-8 of it is not.
    Standardization rounded =
        Standardization.of(
            FeatureMoments.of(9, new double[] {1, 1}, new double[] {1e-24, 0, 0, 1e-16}));
    assertThat(rounded.deviations()).containsExactly(1, 1e-8);
  }

  @Test
  void of_emptySetOrZeroDeviation_isRefused() {
    assertThatThrownBy(() -> Standardization.of(List.of(TrainingSet.of(ONE_RADIUS).build())))
        .hasMessage("number of samples must be > 0, but was 0");
    assertThatThrownBy(() -> Standardization.of(new double[1], new double[1]))
        .hasMessage("deviations[0] must be > 0 and finite, but was 0.0");
  }
}
