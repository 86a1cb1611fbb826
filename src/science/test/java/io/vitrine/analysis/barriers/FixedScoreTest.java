package io.vitrine.analysis.barriers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.rows.CounterBlock;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

/** Synthetic liquids in which the rate depends on the score, the mean score, or both. */
final class FixedScoreTest {
  private static final double[] TEMPERATURES = {0.5, 0.55, 0.6, 0.7, 0.8};
  private static final double WIDTH = 0.5;
  private static final ScoreScale SCALE = new ScoreScale(0, "bias_best", 1);
  private static final double SLOPE = 0.5;

  /**
   * 60 blocks a temperature, scores in the middle of bins at x = -1, -1/2, .. 1. Every other block
   * has more high scores than low ones: its mean x is 0.12 larger. ln P = -3 + x/2 + 2/T less, and
   * {@code state} times the block's mean.
   */
  private static StoredRates liquid(double state, RandomGenerator random) {
    List<CounterBlock> blocks = new ArrayList<>();
    for (double t : TEMPERATURES) {
      for (int k = 0; k < 60; k++) {
        double tilt = k % 2 == 0 ? 0.12 : -0.12;
        List<CounterBin> bins = new ArrayList<>();
        for (int x = -2; x <= 2; x++) {
          double p = Math.exp(1 - 2 / t + SLOPE * x * WIDTH + state * tilt / 2);
          long n = Math.round(4_000 * (1 + tilt * x * WIDTH));
          bins.add(new CounterBin(25 * x, n, BinomialErrors.binomial(n, p, random)));
        }
        blocks.add(new CounterBlock("s", "T" + t, "m", "v", t, 50_000, k, 50, bins));
      }
    }
    return new StoredRates("m", "v", SCALE, ScoreBins.sum("m", "v", blocks), blocks);
  }

  private static LiquidState state(StoredRates rates) {
    RateTable table = rates.table(WIDTH);
    return LiquidState.of(table, SCALE.bins(WIDTH).blocks(table, rates.blocks(), b -> 1), 0.75);
  }

  @Test
  void state_ofARateThatDependsOnTheScoreAlone_isZeroWithinItsError() {
    int inside = 0;
    for (int seed = 0; seed < 100; seed++) {
      LiquidState found = state(liquid(0, new Well19937c(seed)));
      assertThat(found.temperatures()).hasSize(4); // 0.8 is beyond the range
      inside += Math.abs(found.state()) < found.error() ? 1 : 0;
    }
    assertThat(inside / 100.0).isCloseTo(0.68, within(0.14)); // three standard errors
  }

  /** Means differ by 0.12: sum of n x over sum of n is the tilt times the mean square, 1/2. */
  @Test
  void state_ofARateThatFollowsTheLiquid_isFoundBesideTheScore() {
    LiquidState found = state(liquid(2, new Well19937c(3)));

    assertThat(found.state()).isCloseTo(2, within(4 * found.error()));
    assertThat(found.state() / found.error()).isGreaterThan(5);
    assertThat(found.score()).isCloseTo(SLOPE, within(0.05));
  }

  /**
   * dE(x) = 3 - 0.7 x, and the scores of all particles move with temperature as 0.8 / T: at fixed x
   * the barrier is 3, at fixed distance from the mean the average particle climbs less in the cold:
   * ln P at x = y + 0.8 / T has the slope -3 + 0.7 (0.8 / T0) and a term in 1/T^2.
   */
  @Test
  void centred_scoresThatMoveWithTheTemperature_giveAnotherBarrier() {
    List<CounterBlock> blocks = new ArrayList<>();
    for (double t : SyntheticRates.TEMPERATURES) {
      int shift = (int) Math.round(50 * 0.8 / t);
      List<CounterBin> bins = new ArrayList<>();
      for (int x = -100; x <= 100; x++) {
        double p = SyntheticRates.probability((x + shift + 0.5) / 50.0, t);
        bins.add(new CounterBin(x + shift, 1_000_000_000L, Math.round(1e9 * Math.min(p, 1))));
      }
      blocks.add(new CounterBlock("s", "T" + t, "m", "v", t, 50_000, 0, 50, bins));
    }
    ScoreScale scale = new ScoreScale(0.01, "bias_best", 1);
    StoredRates rates =
        new StoredRates("m", "v", scale, ScoreBins.sum("m", "v", blocks), List.of());
    ScoreShift shift = ScoreShift.of(rates);
    assertThat(shift.x(0.5, scale)).isCloseTo(0.8 / 0.5, within(0.01));
    assertThat(shift.x(0.8, scale)).isCloseTo(0.8 / 0.8, within(0.01));

    KramersSettings settings = new KramersSettings(0.85, true, false, 10, 2, 7);
    RateTable table = shift.centred(rates).table(0.02);
    KramersFit zero =
        BarrierAnalysis.of(table, new BinomialErrors(), settings).fits().stream()
            .min(
                (a, b) ->
                    Double.compare(Math.abs(a.low() + a.high()), Math.abs(b.low() + b.high())))
            .orElseThrow();
    // The chord of -3 u + 0.7 * 0.8 u (u - 1/T0) between the two temperatures.
    double hot = 1 / 0.8;
    double cold = 1 / 0.5;
    double chord = 3 - 0.56 * (hot + cold - 1 / SyntheticRates.T0);
    assertThat(zero.dE()).isCloseTo(chord, within(0.25));
    assertThat(zero.curvature()).isCloseTo(0.56, within(0.1));
  }
}
