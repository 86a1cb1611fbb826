package io.vitrine.streaming.transforms;

import io.vitrine.analysis.sets.SoftnessCollector;
import io.vitrine.analysis.sets.SoftnessSamples;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.Keep;
import io.vitrine.format.run.SampleShard;
import io.vitrine.streaming.Windows;
import io.vitrine.structure.RadialStructure;
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

public class CollectSoftnessTest {
  private static final AnalysisSpec SPEC = AnalysisSpec.standard();

  @Rule public final TestPipeline pipeline = TestPipeline.create();

  @Test
  public void collect_anyOrder_givesTheSamplesOfTheLoop() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 40, Set.of());
    List<HopFrame> shuffled = new ArrayList<>(windows);
    Collections.shuffle(shuffled, new Random(3));
    PAssert.that(samples(Windows.add(Windows.stream(), SPEC, shuffled)))
        .containsInAnyOrder(loop(windows));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void collect_eachWindowTwice_countsItOnce() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 30, Set.of());
    List<HopFrame> twice = new ArrayList<>(windows);
    twice.addAll(windows);
    PAssert.that(samples(Windows.add(Windows.stream(), SPEC, twice)))
        .containsInAnyOrder(loop(windows));
    pipeline.run().waitUntilFinish();
  }

  /** The watermark never moves, as while another simulation is stalled. */
  @Test
  public void collect_gapsAndNoWatermark_nothingWaits() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 60, Set.of(15, 40));
    PCollection<SampleShard> samples = samples(Windows.add(Windows.stream(), SPEC, windows));
    PCollection<SampleShard> atOnce = samples.apply("BeforeTheEnd", ParDo.of(new BeforeEndFn<>()));
    PAssert.that(atOnce).containsInAnyOrder(loop(windows));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void collect_windowsBehindTheWatermark_count() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 30, Set.of());
    TestStream.Builder<KV<String, HopFrame>> stream =
        Windows.add(Windows.stream(), SPEC, windows.subList(0, 5))
            .advanceWatermarkTo(Instant.ofEpochMilli(99_000));
    PAssert.that(samples(Windows.add(stream, SPEC, windows.subList(5, windows.size()))))
        .containsInAnyOrder(loop(windows));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void collect_afterTheEnd_nothingIsRemembered() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 30, Set.of());
    TestStream.Builder<KV<String, HopFrame>> stream =
        Windows.add(Windows.stream(), SPEC, windows)
            .advanceWatermarkTo(GlobalWindow.INSTANCE.maxTimestamp());
    List<SampleShard> both = new ArrayList<>(loop(windows));
    both.addAll(loop(windows));
    PAssert.that(samples(Windows.add(stream, SPEC, windows))).containsInAnyOrder(both);
    pipeline.run().waitUntilFinish();
  }

  /** Of two simulations one ends before a window of its own came: the other does not notice. */
  @Test
  public void collect_twoSimulations_areOnTheirOwn() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 30, Set.of());
    List<HopFrame> others = Windows.of(SPEC, "b", 2, 25, Set.of(3));
    List<HopFrame> mixed = new ArrayList<>(windows);
    mixed.addAll(others);
    Collections.shuffle(mixed, new Random(5));
    List<SampleShard> both = new ArrayList<>(loop(windows));
    both.addAll(loop(others));
    PAssert.that(samples(Windows.add(Windows.stream(), SPEC, mixed))).containsInAnyOrder(both);
    pipeline.run().waitUntilFinish();
  }

  private PCollection<SampleShard> samples(TestStream.Builder<KV<String, HopFrame>> stream) {
    return pipeline
        .apply(stream.advanceWatermarkToInfinity())
        .apply("CollectSoftness", CollectSoftness.of("study", SPEC))
        .get(CollectSoftness.SAMPLES);
  }

  private static List<SampleShard> loop(List<HopFrame> windows) {
    SoftnessCollector collector = SoftnessCollector.of(SPEC);
    Keep keep = Keep.inMemory();
    List<SoftnessSamples> found = new ArrayList<>();
    windows.forEach(window -> found.addAll(collector.accept(window, keep)));
    found.addAll(collector.finish(keep));
    RadialStructure structure = RadialStructure.exact(SPEC.features());
    return found.stream().map(samples -> samples.measure(structure)).toList();
  }
}
