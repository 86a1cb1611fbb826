package io.vitrine.relaxation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.special.BesselJ;
import org.junit.jupiter.api.Test;

final class IsotropicWaveTest {
  @Test
  void evaluate_threeDimensions_isSineOverArgument() {
    for (double x = 1e-9; x < 1000; x = x * 1.01 + 1e-6) {
      assertThat(at(3, x)).isCloseTo(Math.sin(x) / x, within(1e-13));
    }
    assertThat(at(3, 0)).isEqualTo(1);
  }

  /** commons-math3 gives J_0 to 1e-13 or so by recursion (Cody and Amos' RJBESL). */
  @Test
  void evaluate_twoDimensions_isBesselFunction() {
    for (double x = 1e-6; x < 300; x = x * 1.01 + 1e-3) {
      assertThat(at(2, x)).as("J_0(%s)", x).isCloseTo(BesselJ.value(0, x), within(1e-12));
    }
    assertThat(at(2, 0)).isCloseTo(1, within(1e-13));
  }

  private static double at(int dimensions, double x) {
    double[] value = new double[1];
    IsotropicWave.evaluate(dimensions, 2, new double[] {x * x / 4}, 1, value);
    return value[0];
  }
}
