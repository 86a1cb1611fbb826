package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.analysis.bursts.BurstFolder;
import io.vitrine.analysis.sets.FluiditySet;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.format.run.WindowShard;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.CounterTotal;
import io.vitrine.results.rows.HistogramTotal;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;
import io.vitrine.results.rows.SnapshotRow;
import io.vitrine.results.rows.TrainingCountRow;
import io.vitrine.results.rows.WindowRow;
import io.vitrine.streaming.io.FrameEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a run left is what the loop says. */
final class LoopComparison {
  private static final String STUDY = StreamRun.STUDY;

  private final StreamRun run;
  private final AnalysisSpec spec;
  private final List<Loop> loops;

  private LoopComparison(StreamRun run) {
    this.run = run;
    this.spec = run.spec();
    this.loops = run.loops();
  }

  /** Compares the store, the shards, the sets made of them and the captured bursts. */
  static void assertEqualsLoop(StreamRun run) throws Exception {
    new LoopComparison(run).assertEqualsLoop();
  }

  private void assertEqualsLoop() throws Exception {
    Map<RowKind, List<?>> stored = run.stored();
    List<ResultRow> windows = new ArrayList<>();
    List<ResultRow> snapshots = new ArrayList<>();
    List<ResultRow> predictions = new ArrayList<>();
    List<ResultRow> hops = new ArrayList<>();
    List<ResultRow> incomplete = new ArrayList<>();
    List<ResultRow> blocks = new ArrayList<>();
    List<ResultRow> histograms = new ArrayList<>();
    List<CounterSum> counters = new ArrayList<>();
    for (Loop loop : loops) {
      List<ResultRow> seen = new ArrayList<>();
      for (ResultRow row : loop.model().windowRows()) {
        (row instanceof SnapshotRow ? seen : row instanceof WindowRow ? windows : predictions)
            .add(row);
      }
      snapshots.addAll(seen.subList(Math.max(0, seen.size() - SnapshotRow.KEPT), seen.size()));
      hops.addAll(loop.model().hopEventRows());
      incomplete.addAll(loop.incomplete(STUDY, spec));
      for (ResultRow row : loop.model().totalRows()) {
        if (row instanceof CounterTotal t) {
          // Each simulation has a temperature of its own, so that sums are of one simulation.
          counters.add(
              new CounterSum(t.model(), t.modelVersion(), t.temperature(), t.windows(), t.bins()));
        } else if (row instanceof HistogramTotal) {
          histograms.add(row);
        } else {
          blocks.add(row);
        }
      }
      assertShards(loop);
      assertTrainingCounts(loop);
      loop.capture(spec, run.scorers(), run.bursts(), run.folder().resolve("loop-capture"));
    }
    assertCaptured(run.folder().resolve("loop-capture"));
    assertRelaxation(stored);
    assertThat(windows).isNotEmpty();
    assertSame(stored.get(RowKind.WINDOW), windows);
    assertThat(predictions).hasSize(run.scorers().isEmpty() ? 0 : windows.size());
    assertSame(stored.get(RowKind.PREDICTION), predictions);
    assertThat(snapshots).isNotEmpty();
    assertSame(stored.get(RowKind.SNAPSHOT), snapshots);
    assertThat(hops).isNotEmpty();
    assertSame(stored.get(RowKind.HOP_EVENT), hops);
    assertSame(stored.get(RowKind.INCOMPLETE_WINDOW), incomplete);
    assertSame(stored.get(RowKind.COUNTER_TOTAL), counters);
    assertSame(stored.get(RowKind.COUNTER_BLOCK), blocks);
    assertSame(stored.get(RowKind.HISTOGRAM_TOTAL), histograms);
    assertThat(stored.get(RowKind.FRAME)).hasSize(count(FrameEvent.Kind.FRAME));
    assertThat(stored.get(RowKind.DEAD_LETTER)).hasSize(count(FrameEvent.Kind.DEAD_LETTER));
    assertThat(stored.get(RowKind.SIMULATION))
        .hasSize(loops.size())
        .allSatisfy(s -> assertThat(((SimulationRow) s).state()).isEqualTo(RunState.FINISHED));
  }

  /** What the loop said last of each key. */
  private void assertRelaxation(Map<RowKind, List<?>> stored) {
    Map<List<Object>, ResultRow> last = new LinkedHashMap<>();
    for (Loop loop : loops) {
      for (ResultRow row : loop.model().relaxationRows()) {
        List<Object> key = new ArrayList<>(List.of(row.kind()));
        key.addAll(Arrays.asList(row.cells()).subList(0, row.kind().keyColumns().size()));
        last.put(key, row);
      }
    }
    for (RowKind kind : StreamRun.RELAXATION) {
      List<ResultRow> expected = last.values().stream().filter(r -> r.kind() == kind).toList();
      assertThat(expected).isNotEmpty();
      assertSame(stored.get(kind), expected);
    }
  }

  /** The same files with the same bytes. */
  private void assertCaptured(Path expected) throws IOException {
    List<Path> files = BurstFolder.files(expected);
    assertThat(files).isNotEmpty();
    assertThat(BurstFolder.files(run.captured()))
        .containsExactlyElementsOf(
            files.stream().map(f -> run.captured().resolve(expected.relativize(f))).toList());
    for (Path file : files) {
      assertThat(run.captured().resolve(expected.relativize(file))).hasSameBinaryContentAs(file);
    }
  }

  private int count(FrameEvent.Kind kind) {
    return (int) loops.stream().mapToLong(l -> l.count(kind)).sum();
  }

  private static void assertSame(List<?> found, List<?> expected) {
    assertThat(new ArrayList<Object>(found)).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Tails are reported at every tenth window, the softness rule at the end too. */
  private void assertTrainingCounts(Loop loop) throws Exception {
    long windows = loop.model().shards().size() / 10 * 10L;
    long targets = loop.model().shards().get(0).targets();
    try (ResultsReader reader = ResultsReader.open(run.store())) {
      List<TrainingCountRow> rows =
          reader.rows(TrainingCountRow.class, RowKind.TRAINING_COUNT, STUDY).stream()
              .filter(row -> row.simulation().equals(loop.simulation()))
              .toList();
      assertThat(rows)
          .filteredOn(row -> List.of("low", "high").contains(row.rule()))
          .hasSize(2)
          .allSatisfy(row -> assertThat(row.windows()).isEqualTo(windows))
          .allSatisfy(row -> assertThat(row.candidates()).isEqualTo(targets * windows));
      assertThat(rows).hasSize(4).containsAll(loop.model().softnessCounts());
    }
  }

  private void assertShards(Loop loop) throws IOException {
    List<WindowShard> written;
    try (Stream<WindowShard> all = ShardFolder.at(run.shards()).read(loop.simulation())) {
      written = all.toList();
    }
    List<WindowShard> expected = loop.model().shards();
    assertThat(written).hasSameSizeAs(expected);
    for (int w = 0; w < expected.size(); w++) {
      // Which targets are chosen depends on the order of the windows; what comes of it does not.
      assertThat(withoutChosen(written.get(w))).isEqualTo(withoutChosen(expected.get(w)));
    }
    FluiditySet tails =
        FluiditySet.of(spec).add(ShardFolder.at(run.shards()), loop.simulation(), expected.size());
    FluiditySet looped = loop.fluidity(spec, run.folder().resolve("loop"));
    assertThat(tails.build(loop.temperature())).isEqualTo(looped.build(loop.temperature()));
    assertThat(tails.buildRandom(loop.temperature()))
        .isEqualTo(looped.buildRandom(loop.temperature()));
    assertThat(tails.random()).isEqualTo(spec.training().random() ? tails.low() : 0);
    assertThat(run.softness(loop)).isEqualTo(loop.softness(spec, run.folder().resolve("loop")));
  }

  private static byte[] withoutChosen(WindowShard s) {
    return new WindowShard(
            s.simulation(),
            s.timeMillis(),
            s.structureMillis(),
            s.targets(),
            s.particles(),
            s.types(),
            s.pHop(),
            s.models(),
            s.scores(),
            new int[0],
            new byte[0],
            new double[0],
            new float[0],
            s.features(),
            s.bulk(),
            s.frame())
        .toBytes();
  }
}
