package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.format.run.WindowShard;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.ModelRow;
import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.WindowRow;
import io.vitrine.streaming.io.feed.FrameUri;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Each window of a run that retrains is the loop's with the version that scored it. */
final class VersionedWindows {
  private static final String STUDY = StreamRun.STUDY;

  private VersionedWindows() {}

  static List<PredictionRow> predictions(String store) throws Exception {
    try (ResultsReader reader = ResultsReader.open(store)) {
      return reader.rows(PredictionRow.class, RowKind.PREDICTION, STUDY);
    }
  }

  static long number(Model version) {
    return ((Number) version.origin().convention().get("live_version")).longValue();
  }

  /**
   * Compares windows, predictions, counters and the versions that the run folder holds for them.
   *
   * @return the versions of the model
   */
  static Map<String, Model> assertEachWindowIsOfItsVersion(StreamRun run, FrameUri slow)
      throws Exception {
    List<WindowRow> rows;
    Map<String, Model> versions = new TreeMap<>();
    try (ResultsReader reader = ResultsReader.open(run.store())) {
      // The store has windows without a model first, and which ones have none is a matter of
      // chance.
      rows =
          reader.rows(WindowRow.class, RowKind.WINDOW, STUDY).stream()
              .sorted(Comparator.comparingLong(WindowRow::timeMillis))
              .toList();
      for (ModelRow row : reader.rows(ModelRow.class, RowKind.MODEL, STUDY)) {
        versions.put(row.version(), ModelJson.parse(row.model(), row.json()));
      }
    }
    assertThat(rows)
        .extracting(WindowRow::timeMillis)
        .containsExactlyElementsOf(
            run.loops().get(0).model().shards().stream().map(WindowShard::timeMillis).toList());
    assertThat(versions).hasSizeGreaterThanOrEqualTo(2);
    int scored = 0;
    Map<String, List<ResultRow>> loops = new TreeMap<>();
    for (WindowRow row : rows) {
      boolean none = row.model().isEmpty();
      if (!loops.containsKey(row.modelVersion())) {
        List<Model> by = none ? List.of() : List.of(versions.get(row.modelVersion()));
        loops.put(row.modelVersion(), Loop.over(slow, STUDY, run.spec(), by).model().windowRows());
      }
      assertThat(loops.get(row.modelVersion())).contains(row);
      scored += none ? 0 : 1;
    }
    for (PredictionRow row : predictions(run.store())) {
      assertThat(loops.get(row.modelVersion())).contains(row);
    }
    assertThat(scored).isPositive();
    assertThat(rows.get(0).model()).isEmpty();
    assertCountersAreOfTheirWindows(run.store(), rows);
    assertThat(run.assignedVersions())
        .containsExactlyElementsOf(
            rows.stream().map(row -> number(versions, row.modelVersion())).toList());
    return versions;
  }

  /** The number of a version, 0 for none. */
  private static long number(Map<String, Model> versions, String version) {
    return version.isEmpty() ? 0 : number(versions.get(version));
  }

  /** Each version counts the windows it scored, each once. */
  private static void assertCountersAreOfTheirWindows(String store, List<WindowRow> rows)
      throws Exception {
    Map<String, long[]> expected = new TreeMap<>();
    for (WindowRow row : rows) {
      if (!row.model().isEmpty()) {
        long[] sums = expected.computeIfAbsent(row.modelVersion(), v -> new long[3]);
        sums[0]++;
        sums[1] += row.n();
        sums[2] += row.hops();
      }
    }
    Map<String, long[]> found = new TreeMap<>();
    Map<String, long[]> inBlocks = new TreeMap<>();
    try (ResultsReader reader = ResultsReader.open(store)) {
      for (CounterSum sum : reader.counters(STUDY)) {
        found.put(sum.modelVersion(), sums(sum.windows(), sum.bins()));
      }
      for (CounterBlock block : reader.rows(CounterBlock.class, RowKind.COUNTER_BLOCK, STUDY)) {
        inBlocks.merge(
            block.modelVersion(),
            sums(block.windows(), block.bins()),
            (a, b) -> new long[] {a[0] + b[0], a[1] + b[1], a[2] + b[2]});
      }
    }
    assertThat(found).usingRecursiveComparison().isEqualTo(expected);
    assertThat(inBlocks).usingRecursiveComparison().isEqualTo(expected);
  }

  private static long[] sums(long windows, List<CounterBin> bins) {
    return new long[] {
      windows,
      bins.stream().mapToLong(CounterBin::structures).sum(),
      bins.stream().mapToLong(CounterBin::rearranging).sum()
    };
  }
}
