package io.vitrine.streaming.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.analysis.window.ChosenFrame;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.TrainingCountRow;
import io.vitrine.streaming.Windows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.joda.time.Instant;
import org.junit.Rule;
import org.junit.Test;

public class CollectTrainingSetTest {
  private static final int KEPT = 6;
  private static final AnalysisSpec SPEC =
      AnalysisSpec.standard().withTraining(TrainingSpec.tails(0.1, KEPT));

  @Rule public final TestPipeline pipeline = TestPipeline.create();

  /** Sorted by hand: who is among the K of the run was chosen when its window passed. */
  @Test
  public void collect_anyOrderWithGapsBehindTheWatermark_choosesAllOfTheFinalTails() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 60, Set.of(20));
    List<HopFrame> shuffled = new ArrayList<>(windows);
    Collections.shuffle(shuffled, new Random(4));
    TestStream.Builder<KV<String, HopFrame>> stream =
        Windows.add(Windows.stream(), SPEC, shuffled.subList(0, 9))
            .advanceWatermarkTo(Instant.ofEpochMilli(40_000));
    PCollectionTuple out = run(Windows.add(stream, SPEC, shuffled.subList(9, shuffled.size())));
    PAssert.that(out.get(CollectTrainingSet.CHOSEN)).satisfies(new HoldsTails(windows));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void collect_twoSimulationsOneOfWhichEndsEarly_eachHasItsTails() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 40, Set.of());
    List<HopFrame> others = Windows.of(SPEC, "b", 2, 20, Set.of(3));
    List<HopFrame> mixed = new ArrayList<>(windows);
    mixed.addAll(others);
    Collections.shuffle(mixed, new Random(5));
    PCollection<ChosenFrame> chosen =
        run(Windows.add(Windows.stream(), SPEC, mixed)).get(CollectTrainingSet.CHOSEN);
    for (List<HopFrame> each : List.of(windows, others)) {
      String simulation = each.get(0).simulation();
      PAssert.that(
              chosen.apply(
                  "Of_" + simulation,
                  Filter.by(window -> window.hops().simulation().equals(simulation))))
          .satisfies(new HoldsTails(each));
    }
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void collect_afterTheEnd_countsFromNothing() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 14, Set.of());
    PCollectionTuple out =
        run(
            Windows.add(
                Windows.add(Windows.stream(), SPEC, windows)
                    .advanceWatermarkTo(GlobalWindow.INSTANCE.maxTimestamp()),
                SPEC,
                windows.subList(0, 1)));
    PAssert.that(out.get(CollectTrainingSet.COUNTS)).satisfies(new CountsTwice());
    pipeline.run().waitUntilFinish();
  }

  private PCollectionTuple run(TestStream.Builder<KV<String, HopFrame>> stream) {
    return pipeline
        .apply(stream.advanceWatermarkToInfinity())
        .apply("CollectTrainingSet", CollectTrainingSet.of("study", SPEC));
  }

  private static final class HoldsTails
      implements SerializableFunction<Iterable<ChosenFrame>, Void> {
    private static final long serialVersionUID = 1L;
    private final TreeSet<Double> low = new TreeSet<>();
    private final TreeSet<Double> high = new TreeSet<>();
    private final int windows;

    HoldsTails(List<HopFrame> all) {
      windows = all.size();
      TreeSet<Double> sorted = new TreeSet<>();
      for (HopFrame window : all) {
        for (double p : window.pHop()) {
          sorted.add(p);
        }
      }
      for (int k = 0; k < KEPT; k++) {
        low.add(sorted.pollFirst());
        high.add(sorted.pollLast());
      }
    }

    @Override
    public Void apply(Iterable<ChosenFrame> chosen) {
      TreeSet<Double> lowest = new TreeSet<>();
      TreeSet<Double> highest = new TreeSet<>();
      int count = 0;
      for (ChosenFrame window : chosen) {
        count++;
        for (int i : window.low()) {
          lowest.add(window.hops().pHop()[i]);
        }
        for (int i : window.high()) {
          highest.add(window.hops().pHop()[i]);
        }
      }
      assertThat(count).isEqualTo(windows);
      assertThat(lowest).containsAll(low);
      assertThat(highest).containsAll(high);
      return null;
    }
  }

  private static final class CountsTwice
      implements SerializableFunction<Iterable<ResultRow>, Void> {
    private static final long serialVersionUID = 1L;

    @Override
    public Void apply(Iterable<ResultRow> rows) {
      List<Long> windows = new ArrayList<>();
      rows.forEach(row -> windows.add(((TrainingCountRow) row).windows()));
      Collections.sort(windows);
      assertThat(windows).containsExactly(1L, 1L, 1L, 1L, 2L, 2L, 3L, 3L, 4L, 4L);
      return null;
    }
  }
}
