package io.vitrine.streaming.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.results.ResultsReader;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.CounterTotal;
import io.vitrine.results.rows.IncompleteWindowRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.SnapshotRow;
import io.vitrine.results.rows.TrainingCountRow;
import io.vitrine.streaming.coders.Coders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteResultsTest {
  private static final String STUDY = "test";

  @TempDir Path folder;
  private String store;

  @BeforeEach
  void name() {
    store = "jdbc:sqlite:" + folder.resolve("results.sqlite");
  }

  @Test
  void write_totalsOfOneBundleInAnyOrder_leavesTheLargest() throws Exception {
    List<ResultRow> rows = new ArrayList<>();
    for (int windows = 1; windows <= 40; windows++) {
      rows.addAll(totals(windows));
    }
    Collections.shuffle(rows, new Random(3));
    write(rows);
    assertStored(40);
  }

  @Test
  void write_sameBundleTwice_changesNothing() throws Exception {
    List<ResultRow> rows = new ArrayList<>(totals(7));
    rows.add(new IncompleteWindowRow(STUDY, "a", 4000, 10));
    write(rows);
    write(rows);
    assertStored(7);
    try (ResultsReader reader = ResultsReader.open(store)) {
      assertThat(reader.rows(IncompleteWindowRow.class, RowKind.INCOMPLETE_WINDOW, STUDY))
          .containsExactly(new IncompleteWindowRow(STUDY, "a", 4000, 10));
    }
  }

  @Test
  void write_earlierTotalsAgain_doesNotMoveThemBack() throws Exception {
    write(totals(9));
    write(totals(8));
    assertStored(9);
  }

  @Test
  void write_moreSnapshotsThanAreKeptInAnyOrder_leavesTheNewest() throws Exception {
    List<ResultRow> rows = new ArrayList<>();
    for (long tau = 1; tau <= SnapshotRow.KEPT + 7; tau++) {
      rows.add(
          new SnapshotRow(
              STUDY, "a", 1000 * tau, "", List.of(4., 4., 4., 0., 0., 0.), 1, onePacked(tau)));
    }
    Collections.shuffle(rows, new Random(5));
    write(rows);
    try (ResultsReader reader = ResultsReader.open(store)) {
      assertThat(reader.snapshotTimes(STUDY, "a")).hasSize(SnapshotRow.KEPT).startsWith(8000L);
      assertThat(reader.snapshot(STUDY, "a", 9000))
          .hasValueSatisfying(row -> assertThat(row.payload()).isEqualTo(onePacked(9)));
    }
  }

  private static String onePacked(long tau) {
    return SnapshotRow.pack(new float[] {tau, 0, 0, 0, 0, 1});
  }

  private static List<ResultRow> totals(int windows) {
    List<CounterBin> bins = List.of(new CounterBin(1, 10L * windows, windows));
    return List.of(
        new CounterTotal(STUDY, "a", "m", "v", 0.5, windows, bins),
        new CounterBlock(STUDY, "a", "m", "v", 0.5, CounterBlock.DEFAULT_MILLIS, 2, windows, bins),
        new TrainingCountRow(STUDY, "a", "low", windows, 8L * windows, 1, -1, 1.0 / windows));
  }

  private void write(List<ResultRow> rows) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(DirectRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(Create.of(rows).withCoder(Coders.rows())).apply("Write", WriteResults.to(store));
    pipeline.run().waitUntilFinish();
  }

  private void assertStored(int windows) throws Exception {
    List<ResultRow> expected = totals(windows);
    CounterTotal total = (CounterTotal) expected.get(0);
    try (ResultsReader reader = ResultsReader.open(store)) {
      assertThat(reader.counters(STUDY))
          .containsExactly(new CounterSum("m", "v", 0.5, windows, total.bins()));
      assertThat(reader.rows(ResultRow.class, RowKind.COUNTER_BLOCK, STUDY))
          .containsExactly(expected.get(1));
      assertThat(reader.rows(ResultRow.class, RowKind.TRAINING_COUNT, STUDY))
          .containsExactly(expected.get(2));
    }
  }
}
