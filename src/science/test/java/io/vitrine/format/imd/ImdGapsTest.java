package io.vitrine.format.imd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ImdGapsTest {
  @Test
  void displacementFarAboveTheUsual_isSuspected() {
    ImdGaps gaps = new ImdGaps();
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      boolean gap =
          gaps.displacement((i == 100 ? 0.05 : 0.02) * (1 + 0.01 * random.nextGaussian()));
      assertThat(gap).as("frame " + i).isEqualTo(i == 100);
    }
    assertThat(gaps.suspected()).isEqualTo(1);
    assertThat(gaps.missing()).isZero();
  }

  @Test
  void displacementGrowsForGood_isUsualAfterAWhile() {
    ImdGaps gaps = new ImdGaps();
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      gaps.displacement((i >= 100 ? 0.05 : 0.02) * (1 + 0.01 * random.nextGaussian()));
    }
    assertThat(gaps.suspected()).isBetween(1L, 17L);
    assertThat(gaps.displacement(0.05)).isFalse();
  }
}
