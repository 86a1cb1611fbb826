package io.vitrine.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.rows.CounterTotal;
import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.Rows;
import io.vitrine.results.rows.RunState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every database must do alike with windows that are old. */
abstract class StoreRetentionContract extends StoreReadingContract {
  private static final int FIRST = 5;
  private static final int LAST = 437;
  private static final long KEEP = 100;

  /** 437 - 100, down to a hundred. */
  private static final int THINNED_BELOW = 300;

  /** Another spelling of the URL, which shares no connection. */
  abstract String otherUrl();

  @Test
  void keepWindows_oldWindows_everyTenthStaysAndOfTheNewestAll() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(started("a"));
      store.apply(rows("a"), KEEP);
    }
    List<String> expected = new ArrayList<>();
    for (int tau = FIRST; tau <= LAST; tau++) {
      if (tau >= THINNED_BELOW || tau % 10 == 0) {
        expected.add("[" + 1000L * tau + "]");
      }
    }
    assertThat(query("SELECT time_ms FROM windows WHERE model = 'zeta' ORDER BY time_ms"))
        .isEqualTo(expected);
    assertThat(
            query(
                "SELECT CAST(ROUND(time * 1000) AS BIGINT) FROM predictions WHERE model = 'zeta'"
                    + " ORDER BY time"))
        .isEqualTo(expected);
  }

  @Test
  void keepWindows_anyOrderWithReplaysAndBatches_leavesTheSameStore() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(started("a"));
      store.apply(rows("a"), KEEP);
      for (int seed = 0; seed < 4; seed++) {
        String id = "b" + seed;
        List<ResultRow> rows = rows(id);
        Random random = new Random(seed);
        if (seed > 0) {
          rows.addAll(rows.subList(0, rows.size() * seed / 4)); // again, as after a kill
          Collections.shuffle(rows, random);
        }
        store.apply(started(id));
        for (int from = 0; from < rows.size(); ) {
          int to = Math.min(rows.size(), from + 1 + random.nextInt(90));
          store.apply(rows.subList(from, to), KEEP);
          from = to;
        }
        assertThat(left(id)).as("seed %d", seed).isEqualTo(left("a"));
      }
    }
  }

  @Test
  void keepWindows_twoWriters_leaveTheSameStore() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(started("a"));
      store.apply(started("b"));
      store.apply(rows("a"), KEEP);
    }
    List<ResultRow> rows = rows("b");
    rows.addAll(rows("b"));
    Collections.shuffle(rows, new Random(7));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Void>> done = new ArrayList<>();
      for (int w = 0; w < 2; w++) {
        List<ResultRow> own = rows.subList(w * rows.size() / 2, (w + 1) * rows.size() / 2);
        String spelling = w == 0 ? url() : otherUrl();
        Callable<Void> write =
            () -> {
              try (ResultsStore store = ResultsStore.open(spelling)) {
                for (int from = 0; from < own.size(); from += 40) {
                  store.apply(own.subList(from, Math.min(own.size(), from + 40)), KEEP);
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
    assertThat(left("b")).isEqualTo(left("a"));
  }

  @Test
  void keepWindows_numbersOfARun_areThoseWithAllWindows() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      for (String id : List.of("all", "few")) {
        store.apply(started(id));
        store.apply(rows(id), id.equals("few") ? KEEP : 0);
      }

      List<SimulationStatus> both = reader.simulations(Rows.STUDY);
      SimulationStatus all = both.get(0);
      SimulationStatus few = both.get(1);
      assertThat(all.windows()).isEqualTo(LAST - FIRST + 1);
      assertThat(few.windows()).isEqualTo(all.windows());
      assertThat(few.model()).isEqualTo(all.model()).isEqualTo("zeta");
      assertThat(few.expectedWindows()).isEqualTo(all.expectedWindows());
      assertThat(few.missingWindows()).isEqualTo(all.missingWindows()).isEqualTo(0);
      assertThat(few.hopFraction()).isEqualTo(all.hopFraction());
      WindowMeans means = reader.windowMeans(Rows.STUDY, "all");
      WindowMeans fewer = reader.windowMeans(Rows.STUDY, "few");
      assertThat(fewer.windows()).isEqualTo(means.windows());
      assertThat(fewer.hopFraction()).isEqualTo(means.hopFraction());
      assertThat(fewer.pHop()).isCloseTo(means.pHop(), within(1e-11));
      List<PredictionMean> r = reader.predictionMeans(Rows.STUDY);
      assertThat(r).hasSize(4); // two simulations, two models
      for (int i = 0; i < 2; i++) {
        PredictionMean one = r.get(i);
        PredictionMean other = r.get(i + 2);
        assertThat(other.simulation()).isEqualTo("few");
        assertThat(other.model()).isEqualTo(one.model());
        assertThat(other.windows()).isEqualTo(one.windows());
        assertThat(other.time()).isCloseTo(one.time(), within(1e-9));
        assertThat(other.r()).isCloseTo(one.r(), within(1e-11));
        assertThat(other.error()).isCloseTo(one.error(), within(1e-11));
        assertThat(other.low()).isCloseTo(one.low(), within(1e-11));
        assertThat(other.high()).isCloseTo(one.high(), within(1e-11));
      }
    }
  }

  @Test
  void keepWindows_goesOnWithAnotherNumber_whatIsThinnedStaysThinned() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock);
        ResultsReader reader = ResultsReader.open(url())) {
      store.apply(started("a"));
      store.apply(rows("a"), KEEP);
      List<String> before = left("a");
      store.apply(rows("a"), 10 * KEEP);
      store.apply(rows("a"), 0);

      assertThat(left("a")).isEqualTo(before);

      store.apply(rows("a"), 1);
      assertThat(query("SELECT MIN(time_ms) FROM windows WHERE time_ms / 1000 % 10 <> 0"))
          .containsExactly("[401000]");
      assertThat(reader.simulations(Rows.STUDY).get(0).windows()).isEqualTo(LAST - FIRST + 1);
    }
  }

  @Test
  void keepWindows_withoutThemAndOpenedAnew_windowsThatComeAgainGoAgain() throws Exception {
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(started("a"));
      store.apply(rows("a"), KEEP);
    }
    List<String> before = left("a");
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(rows("a").subList(0, 50));
    }
    assertThat(left("a")).isEqualTo(before);
  }

  /** A kill between the two steps leaves the rows of the first. */
  @Test
  void keepWindows_announcedAndKilled_theNextWindowsDeleteThem() throws Exception {
    List<ResultRow> rows = rows("a");
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(started("a"));
      store.apply(rows);
    }
    execute("INSERT INTO retention VALUES ('default', 'a', 300000, -1000000000000000)");
    try (ResultsStore store = ResultsStore.open(url(), clock)) {
      store.apply(rows.subList(rows.size() - 5, rows.size()), KEEP);
      store.apply(started("b"));
      store.apply(rows("b"), KEEP);
    }
    assertThat(left("a")).isEqualTo(left("b"));
  }

  /** All that is left of a simulation's windows, without its name and the clock. */
  private List<String> left(String id) throws Exception {
    String where = " WHERE simulation = '" + id + "'";
    List<String> all = new ArrayList<>();
    all.addAll(query("SELECT model, time_ms, n, hops, mean_p_hop FROM windows" + where));
    all.addAll(query("SELECT model, time, model_version, label, r FROM predictions" + where));
    all.addAll(
        query("SELECT block, windows, n, hops, mean_p_hop, seen FROM thinned_windows" + where));
    all.addAll(
        query(
            "SELECT model, model_version, label, block, windows, time_ms, r, low, high, seen"
                + " FROM thinned_predictions"
                + where));
    all.addAll(query("SELECT due_ms, done_ms FROM retention" + where));
    Collections.sort(all);
    return all;
  }

  private static List<ResultRow> started(String id) {
    return List.of(
        Rows.simulation(id, id, RunState.RUNNING),
        Rows.frame(id, FIRST - 5),
        Rows.frame(id, LAST + 5),
        new CounterTotal(Rows.STUDY, id, "live", "v1", 0.5, 430, List.of(new CounterBin(1, 1, 0))),
        new CounterTotal(Rows.STUDY, id, "zeta", "v1", 0.5, 433, List.of(new CounterBin(1, 1, 0))));
  }

  /** Two models; the one that is first by name scores a little later, as one trained on the way. */
  private static List<ResultRow> rows(String id) {
    List<ResultRow> rows = new ArrayList<>();
    for (int tau = FIRST; tau <= LAST; tau++) {
      for (String model : List.of("zeta", "live")) {
        if (model.equals("zeta") || tau >= FIRST + 3) {
          double r = tau % 7 == 0 ? Double.NaN : Math.sin(tau) / 3;
          rows.add(Rows.window(id, model, tau, tau % 50));
          rows.add(new PredictionRow(Rows.STUDY, id, model, 1000L * tau, "v1", "p_hop", 800, r));
        }
      }
    }
    return rows;
  }
}
