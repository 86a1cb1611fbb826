package io.vitrine.results.bins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BinningTest {
  @Test
  void index_linear_isFloorWithOneBinBelowAndAbove() {
    assertThat(Binning.RAW_SCORE.index(0.0)).isZero();
    assertThat(Binning.RAW_SCORE.index(-1e-9)).isEqualTo(-1);
    assertThat(Binning.RAW_SCORE.index(0.03)).isEqualTo(1);
    assertThat(Binning.RAW_SCORE.index(-20.0)).isEqualTo(-1000);
    assertThat(Binning.RAW_SCORE.index(-20.001)).isEqualTo(-1001);
    assertThat(Binning.RAW_SCORE.index(1e300)).isEqualTo(1000);
    assertThat(Binning.RAW_SCORE.index(Double.NEGATIVE_INFINITY)).isEqualTo(-1001);
  }

  @Test
  void edges_neighbours_shareThemExactly() {
    for (Binning binning : new Binning[] {Binning.RAW_SCORE, Binning.P_HOP}) {
      for (int i = binning.first() - 1; i <= binning.last(); i++) {
        assertThat(binning.high(i)).isEqualTo(binning.low(i + 1));
      }
      assertThat(binning.high(binning.last() + 1)).isInfinite();
    }
    assertThat(Binning.RAW_SCORE.low(3)).isEqualTo(0.06);
    assertThat(Binning.RAW_SCORE.low(-1001)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void index_logarithmic_putsZeroBelowAndDecadesOnEdges() {
    assertThat(Binning.P_HOP.index(0.0)).isEqualTo(-161);
    assertThat(Binning.P_HOP.index(0.01)).isEqualTo(-40);
    assertThat(Binning.P_HOP.low(-40)).isEqualTo(0.01);
    assertThat(Binning.P_HOP.low(-161)).isZero();
  }

  @Test
  void index_nan_isRefused() {
    assertThatThrownBy(() -> Binning.P_HOP.index(Double.NaN))
        .hasMessage("value must be a number, but was NaN");
  }
}
