package io.vitrine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class WeightedFitTest {
  /** Worked by hand: weights 1, 1, 4 on (0, 1), (1, 3), (2, 4). */
  @Test
  void polynomial_threePoints_agreesWithTheNormalEquations() {
    WeightedFit fit =
        WeightedFit.polynomial(
            new double[] {0, 1, 2}, new double[] {1, 3, 4}, new double[] {1, 1, 0.25}, 1);

    // S = 6, Sx = 9, Sxx = 17, Sy = 20, Sxy = 35; D = 6*17 - 81 = 21.
    assertThat(fit.coefficient(1)).isCloseTo((6 * 35 - 9 * 20) / 21.0, within(1e-12));
    assertThat(fit.coefficient(0)).isCloseTo((17 * 20 - 9 * 35) / 21.0, within(1e-12));
    assertThat(fit.error(1)).isCloseTo(Math.sqrt(6 / 21.0), within(1e-12));
    assertThat(fit.error(0)).isCloseTo(Math.sqrt(17 / 21.0), within(1e-12));
    assertThat(fit.covariance(0, 1)).isCloseTo(-9 / 21.0, within(1e-12));
    assertThat(fit.degreesOfFreedom()).isEqualTo(1);
    double a = 25 / 21.0;
    double b = 30 / 21.0;
    double chi =
        (1 - a) * (1 - a) + (3 - a - b) * (3 - a - b) + 4 * (4 - a - 2 * b) * (4 - a - 2 * b);
    assertThat(fit.chiSquared()).isCloseTo(chi, within(1e-12));
  }

  @Test
  void polynomial_parabolaFarFromZero_isExact() {
    double[] u = {101, 102, 103, 104};
    double[] y = new double[4];
    for (int i = 0; i < 4; i++) {
      y[i] = 2 - 3 * u[i] + 0.5 * u[i] * u[i];
    }
    WeightedFit fit = WeightedFit.polynomial(u, y, new double[] {1, 2, 3, 4}, 2);

    assertThat(fit.coefficient(2)).isCloseTo(0.5, within(1e-9));
    assertThat(fit.coefficient(1)).isCloseTo(-3, within(1e-7));
    assertThat(fit.coefficient(0)).isCloseTo(2, within(1e-5));
  }

  @Test
  void polynomial_tooFewPoints_isRefused() {
    assertThatThrownBy(
            () -> WeightedFit.polynomial(new double[1], new double[1], new double[] {1}, 1))
        .hasMessage("points must be > degree = 1, but was 1");
  }
}
