package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.WindowMeasure;
import io.vitrine.format.wire.PackedFrame;
import io.vitrine.model.Frame;
import io.vitrine.results.rows.IncompleteWindowRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.streaming.Walks;
import io.vitrine.streaming.coders.Coders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;
import org.junit.Rule;
import org.junit.Test;

public class MeasureHopsTest {
  private static final String STUDY = "test";
  private static final AnalysisSpec SPEC = AnalysisSpec.standard();

  @Rule public final TestPipeline pipeline = TestPipeline.create();

  @Test
  public void measure_framesOnTime_givesEachCompleteWindowOnce() {
    List<Frame> walk = Walks.of("a", 1, 21);
    TestStream.Builder<KV<String, PackedFrame>> stream = stream();
    for (Frame frame : walk) {
      stream = add(stream, frame).advanceWatermarkTo(at(frame.time() + 1));
    }
    PCollectionTuple out = run(stream);
    PAssert.that(out.get(MeasureHops.HOPS)).containsInAnyOrder(windows(walk));
    PAssert.that(out.get(MeasureHops.INCOMPLETE)).containsInAnyOrder(ends("a", 20));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void measure_framesOutOfOrderBeforeTheWatermark_givesTheSame() {
    List<Frame> walk = Walks.of("a", 1, 21);
    List<Frame> shuffled = new ArrayList<>(walk);
    Collections.shuffle(shuffled, new Random(5));
    TestStream.Builder<KV<String, PackedFrame>> stream = stream();
    for (Frame frame : shuffled) {
      stream = add(stream, frame);
    }
    PCollectionTuple out = run(stream);
    PAssert.that(out.get(MeasureHops.HOPS)).containsInAnyOrder(windows(walk));
    PAssert.that(out.get(MeasureHops.INCOMPLETE)).containsInAnyOrder(ends("a", 20));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void measure_oneFrameMissing_reportsElevenIncompleteWindows() {
    List<Frame> walk = Walks.of("a", 1, 35);
    TestStream.Builder<KV<String, PackedFrame>> stream = stream();
    for (Frame frame : walk) {
      if (frame.time() != 17) {
        stream = add(stream, frame);
      }
      stream = stream.advanceWatermarkTo(at(frame.time() + 1));
    }
    PCollectionTuple out = run(stream);
    List<KV<String, HopFrame>> complete = new ArrayList<>();
    List<ResultRow> incomplete = new ArrayList<>(ends("a", 34));
    for (KV<String, HopFrame> window : windows(walk)) {
      if (Math.abs(window.getValue().timeMillis() - 17_000) > 5000) {
        complete.add(window);
      } else {
        incomplete.add(new IncompleteWindowRow(STUDY, "a", window.getValue().timeMillis(), 10));
      }
    }
    PAssert.that(out.get(MeasureHops.HOPS)).containsInAnyOrder(complete);
    PAssert.that(out.get(MeasureHops.INCOMPLETE)).containsInAnyOrder(incomplete);
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void measure_frameBehindTheWatermark_changesNothing() {
    List<Frame> walk = Walks.of("a", 1, 31);
    TestStream.Builder<KV<String, PackedFrame>> stream = stream();
    for (Frame frame : walk) {
      stream = add(stream, frame).advanceWatermarkTo(at(frame.time() + 1));
    }
    stream = add(stream, walk.get(10));
    PCollectionTuple out = run(stream);
    PAssert.that(out.get(MeasureHops.HOPS)).containsInAnyOrder(windows(walk));
    PAssert.that(out.get(MeasureHops.INCOMPLETE)).containsInAnyOrder(ends("a", 30));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void measure_completeWindows_comeAsTheOnlyPaneBeforeTheWatermark() {
    TestStream.Builder<KV<String, PackedFrame>> stream = stream();
    for (Frame frame : Walks.of("a", 1, 14)) {
      stream = add(stream, frame).advanceWatermarkTo(at(frame.time() + 1));
    }
    PCollection<String> panes =
        run(stream).get(MeasureHops.HOPS).apply("Panes", ParDo.of(new PaneFn()));
    PAssert.that(panes)
        .containsInAnyOrder("a 5000 EARLY 0", "a 6000 EARLY 0", "a 7000 EARLY 0", "a 8000 EARLY 0");
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void measure_secondSimulationStalled_doesNotHoldBackCompleteWindowsOfTheFirst() {
    List<Frame> running = Walks.of("running", 1, 13);
    TestStream.Builder<KV<String, PackedFrame>> stream = stream();
    for (Frame frame : Walks.of("stalled", 2, 3)) {
      stream = add(stream, frame);
    }
    // The shared watermark stays where the stalled one is.
    stream = stream.advanceWatermarkTo(at(3));
    for (Frame frame : running) {
      stream = add(stream, frame);
    }
    PCollection<String> panes =
        run(stream).get(MeasureHops.HOPS).apply("Panes", ParDo.of(new PaneFn()));
    // EARLY says that the watermark had not passed: with it they would be ON_TIME.
    PAssert.that(panes)
        .containsInAnyOrder("running 5000 EARLY 0", "running 6000 EARLY 0", "running 7000 EARLY 0");
    pipeline.run().waitUntilFinish();
  }

  /** Ten particles in four blocks; frames in reverse order, a gap, two simulations. */
  @Test
  public void expand_framesCutIntoBlocks_givesTheSameWindowsAndIncompleteOnesOnce() {
    AnalysisSpec cut = SPEC.withBlockParticles(3);
    List<Frame> whole = Walks.of("a/b", 4, 13);
    List<Frame> gappy = new ArrayList<>(Walks.of("gap", 5, 12));
    gappy.remove(6);
    List<Frame> all = new ArrayList<>(whole);
    all.addAll(gappy);
    Collections.reverse(all);
    TestStream.Builder<KV<String, PackedFrame>> stream = stream();
    for (Frame frame : all) {
      stream = add(stream, frame);
    }
    PCollectionTuple measured =
        pipeline
            .apply(stream.advanceWatermarkToInfinity())
            .apply("MeasureHops", MeasureHops.of(STUDY, cut));
    WindowMeasure measure = WindowMeasure.of(cut);
    List<KV<String, HopFrame>> expected = new ArrayList<>();
    for (int f = 0; f + 11 <= whole.size(); f++) {
      expected.add(KV.of("a/b", measure.measure(whole.subList(f, f + 11), f)));
    }
    PAssert.that(measured.get(MeasureHops.HOPS)).containsInAnyOrder(expected);
    List<ResultRow> rows = ends("a/b", 12);
    for (int centre = -5; centre <= 16; centre++) {
      int last = Math.min(11, centre + 5);
      int first = Math.max(0, centre - 5);
      int present = last - first + 1 - (first <= 6 && 6 <= last ? 1 : 0);
      if (present > 0) {
        rows.add(new IncompleteWindowRow(STUDY, "gap", 1000L * centre, present));
      }
    }
    PAssert.that(measured.get(MeasureHops.INCOMPLETE)).containsInAnyOrder(rows);
    pipeline.run().waitUntilFinish();
  }

  private static TestStream.Builder<KV<String, PackedFrame>> stream() {
    return TestStream.create(Coders.bySimulation(Coders.packedFrames()));
  }

  private static TestStream.Builder<KV<String, PackedFrame>> add(
      TestStream.Builder<KV<String, PackedFrame>> stream, Frame frame) {
    // A walk has a frame every tau from 0 on, so each window after the tenth frame is complete.
    long number = Math.round(frame.time());
    PackedFrame packed = PackedFrame.of(number, Math.max(0, number - 10), frame);
    return stream.addElements(
        TimestampedValue.of(KV.of(frame.simulation(), packed), at(frame.time())));
  }

  private static Instant at(double tau) {
    return Instant.ofEpochMilli(Math.round(tau * 1000));
  }

  private PCollectionTuple run(TestStream.Builder<KV<String, PackedFrame>> stream) {
    return pipeline
        .apply(stream.advanceWatermarkToInfinity())
        .apply("MeasureHops", MeasureHops.of(STUDY, SPEC));
  }

  /** All windows of eleven frames in a row, measured one by one. */
  private static List<KV<String, HopFrame>> windows(List<Frame> walk) {
    WindowMeasure measure = WindowMeasure.of(SPEC);
    List<KV<String, HopFrame>> windows = new ArrayList<>();
    for (int f = 0; f + 11 <= walk.size(); f++) {
      windows.add(KV.of(walk.get(f).simulation(), measure.measure(walk.subList(f, f + 11), f)));
    }
    return windows;
  }

  /** The windows that stick out at both ends of frames 0..last. */
  private static List<ResultRow> ends(String simulation, int last) {
    List<ResultRow> rows = new ArrayList<>();
    for (int present = 1; present <= 10; present++) {
      rows.add(new IncompleteWindowRow(STUDY, simulation, 1000L * (present - 6), present));
      rows.add(new IncompleteWindowRow(STUDY, simulation, 1000L * (last + 6 - present), present));
    }
    return rows;
  }

  /** Says of each window when it came and as which pane. */
  private static final class PaneFn extends DoFn<KV<String, HopFrame>, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<String, HopFrame> window, PaneInfo pane, OutputReceiver<String> out) {
      out.output(
          window.getKey()
              + " "
              + window.getValue().timeMillis()
              + " "
              + pane.getTiming()
              + " "
              + pane.getIndex());
    }
  }
}
