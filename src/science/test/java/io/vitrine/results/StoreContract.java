package io.vitrine.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.CounterTotal;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.HistogramTotal;
import io.vitrine.results.rows.HopEventRow;
import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.RelaxationRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.Rows;
import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;
import io.vitrine.results.rows.SnapshotRow;
import io.vitrine.results.rows.TrainingCountRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every database must do alike: writing, beside what it must answer. */
abstract class StoreContract extends StoreRetentionContract {
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
  void relaxation_fewerPairs_neverMoveAValueBack() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      store.apply(List.of(Rows.relaxation("a", 0.5, 20), Rows.relaxation("a", 0.6, 19)));
      store.apply(List.of(Rows.relaxation("a", 0.7, 18)));

      assertThat(reader.rows(RelaxationRow.class, RowKind.RELAXATION, Rows.STUDY))
          .containsExactly(Rows.relaxation("a", 0.5, 20));
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
    assertThat(query("SELECT version FROM schema_version")).containsExactly("[3]");
  }

  @Test
  void open_otherSchemaVersion_isRefusedByBothEnds() throws Exception {
    ResultsStore.open(url()).close();
    execute("UPDATE schema_version SET version = 99");

    assertThatThrownBy(() -> ResultsStore.open(url()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("its schema_version must be 3, but was 99");
    assertThatThrownBy(() -> ResultsReader.open(url()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("its schema_version must be 3, but was 99");
  }

  @Test
  void open_storeOfAnEarlierBuildOfThisVersion_addsWhatItLacks() throws Exception {
    ResultsStore.open(url()).close();
    execute("DROP TABLE hop_events");
    execute("DROP TABLE predictions");
    execute("DROP VIEW window_totals");
    HopEventRow hop = new HopEventRow("s", "cold", 17, "A", 5100, 6300, 9000, 0.41);
    PredictionRow some = new PredictionRow("s", "cold", "m", 5000, "v", "p_hop", 9, 0.5);
    PredictionRow more = new PredictionRow("s", "cold", "m", 6000, "v", "p_hop", 9, 0.25);
    PredictionRow none = new PredictionRow("s", "cold", "m", 7000, "v", "p_hop", 9, Double.NaN);

    try (ResultsStore store = ResultsStore.open(url())) {
      store.apply(List.of(hop, some, more, none));
    }

    try (ResultsReader reader = ResultsReader.open(url())) {
      assertThat(reader.rows(HopEventRow.class, RowKind.HOP_EVENT, "s")).containsExactly(hop);
      assertThat(reader.newestPredictions("s", "cold", "m", 2)).containsExactly(none, more);
      assertThat(reader.latestPredictions("s")).containsExactly(more);
      assertThat(reader.predictionMeans("s"))
          .containsExactly(
              new PredictionMean("cold", "m", "v", "p_hop", 5.5, 2, 0.375, 0.25, 0.5, Double.NaN));
    }
    assertThat(query("SELECT particle, species, begin, time, \"end\", p_hop FROM hop_events"))
        .containsExactly("[17, A, 5.1, 6.3, 9.0, 0.41]");
    assertThat(query("SELECT * FROM window_totals")).isEmpty();
  }

  @Test
  void predictionMeans_ofTwoVersions_haveTheErrorOfTheirBlocks() throws Exception {
    try (ResultsStore store = ResultsStore.open(url())) {
      for (int t = 5; t < 65; t++) {
        double r = t < 20 ? 0.1 : t < 40 ? 0.2 : 0.4;
        String version = t < 60 ? "v" : "w";
        store.apply(
            List.of(new PredictionRow("s", "cold", "m", t * 1000L, version, "p_hop", 9, r)));
      }
    }

    try (ResultsReader reader = ResultsReader.open(url())) {
      List<PredictionMean> blocks = reader.predictionMeans("s", 20_000);
      assertThat(blocks.stream().map(PredictionMean::windows)).containsExactly(15L, 20L, 20L, 5L);
      assertThat(blocks.stream().map(PredictionMean::time)).containsExactly(12.0, 29.5, 49.5, 62.0);
      PredictionMean first = reader.predictionMeans("s").get(0);
      assertThat(first.windows()).isEqualTo(55);
      assertThat(first.r()).isCloseTo((15 * 0.1 + 20 * 0.2 + 20 * 0.4) / 55, within(1e-12));
      // numpy.std([0.1, 0.2, 0.4], ddof=1) / sqrt(3)
      assertThat(first.error()).isCloseTo(0.08819171036881969, within(1e-12));
      assertThat(reader.predictionMeans("s").get(1).error()).isNaN();
    }
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
}
