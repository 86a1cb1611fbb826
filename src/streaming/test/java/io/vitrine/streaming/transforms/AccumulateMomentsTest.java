package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.WindowMoments;
import io.vitrine.learning.Model;
import io.vitrine.learning.ridge.ExactMoments;
import io.vitrine.learning.ridge.MomentParts;
import io.vitrine.streaming.Windows;
import io.vitrine.streaming.coders.Coders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is handed on for a version, against moments added window by window. */
public class AccumulateMomentsTest {
  private static final AnalysisSpec SPEC = AnalysisSpec.standard();
  private static final int LENGTH = 4;

  @Rule public final TestPipeline pipeline = TestPipeline.create();
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  @Test
  public void parts_anySplitAndOrder_areTheSameToTheBit() {
    MomentParts all = MomentParts.of(LENGTH);
    List<AccumulateMoments.Part> windows = new ArrayList<>();
    for (int w = 0; w < 12; w++) {
      double[] rows = new Random(w).doubles(30L * LENGTH, -5, 9).toArray();
      ExactMoments moments = ExactMoments.of(LENGTH).accept(rows);
      windows.add(new AccumulateMoments.Part("cold", 20_000L * w, moments.encode()));
      all.add(20_000L * w, moments);
    }
    CombineFnTester.testCombineFn(new AccumulateMoments.PartsFn(LENGTH), windows, all);
  }

  /** One simulation has a gap, the other ends early; half of all comes behind the watermark. */
  @Test
  public void gather_anyOrderGapsAndLateWindows_theEndHasTheMomentsOfAllWindows() {
    List<HopFrame> all = Windows.of(SPEC, "a", 1, 80, Set.of(33));
    all.addAll(Windows.of(SPEC, "b", 2, 35, Set.of()));
    Collections.shuffle(all, new Random(6));
    TestStream.Builder<KV<String, HopFrame>> stream =
        Windows.add(Windows.stream(), SPEC, all.subList(0, 40))
            .advanceWatermarkTo(Instant.ofEpochMilli(90_000));

    PAssert.that(due(Windows.add(stream, SPEC, all.subList(40, all.size())), Set.of()))
        .containsInAnyOrder(text(70_000, all));
    pipeline.run().waitUntilFinish();
  }

  /** Windows at 56 and 66 tau ask; they are none of those that are gathered. */
  @Test
  public void gather_askedBeforeTheVersionIsPublished_handsOnOnlyOnce() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 80, Set.of());

    PAssert.that(due(Windows.add(Windows.stream(), SPEC, windows), Set.of(56_000L, 66_000L)))
        .containsInAnyOrder(text(56_000, until(windows, 56_000)), text(70_000, windows));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void gather_askedAfterTheVersionIsPublished_handsOnAgain() throws IOException {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 80, Set.of());
    schedule().folder().publish(1, "{}");

    PAssert.that(due(Windows.add(Windows.stream(), SPEC, windows), Set.of(56_000L, 66_000L)))
        .containsInAnyOrder(
            text(56_000, until(windows, 56_000)),
            text(66_000, until(windows, 66_000)),
            text(70_000, windows));
    pipeline.run().waitUntilFinish();
  }

  /** Before 50 tau no part can be left out to choose the penalty. */
  @Test
  public void gather_askedTooEarly_handsOnNothing() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 50, Set.of());

    PAssert.that(due(Windows.add(Windows.stream(), SPEC, windows), Set.of(36_000L))).empty();
    pipeline.run().waitUntilFinish();
  }

  /** Behind the end each window is at its own end at once, and one alone trains nothing. */
  @Test
  public void gather_afterTheEnd_nothingIsRemembered() {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 80, Set.of());
    TestStream.Builder<KV<String, HopFrame>> stream =
        Windows.add(Windows.stream(), SPEC, windows)
            .advanceWatermarkTo(GlobalWindow.INSTANCE.maxTimestamp());

    PAssert.that(due(Windows.add(stream, SPEC, windows.subList(5, 6)), Set.of()))
        .containsInAnyOrder(text(70_000, windows));
    pipeline.run().waitUntilFinish();
  }

  private RetrainSchedule schedule() {
    String root = temporary.getRoot().toString();
    return new RetrainSchedule(10_000, root + "/shards", root + "/models", 0.6, "test", "radial");
  }

  private PCollection<String> due(
      TestStream.Builder<KV<String, HopFrame>> stream, Set<Long> asking) {
    PCollection<KV<String, HopFrame>> windows = pipeline.apply(stream.advanceWatermarkToInfinity());
    PCollection<KV<String, Due>> decided =
        windows
            .apply("Asking", ParDo.of(new AskingFn(asking)))
            .setCoder(Coders.bySimulation(Due.coder()));
    return windows
        .apply("AccumulateMoments", AccumulateMoments.of(SPEC, schedule(), decided))
        .apply(
            "Text",
            MapElements.into(TypeDescriptors.strings())
                .via(
                    due ->
                        text(
                            due.getValue().timeMillis(),
                            due.getValue().simulations(),
                            due.getValue().moments())));
  }

  private static List<HopFrame> until(List<HopFrame> windows, long millis) {
    return windows.stream().filter(w -> w.timeMillis() <= millis).toList();
  }

  /** Of the windows at 10, 20, 30, ... tau. */
  private String text(long timeMillis, List<HopFrame> windows) {
    WindowMoments each = WindowMoments.of(SPEC, schedule().sets(SPEC), Quencher.of(SPEC));
    MomentParts parts = MomentParts.of(each.length());
    SortedMap<String, Long> last = new TreeMap<>();
    for (HopFrame window : windows) {
      if (window.timeMillis() % 10_000 == 0) {
        parts.add(window.timeMillis(), each.of(window));
        last.merge(window.simulation(), window.timeMillis(), Math::max);
      }
    }
    return text(timeMillis, last, parts.encode());
  }

  private static String text(long timeMillis, Map<String, Long> last, byte[] moments) {
    return timeMillis + " " + last + " " + Base64.getEncoder().encodeToString(moments);
  }

  /** Says at some windows that a version is due. */
  private static final class AskingFn extends DoFn<KV<String, HopFrame>, KV<String, Due>> {
    private static final long serialVersionUID = 1L;

    private final List<Long> times;

    AskingFn(Set<Long> times) {
      this.times = List.copyOf(times);
    }

    @ProcessElement
    public void process(@Element KV<String, HopFrame> window, OutputReceiver<KV<String, Due>> out) {
      long time = window.getValue().timeMillis();
      if (times.contains(time)) {
        out.output(KV.of(Model.LIVE, new Due(time, new TreeMap<>(), new byte[0])));
      }
    }
  }
}
