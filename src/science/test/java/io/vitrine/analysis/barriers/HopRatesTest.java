package io.vitrine.analysis.barriers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.results.HopDuration;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.ResultsStore;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.HopEventRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rates of hops from rates of the windows that see them. */
final class HopRatesTest {
  @TempDir private Path folder;

  private static void simulation(List<ResultRow> rows, String id, long interval) {
    rows.add(
        new SimulationRow(
            "s",
            id,
            id,
            "file",
            "inclusive",
            0.5,
            1000,
            800,
            interval,
            10_000,
            900,
            901,
            RunState.RUNNING,
            ""));
    rows.add(new FrameRow("s", id, 0, 0, -1, 5, 0.5, 0));
  }

  private static HopEventRow hop(String id, int particle, long begin, long end) {
    return new HopEventRow("s", id, particle, "A", begin, begin, end, 0.3);
  }

  /** a: hops of 1, 3 and 6 windows of 1 tau, the first before 100 tau; b: one of 2 of 0.5 tau. */
  @Test
  void of_twoSimulationsOfATemperature_areOneFromTheTimeAskedOn() throws Exception {
    List<ResultRow> rows = new ArrayList<>();
    simulation(rows, "a", 1000);
    simulation(rows, "b", 500);
    rows.add(hop("a", 1, 50_000, 50_000));
    rows.add(hop("a", 1, 100_000, 102_000));
    rows.add(hop("a", 2, 200_000, 205_000));
    rows.add(hop("b", 2, 300_000, 300_500));
    String url = "jdbc:sqlite:" + folder.resolve("store.sqlite");
    try (ResultsStore store = ResultsStore.open(url)) {
      store.apply(rows);
    }
    try (ResultsReader reader = ResultsReader.open(url)) {
      assertThat(HopRates.of(reader, "s", CountedTime.of(reader, "s", "0")).byTemperature())
          .isEqualTo(Map.of(0.5, new HopDuration(4, 3.0)));
      assertThat(HopRates.of(reader, "s", CountedTime.of(reader, "s", "100")).byTemperature())
          .isEqualTo(Map.of(0.5, new HopDuration(3, 11 / 3.0)));
    }
  }

  /** Hops obey the law of the synthetic world, and one is seen in exp(0.4 / T) windows. */
  @Test
  void perHop_ofWindowsThatSeeHopsLonger_givesBackTheBarrierOfHops() {
    TreeMap<Double, HopDuration> seen = new TreeMap<>();
    List<RateTable.Count> counts = new ArrayList<>();
    for (double t : SyntheticRates.TEMPERATURES) {
      double windows = Math.exp(0.4 / t);
      seen.put(t, new HopDuration(100, windows));
      for (double x = -2; x <= 2; x += 0.5) {
        long n = 1_000_000_000_000L;
        long hops = Math.round(n * windows * SyntheticRates.probability(x, t));
        counts.add(new RateTable.Count(x - 0.25, x + 0.25, t, n, hops));
      }
    }
    RateTable table = RateTable.of(counts);
    HopRates rates = new HopRates(seen);
    assertThat(rates.covers(table)).isTrue();

    for (KramersFit fit : fits(rates.of(table))) {
      double x = (fit.low() + fit.high()) / 2;
      assertThat(fit.dE()).isCloseTo(SyntheticRates.dE(x), within(1e-5));
      assertThat(fit.sigma()).isCloseTo(SyntheticRates.sigma(x), within(1e-5));
    }
    for (KramersFit fit : fits(table)) {
      double x = (fit.low() + fit.high()) / 2;
      assertThat(fit.dE()).isCloseTo(SyntheticRates.dE(x) - 0.4, within(1e-5));
    }
  }

  private static List<KramersFit> fits(RateTable table) {
    KramersSettings settings = new KramersSettings(0.85, true, false, 10, 2, 7);
    return BarrierAnalysis.of(table, new BinomialErrors(), settings).fits();
  }

  @Test
  void covers_aTemperatureWithoutHops_isFalseAndLessThanAWindowIsRefused() {
    RateTable table = SyntheticRates.exact(1000);
    assertThat(new HopRates(new TreeMap<>()).covers(table)).isFalse();
    assertThatThrownBy(() -> table.perHop(1, 1, 1, 1, 1, 1, 1, 0.5))
        .hasMessage("windows a hop must be >= 1, but was 0.5");
  }
}
