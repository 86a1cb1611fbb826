package io.vitrine.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.DeadLetterRow;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.IncompleteWindowRow;
import io.vitrine.results.rows.ModelRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.Rows;
import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.WindowRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What every database must answer alike: queries and views. */
abstract class StoreReadingContract {
  private final AtomicLong wall = new AtomicLong(1000);
  final InstantSource clock = () -> java.time.Instant.ofEpochMilli(wall.getAndIncrement());

  /** URL of an empty store of this test. */
  abstract String url();

  @Test
  void counters_severalSimulations_sumByTemperature() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      store.apply(
          List.of(
              Rows.counters("a", 0.5, 9, new CounterBin(1, 50, 5)),
              Rows.counters("b", 0.5, 3, new CounterBin(1, 10, 1), new CounterBin(2, 4, 0)),
              Rows.counters("c", Double.NaN, 1, new CounterBin(1, 1, 1))));

      assertThat(reader.counters(Rows.STUDY))
          .containsExactly(
              new CounterSum("fluidity", "v1", Double.NaN, 1, List.of(new CounterBin(1, 1, 1))),
              new CounterSum(
                  "fluidity",
                  "v1",
                  0.5,
                  12,
                  List.of(new CounterBin(1, 60, 6), new CounterBin(2, 4, 0))));
    }
  }

  @Test
  void rearrangements_overflowBins_haveNullEdges() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(
          List.of(
              Rows.counters(
                  "a",
                  0.5,
                  9,
                  new CounterBin(-1001, 1, 0),
                  new CounterBin(3, 50, 5),
                  new CounterBin(1000, 2, 2))));
    }
    assertThat(
            query(
                "SELECT study, simulation, model, temperature, bin_low, bin_high, structures,"
                    + " rearranging, windows FROM rearrangements ORDER BY structures"))
        .containsExactly(
            "[default, a, fluidity, 0.5, null, -20.0, 1, 0, 9]",
            "[default, a, fluidity, 0.5, 20.0, null, 2, 2, 9]",
            "[default, a, fluidity, 0.5, 0.06, 0.08, 50, 5, 9]");
  }

  @Test
  void windowSummary_oneWindow_speaksOfTau() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(List.of(Rows.window("cold", "fluidity", 5, 200)));
    }
    assertThat(
            query(
                "SELECT study, simulation, model, CAST(time AS DOUBLE PRECISION), hops,"
                    + " hop_fraction, msd_10 FROM window_summary"))
        .containsExactly("[default, cold, fluidity, 5.0, 200, 0.25, 0.1]");
  }

  @Test
  void relaxation_functions_speakOfTauAndHaveNoWavevectorButFs() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(Rows.oneOfEach());
    }
    assertThat(
            query(
                "SELECT study, simulation, species, observable, wavevector,"
                    + " CAST(lag AS DOUBLE PRECISION), value, error, blocks FROM relaxation"
                    + " ORDER BY observable"))
        .containsExactly(
            "[default, cold, A, Fs, 7.25, 1.0, 0.7, 0.01, 6]",
            "[default, cold, A, msd, null, 1.0, 0.03, null, 1]");
  }

  @Test
  void equilibrium_verdict_hasTheLiteralColumns() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(Rows.oneOfEach());
    }
    assertThat(
            query(
                "SELECT study, simulation, CAST(time AS DOUBLE PRECISION), verdict, since,"
                    + " tau_alpha, tau_alpha_error, reason FROM equilibrium"))
        .containsExactly("[default, cold, 50.0, too short, null, 8.5, 0.25, 120 tau more]");
  }

  @Test
  void simulations_runningStudy_saysWhereEachStands() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      List<ResultRow> rows = new ArrayList<>();
      rows.add(Rows.simulation("a", "a", RunState.RUNNING));
      rows.add(Rows.simulation("b", "b", RunState.RUNNING));
      for (long tau = 100; tau < 120; tau++) {
        if (tau != 113) {
          rows.add(Rows.frame("a", tau));
        }
      }
      rows.add(Rows.window("a", "fluidity", 105, 10));
      rows.add(Rows.window("a", "fluidity", 106, 20));
      rows.add(Rows.window("a", "", 106, 20));
      rows.add(new IncompleteWindowRow(Rows.STUDY, "a", 113_000, 10));
      rows.add(new IncompleteWindowRow(Rows.STUDY, "a", 104_000, 10));
      rows.add(new IncompleteWindowRow(Rows.STUDY, "a", 115_000, 10));
      rows.add(new DeadLetterRow(Rows.STUDY, "a", 13, 113.0, "run.gsd", "NaN"));
      store.apply(rows);

      List<SimulationStatus> all = reader.simulations(Rows.STUDY);

      SimulationStatus a = all.get(0);
      assertThat(a.latestMillis()).isEqualTo(119_000);
      assertThat(a.frames()).isEqualTo(19);
      assertThat(a.framesThinned()).isEqualTo(3);
      assertThat(a.windows()).isEqualTo(2);
      assertThat(a.incompleteWindows()).isEqualTo(1);
      assertThat(a.expectedWindows()).isEqualTo(10);
      assertThat(a.deadLetters()).isEqualTo(1);
      assertThat(a.newestWindowMillis()).isEqualTo(106_000);
      assertThat(a.hopFraction()).isEqualTo(0.025);
      assertThat(a.meanScore()).isEqualTo(-0.2);
      assertThat(a.model()).isEqualTo("fluidity");
      assertThat(a.temperature()).isEqualTo(0.51);
      assertThat(a.pressure()).isNaN();
      SimulationStatus b = all.get(1);
      assertThat(b.frames()).isZero();
      assertThat(b.latestMillis()).isEqualTo(-1);
      assertThat(b.expectedWindows()).isZero();
      assertThat(b.hopFraction()).isNaN();
    }
  }

  /** A model that is trained while the run goes on scores later windows only. */
  @Test
  void simulations_modelThatCameLater_countsEveryWindowOnce() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      List<ResultRow> rows = new ArrayList<>();
      for (String id : List.of("alone", "beside")) {
        rows.add(Rows.simulation(id, id, RunState.RUNNING));
        for (long tau = 5; tau < 25; tau++) {
          String fixed = id.equals("beside") ? "softness" : "";
          if (!fixed.isEmpty() || tau < 15) {
            rows.add(Rows.window(id, fixed, tau, 1));
          }
          if (tau >= 15) {
            rows.add(Rows.window(id, "live", tau, 1));
          }
        }
      }
      store.apply(rows);

      List<SimulationStatus> all = reader.simulations(Rows.STUDY);

      assertThat(all).extracting(SimulationStatus::windows).containsExactly(20L, 20L);
      assertThat(all).extracting(SimulationStatus::model).containsExactly("live", "softness");
    }
  }

  @Test
  void newestWindows_many_comeInOrderAndBounded() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      List<ResultRow> rows = new ArrayList<>();
      for (long tau = 30; tau > 5; tau--) {
        rows.add(Rows.window("a", "", tau, 1));
      }
      store.apply(rows);

      assertThat(reader.newestWindows(Rows.STUDY, "a", "", 2))
          .extracting(WindowRow::timeMillis)
          .containsExactly(30_000L, 29_000L);
      assertThat(reader.glance(Rows.STUDY, "a", "", 2))
          .hasSize(2)
          .allMatch(w -> w.hopFraction() == 1 / 800.0 && Double.isNaN(w.meanScore()));
    }
  }

  @Test
  void windowBins_windowsOfTwoVersions_keepTheirMinimaAndMaxima() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      List<ResultRow> rows = new ArrayList<>();
      for (long tau : new long[] {8, 9, 10, 12, 20}) {
        rows.add(Rows.window("a", "fluidity", tau, 80 * (tau % 10 == 0 ? 2 : tau - 8)));
      }
      WindowRow other = Rows.window("a", "fluidity", 11, 800);
      rows.add(
          new WindowRow(
              other.study(),
              "a",
              "fluidity",
              11_000,
              "v2",
              800,
              800,
              other.pHop(),
              new WindowRow.ScoreMoments(0.5, 0.6, 0, 0),
              other.largestStep(),
              other.msd()));
      rows.add(Rows.window("a", "", 8, 3));
      store.apply(rows);

      TimeBin.Spread score = new TimeBin.Spread(-0.2, -0.2, -0.2);
      TimeBin.Spread sigma = new TimeBin.Spread(0.7, 0.7, 0.7);
      List<TimeBin> bins = reader.windowBins(Rows.STUDY, "a", "fluidity", 4000, 9000, 20_000);
      assertThat(bins)
          .containsExactly(
              new TimeBin(
                  "v1",
                  2,
                  2,
                  9500,
                  List.of(new TimeBin.Spread((0.1 + 0.2) / 2, 0.1, 0.2), score, sigma)),
              new TimeBin(
                  "v2",
                  2,
                  1,
                  11_000,
                  List.of(
                      new TimeBin.Spread(1, 1, 1),
                      new TimeBin.Spread(0.5, 0.5, 0.5),
                      new TimeBin.Spread(0.6, 0.6, 0.6))),
              new TimeBin(
                  "v1", 3, 1, 12_000, List.of(new TimeBin.Spread(0.4, 0.4, 0.4), score, sigma)));
      TimeBin bare = reader.windowBins(Rows.STUDY, "a", "", 1000, 0, 10_000).get(0);
      assertThat(bare.values().get(1).mean()).isNaN();
    }
  }

  @Test
  void frameBins_framesWithAndWithoutPressure_averageWhatIsThere() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      store.apply(
          List.of(
              new FrameRow(Rows.STUDY, "a", 0, 0, -10, 2, 0.5, 0),
              new FrameRow(Rows.STUDY, "a", 1000, 1, -30, Double.NaN, 0.75, 0)));

      assertThat(reader.frameBins(Rows.STUDY, "a", 2000, 0, 5000))
          .containsExactly(
              new TimeBin(
                  "",
                  0,
                  2,
                  500,
                  List.of(
                      new TimeBin.Spread(0.625, 0.5, 0.75),
                      new TimeBin.Spread(-20, -30, -10),
                      new TimeBin.Spread(2, 2, 2))));
      assertThat(reader.frameBins(Rows.STUDY, "b", 2000, 0, 5000)).isEmpty();
    }
  }

  @Test
  void modelVersions_publishedInTurn_keepTheirOrder() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      for (String version : List.of("9", "5", "7")) {
        store.apply(List.of(new ModelRow(Rows.STUDY, "live", version, "{}")));
      }
      store.apply(
          List.of(
              new ModelRow(Rows.STUDY, "live", "9", "{}"),
              new ModelRow(Rows.STUDY, "fluidity", "1", "{}")));

      assertThat(reader.modelVersions(Rows.STUDY))
          .isEqualTo(Map.of("fluidity", List.of("1"), "live", List.of("9", "5", "7")));
      assertThat(reader.model(Rows.STUDY, "live", "5"))
          .contains(new ModelRow(Rows.STUDY, "live", "5", "{}"));
      assertThat(reader.model(Rows.STUDY, "live", "1")).isEmpty();
    }
  }

  @Test
  void windowTotals_windowOfTwoModels_isOneRow() throws Exception {
    try (ResultsStore store = ResultsStore.open(url())) {
      store.apply(List.of(Rows.window("cold", "fluidity", 5, 12), Rows.window("cold", "", 5, 12)));
      store.apply(List.of(Rows.window("cold", "", 6, 13), Rows.window("hot", "", 5, 14)));
    }

    assertThat(query("SELECT simulation, time, n, hops FROM window_totals ORDER BY hops"))
        .containsExactly("[cold, 5.0, 800, 12]", "[cold, 6.0, 800, 13]", "[hot, 5.0, 800, 14]");
  }

  final List<String> dump() throws SQLException {
    List<String> all = new ArrayList<>();
    for (RowKind kind : RowKind.values()) {
      all.addAll(query("SELECT '" + kind + "', t.* FROM " + kind.table() + " t"));
    }
    all.addAll(query("SELECT * FROM counter_bin"));
    all.addAll(query("SELECT * FROM histogram_bin"));
    Collections.sort(all);
    return all;
  }

  final List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = Dialect.of(url()).connect(url(), true);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        List<Object> cells = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          cells.add(found.getObject(i));
        }
        rows.add(cells.toString());
      }
    }
    return rows;
  }

  final void execute(String sql) throws SQLException {
    try (Connection connection = Dialect.of(url()).connect(url(), false);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
