package io.vitrine.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What every database must do alike. */
abstract class StoreContract {
  private final AtomicLong wall = new AtomicLong(1000);
  private final InstantSource clock = () -> java.time.Instant.ofEpochMilli(wall.getAndIncrement());

  /** URL of an empty store of this test. */
  abstract String url();

  /** Another spelling of it, which shares no connection. */
  abstract String otherUrl();

  @Test
  void apply_oneOfEachKind_isReadBack() throws Exception {
    List<ResultRow> rows = Rows.oneOfEach();
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      store.apply(rows);

      for (ResultRow row : rows) {
        if (row instanceof CounterTotal total) {
          assertThat(reader.counters(Rows.STUDY))
              .containsExactly(
                  new CounterSum("fluidity", "v1", 0.5, total.windows(), total.bins()));
        } else if (row instanceof HistogramTotal) {
          assertThat(reader.histograms(Rows.STUDY)).isEqualTo(List.of(row));
        } else {
          assertThat(reader.rows(ResultRow.class, row.kind(), Rows.STUDY)).contains(row);
        }
      }
      assertThat(reader.studies()).containsExactly(Rows.STUDY);
    }
  }

  @Test
  void apply_sameRowsAgain_changesNothingNotEvenWallColumns() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(Rows.oneOfEach());
      List<String> before = dump();
      store.apply(Rows.oneOfEach());

      assertThat(dump()).isEqualTo(before).isNotEmpty();
    }
  }

  @Test
  void apply_otherValuesUnderSameKey_replacesAndStampsOnlyThatRow() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(List.of(Rows.window("cold", "", 5, 12), Rows.window("cold", "", 6, 1)));
      List<String> before = dump();
      store.apply(List.of(Rows.window("cold", "", 5, 13), Rows.window("cold", "", 6, 1)));

      List<String> after = dump();
      after.removeAll(before);
      assertThat(after).hasSize(1).first().asString().contains("13");
    }
  }

  @Test
  void apply_finishedRunReplayed_changesNothing() throws Exception {
    SimulationRow start = Rows.simulation("cold", "a", RunState.RUNNING);
    SimulationRow end = start.in(RunState.FINISHED, "");
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(List.of(start));
      store.apply(List.of(end));
      List<String> before = dump();
      store.apply(List.of(start));
      store.apply(List.of(end));

      assertThat(dump()).isEqualTo(before);
      assertThat(before).singleElement().asString().contains("finished");
    }
  }

  @Test
  void apply_failedRunStartedAgain_runs() throws Exception {
    SimulationRow start = Rows.simulation("cold", "a", RunState.RUNNING);
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(List.of(start.in(RunState.FAILED, "frame 3 is broken")));
      store.apply(List.of(start));

      assertThat(dump()).singleElement().asString().contains("running").doesNotContain("broken");
    }
  }

  @Test
  void apply_otherIdentity_isRefusedAndNothingOfTheBatchIsWritten() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(List.of(Rows.simulation("cold", "replay?T=0.5", RunState.RUNNING)));
      List<String> before = dump();

      assertThatThrownBy(
              () ->
                  store.apply(
                      List.of(
                          Rows.frame("cold", 1),
                          Rows.simulation("cold", "replay?T=0.6", RunState.RUNNING))))
          .isInstanceOf(DifferentInputException.class)
          .hasMessageContaining("cold")
          .hasMessageContaining("replay?T=0.5")
          .hasMessageContaining("replay?T=0.6");
      assertThat(dump()).isEqualTo(before);
      store.apply(List.of(Rows.frame("cold", 1)));
    }
  }

  @Test
  void apply_fewerWindows_neverMovesTotalsBack() throws Exception {
    CounterTotal late = Rows.counters("a", 0.5, 9, new CounterBin(1, 50, 5));
    HistogramTotal lateHistogram = Rows.histogram("a", 9, new HistogramTotal.Bin(1, 50));
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      store.apply(List.of(late, lateHistogram));
      store.apply(
          List.of(
              Rows.counters("a", 0.5, 8, new CounterBin(1, 40, 4)),
              Rows.histogram("a", 8, new HistogramTotal.Bin(1, 40)),
              new TrainingCountRow(Rows.STUDY, "a", "low", 9, 10, 2, -1, 0.1)));
      store.apply(List.of(new TrainingCountRow(Rows.STUDY, "a", "low", 8, 9, 1, -1, 0.1)));

      assertThat(reader.counters(Rows.STUDY).get(0).bins()).isEqualTo(late.bins());
      assertThat(reader.histograms(Rows.STUDY)).containsExactly(lateHistogram);
      assertThat(
              reader
                  .rows(TrainingCountRow.class, RowKind.TRAINING_COUNT, Rows.STUDY)
                  .get(0)
                  .samples())
          .isEqualTo(2);
    }
  }

  @Test
  void apply_sameWindowsOtherBins_replacesThemAll() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      store.apply(
          List.of(Rows.counters("a", 0.5, 9, new CounterBin(1, 50, 5), new CounterBin(2, 1, 0))));
      store.apply(List.of(Rows.counters("a", 0.5, 9, new CounterBin(3, 51, 5))));

      assertThat(reader.counters(Rows.STUDY).get(0).bins())
          .containsExactly(new CounterBin(3, 51, 5));
    }
  }

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
  void windows_afterAnInstant_comeInOrderAndBounded() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      List<ResultRow> rows = new ArrayList<>();
      for (long tau = 30; tau > 5; tau--) {
        rows.add(Rows.window("a", "", tau, 1));
      }
      store.apply(rows);

      assertThat(reader.windows(Rows.STUDY, "a", "", 10_000, 3))
          .extracting(WindowRow::timeMillis)
          .containsExactly(11_000L, 12_000L, 13_000L);
      assertThat(reader.newestWindows(Rows.STUDY, "a", "", 2))
          .extracting(WindowRow::timeMillis)
          .containsExactly(30_000L, 29_000L);
    }
  }

  @Test
  void apply_manySnapshots_keepsTheNewest() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      List<ResultRow> rows = new ArrayList<>();
      rows.add(Rows.snapshot("b", 1));
      for (long tau = 1; tau <= SnapshotRow.KEPT + 5; tau++) {
        rows.add(Rows.snapshot("a", tau));
      }
      store.apply(rows);
      List<String> before = dump();
      store.apply(List.of(Rows.snapshot("a", 2)));

      assertThat(dump()).isEqualTo(before);
      assertThat(reader.snapshotTimes(Rows.STUDY, "a")).hasSize(SnapshotRow.KEPT).startsWith(6000L);
      assertThat(reader.snapshotTimes(Rows.STUDY, "b")).containsExactly(1000L);
      assertThat(reader.snapshot(Rows.STUDY, "a", 7000)).contains(Rows.snapshot("a", 7));
      assertThat(reader.snapshot(Rows.STUDY, "a", 5000)).isEmpty();
    }
  }

  @Test
  void open_byEightAtOnce_makesOneSchemaAndLosesNoRow() throws Exception {
    int writers = 8;
    CyclicBarrier start = new CyclicBarrier(writers);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<Void>> done = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        String own = w % 2 == 0 ? url() : otherUrl();
        String id = "sim" + w;
        Callable<Void> write =
            () -> {
              start.await();
              try (ResultsStore store = ResultsStore.open(own)) {
                for (long tau = 0; tau < 20; tau++) {
                  store.apply(
                      List.of(
                          Rows.frame(id, tau),
                          Rows.counters("shared", 0.5, tau, new CounterBin(1, tau, 0))));
                }
              }
              return null;
            };
        done.add(threads.submit(write));
      }
      for (Future<Void> each : done) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    try (ResultsReader reader = ResultsReader.open(url())) {
      assertThat(reader.rows(FrameRow.class, RowKind.FRAME, Rows.STUDY)).hasSize(writers * 20);
      assertThat(reader.counters(Rows.STUDY))
          .containsExactly(
              new CounterSum("fluidity", "v1", 0.5, 19, List.of(new CounterBin(1, 19, 0))));
    }
    assertThat(query("SELECT version FROM schema_version")).containsExactly("[2]");
  }

  @Test
  void open_otherSchemaVersion_isRefusedByBothEnds() throws Exception {
    ResultsStore.open(url()).close();
    execute("UPDATE schema_version SET version = 99");

    assertThatThrownBy(() -> ResultsStore.open(url()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("its schema_version must be 2, but was 99");
    assertThatThrownBy(() -> ResultsReader.open(url()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("its schema_version must be 2, but was 99");
  }

  @Test
  void reader_handle_cannotWrite() throws Exception {
    ResultsStore.open(url()).close();
    try (Connection connection = Dialect.of(url()).connect(url(), true);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM frames"))
          .isInstanceOf(SQLException.class)
          .hasMessageMatching("(?is).*read.?only.*");
    }
  }

  @Test
  void apply_afterClose_isRefused() throws Exception {
    ResultsStore store = ResultsStore.open(url());
    store.close();
    store.close();

    assertThatThrownBy(() -> store.apply(List.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is closed");
  }

  /** Every row of every table. */
  private List<String> dump() throws SQLException {
    List<String> all = new ArrayList<>();
    for (RowKind kind : RowKind.values()) {
      all.addAll(query("SELECT '" + kind + "', t.* FROM " + kind.table() + " t"));
    }
    all.addAll(query("SELECT * FROM counter_bin"));
    all.addAll(query("SELECT * FROM histogram_bin"));
    Collections.sort(all);
    return all;
  }

  private List<String> query(String sql) throws SQLException {
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

  private void execute(String sql) throws SQLException {
    try (Connection connection = Dialect.of(url()).connect(url(), false);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
