package io.vitrine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.benchmarks.ClusterQueue.Load;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The queue against what is known of it. */
final class ClusterQueueTest {
  @Test
  void steady_poissonStreamAndOneSlot_waitsAsPollaczekAndKhinchineSay() {
    for (double rho : new double[] {0.3, 0.7}) {
      double lag = ClusterQueue.steady(new Load(1, 1, 1 / rho, 0, 1, 1), 1_000_000, 7).mean();
      // The seed is fixed; over seeds the mean of 800,000 lags scatters by 0.5 % at 0.7.
      assertThat(lag).isCloseTo(1 + rho / (2 * (1 - rho)), within(0.03));
    }
  }

  @Test
  void steady_oneSimulationByTheClock_neverWaits() {
    ClusterQueue.Lags lags = ClusterQueue.steady(new Load(1, 1, 10, 2, 3, 0), 1_000, 1);
    assertThat(lags.largest()).isCloseTo(5, within(1e-9));
  }

  @Test
  void lags_moreWorkThanTime_growWithoutBound() {
    double[] lags =
        ClusterQueue.lags(new Load(1, 11, 10, 0, 1, 0.1), 11_000, 1, Double.MAX_VALUE, 0);
    // 11,000 s of work that arrive in 10,000 s.
    assertThat(lags[10_999]).isCloseTo(1_000, within(50.0));
  }

  @Test
  void lags_afterAnOutage_areGoneWhenTheSpareTimeHasMadeUpForIt() {
    double outage = 1_000;
    Load load = new Load(1, 50, 100, 0, 1.4, 0.1);
    double[] lags = ClusterQueue.lags(load, 10_000, 1, 5_000, outage);
    // Frames come every 2 s; the backlog is gone after outage / (1 - rho) from its beginning.
    int caughtUp =
        IntStream.range(2_500, lags.length).filter(n -> lags[n] > 300).max().orElseThrow();
    double seconds = 2.0 * caughtUp - 5_000;
    assertThat(seconds).isBetween(0.6 * outage / 0.3, 1.05 * outage / 0.3);
    assertThat(lags[9_999]).isLessThan(30);
  }

  @Test
  void capacity_moreCores_carriesMoreThanInProportion() {
    int one = ClusterQueue.capacity(1, 1, 0.01, 0.03, 0.1, 0.9);
    int sixteen = ClusterQueue.capacity(16, 1, 0.01, 0.03, 0.1, 0.9);
    assertThat(one).isBetween(15, 22);
    assertThat(sixteen).isBetween(14 * one, 16 * 23);
  }

  @Test
  void load_valuesOutOfRange_areRefusedWithNameRuleAndValue() {
    assertThatThrownBy(() -> new Load(0, 1, 1, 1, 1, 0)).hasMessage("slots must be > 0, but was 0");
    assertThatThrownBy(() -> new Load(1, 1, 1, 1, 1, 2))
        .hasMessage("jitter must be in [0, 1], but was 2.0");
  }
}
