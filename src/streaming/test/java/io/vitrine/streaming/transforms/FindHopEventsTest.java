package io.vitrine.streaming.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopEvents;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.HoppingParticles;
import io.vitrine.analysis.window.Kept;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.streaming.Windows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.junit.Rule;
import org.junit.Test;

public class FindHopEventsTest {
  private static final AnalysisSpec SPEC = AnalysisSpec.standard();

  @Rule public final TestPipeline pipeline = TestPipeline.create();

  @Test
  public void find_anyOrderAndEachWindowTwice_givesTheHopsOfTheLoop() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 60, Set.of(30));
    List<HopFrame> twice = new ArrayList<>(windows);
    twice.addAll(windows);
    Collections.shuffle(twice, new Random(3));
    PAssert.that(rows(Windows.add(Windows.stream(), SPEC, twice)))
        .containsInAnyOrder(loop(windows));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void find_twoSimulations_areOnTheirOwn() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 40, Set.of());
    List<HopFrame> others = Windows.of(SPEC, "b", 2, 35, Set.of(3));
    List<HopFrame> mixed = new ArrayList<>(windows);
    mixed.addAll(others);
    Collections.shuffle(mixed, new Random(5));
    List<ResultRow> both = new ArrayList<>(loop(windows));
    both.addAll(loop(others));
    PAssert.that(rows(Windows.add(Windows.stream(), SPEC, mixed))).containsInAnyOrder(both);
    pipeline.run().waitUntilFinish();
  }

  /** The watermark never moves, as while another simulation is stalled. */
  @Test
  public void find_noWatermark_hopsThatAreOverDoNotWait() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 60, Set.of(30));
    List<ResultRow> over = new ArrayList<>();
    HopEvents events = HopEvents.of("study", SPEC);
    Kept<HoppingParticles> early = Kept.inMemory();
    windows.forEach(w -> over.addAll(events.accept("a", HoppingParticles.of(w, SPEC), early)));
    assertThat(over).isNotEmpty();
    PCollection<ResultRow> atOnce =
        rows(Windows.add(Windows.stream(), SPEC, windows))
            .apply("BeforeTheEnd", ParDo.of(new BeforeEndFn<>()));
    PAssert.that(atOnce).containsInAnyOrder(over);
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void find_windowsBehindTheWatermark_count() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 50, Set.of());
    TestStream.Builder<KV<String, HopFrame>> stream =
        Windows.add(Windows.stream(), SPEC, windows.subList(0, 5))
            .advanceWatermarkTo(Instant.ofEpochMilli(99_000));
    PAssert.that(rows(Windows.add(stream, SPEC, windows.subList(5, windows.size()))))
        .containsInAnyOrder(loop(windows));
    pipeline.run().waitUntilFinish();
  }

  /** The first window once more would be left out if its number were remembered. */
  @Test
  public void find_afterTheEnd_nothingIsRemembered() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 40, Set.of());
    TestStream.Builder<KV<String, HopFrame>> stream =
        Windows.add(Windows.stream(), SPEC, windows)
            .advanceWatermarkTo(GlobalWindow.INSTANCE.maxTimestamp());
    List<ResultRow> both = new ArrayList<>(loop(windows));
    both.addAll(loop(windows.subList(0, 1)));
    PAssert.that(rows(Windows.add(stream, SPEC, windows.subList(0, 1)))).containsInAnyOrder(both);
    pipeline.run().waitUntilFinish();
  }

  private PCollection<ResultRow> rows(TestStream.Builder<KV<String, HopFrame>> stream) {
    return pipeline
        .apply(stream.advanceWatermarkToInfinity())
        .apply("FindHopEvents", FindHopEvents.of("study", SPEC));
  }

  private static List<ResultRow> loop(List<HopFrame> windows) {
    HopEvents events = HopEvents.of("study", SPEC);
    Kept<HoppingParticles> early = Kept.inMemory();
    List<ResultRow> found = new ArrayList<>();
    String simulation = windows.get(0).simulation();
    windows.forEach(
        w -> found.addAll(events.accept(simulation, HoppingParticles.of(w, SPEC), early)));
    found.addAll(events.finish(simulation, early));
    assertThat(found).isNotEmpty();
    return found;
  }
}
