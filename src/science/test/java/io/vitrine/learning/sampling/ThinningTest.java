package io.vitrine.learning.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Worked by hand; {@code FluiditySetTest} walks whole tails. */
final class ThinningTest {
  private static final long WINDOW = 10_000;

  @Test
  void keep_sameParticleWithinTheTime_onlyTheMostExtreme() {
    Tail tail =
        tail(
            new long[] {50_000, 59_999, 40_001, 60_000, 40_000, 50_000},
            new int[] {1, 1, 1, 1, 1, 2});

    Tail kept = Thinning.keep(tail, 6, WINDOW);

    assertThat(kept.times()).containsExactly(50_000, 60_000, 40_000, 50_000);
    assertThat(kept.particles()).containsExactly(1, 1, 1, 2);
    assertThat(kept.values()).containsExactly(0, 3, 4, 5);
  }

  /** What was left out does not leave out others: 59 s is too near to 50 s, 68 s is not. */
  @Test
  void keep_neighbourOfOneLeftOut_isKept() {
    Tail kept =
        Thinning.keep(tail(new long[] {50_000, 59_000, 68_000}, new int[] {1, 1, 1}), 3, WINDOW);

    assertThat(kept.times()).containsExactly(50_000, 68_000);
  }

  @Test
  void keep_moreThanWanted_takesTheFirst() {
    Tail kept =
        Thinning.keep(tail(new long[] {0, 1, 20_000, 40_000}, new int[] {1, 1, 1, 1}), 2, WINDOW);

    assertThat(kept.times()).containsExactly(0, 20_000);
  }

  @Test
  void keep_nothing_isNothing() {
    assertThat(Thinning.keep(tail(new long[0], new int[0]), 3, WINDOW).count()).isZero();
  }

  /** Values 0, 1, 2, ..., the most extreme first. */
  private static Tail tail(long[] times, int[] particles) {
    double[] values = new double[times.length];
    for (int k = 0; k < values.length; k++) {
      values[k] = k;
    }
    return Tail.of(times, particles, values);
  }
}
