package io.vitrine.streaming.transforms;

import io.vitrine.analysis.RelaxationMeasure;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.format.wire.FrameCodec;
import io.vitrine.format.wire.PackedFrame;
import io.vitrine.model.Frame;
import io.vitrine.relaxation.Keep;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.streaming.Walks;
import io.vitrine.streaming.coders.Coders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.Rule;
import org.junit.Test;

public class MeasureRelaxationTest {
  private static final String STUDY = "test";
  private static final AnalysisSpec SPEC = AnalysisSpec.standard();

  @Rule public final TestPipeline pipeline = TestPipeline.create();

  @Test
  public void measure_framesOnTime_equalsLoop() {
    List<Frame> walk = Walks.of("a", 1, 71);

    assertEqualsLoop(walk, List.of(walk));
  }

  @Test
  public void measure_framesEarlyAndOutOfOrder_equalsLoop() {
    List<Frame> walk = Walks.of("a", 1, 60);
    List<Frame> shuffled = new ArrayList<>(walk);
    Collections.shuffle(shuffled, new Random(3));

    assertEqualsLoop(shuffled, List.of(walk));
  }

  @Test
  public void measure_eachFrameTwice_equalsLoop() {
    List<Frame> walk = Walks.of("a", 1, 50);
    List<Frame> twice = new ArrayList<>(walk);
    twice.addAll(walk);
    Collections.shuffle(twice, new Random(8));

    assertEqualsLoop(twice, List.of(walk));
  }

  @Test
  public void measure_framesBehindTheWatermark_equalsLoop() {
    List<Frame> walk = Walks.of("a", 1, 50);
    TestStream.Builder<KV<String, PackedFrame>> stream =
        add(
                TestStream.create(Coders.bySimulation(Coders.packedFrames())),
                walk.subList(0, 9),
                List.of(walk))
            .advanceWatermarkTo(Instant.ofEpochMilli(99_000));

    PAssert.that(
            pipeline
                .apply(
                    add(stream, walk.subList(9, walk.size()), List.of(walk))
                        .advanceWatermarkToInfinity())
                .apply(MeasureRelaxation.of(STUDY, SPEC)))
        .containsInAnyOrder(loop(walk));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void measure_gapAndTwoSimulations_equalsLoopOfEach() {
    List<Frame> gappy = new ArrayList<>(Walks.of("a", 1, 60));
    gappy.subList(20, 24).clear();
    List<Frame> other = Walks.of("b", 2, 40);
    List<Frame> mixed = new ArrayList<>(gappy);
    mixed.addAll(other);
    Collections.shuffle(mixed, new Random(4));

    assertEqualsLoop(mixed, List.of(gappy, other));
  }

  @Test
  public void measure_firstFrameBehindAllOthers_equalsLoop() {
    List<Frame> walk = Walks.of("a", 1, 80);
    List<Frame> late = new ArrayList<>(walk);
    late.add(late.remove(0));

    assertEqualsLoop(late, List.of(walk));
  }

  /** A frame after the end is the first of a run that ends with it: nothing is remembered. */
  @Test
  public void measure_endOfTheRun_clearsTheState() {
    List<Frame> walk = Walks.of("a", 1, 40);
    List<Frame> other = Walks.of("a", 2, 1);
    List<ResultRow> expected = new ArrayList<>(loop(walk));
    expected.addAll(loop(other));
    TestStream.Builder<KV<String, PackedFrame>> stream =
        add(TestStream.create(Coders.bySimulation(Coders.packedFrames())), walk, List.of(walk))
            .advanceWatermarkTo(EndOfRun.TIME.plus(Duration.millis(1)));

    PAssert.that(
            pipeline
                .apply(add(stream, other, List.of(other)).advanceWatermarkToInfinity())
                .apply(MeasureRelaxation.of(STUDY, SPEC)))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  private void assertEqualsLoop(List<Frame> frames, List<List<Frame>> simulations) {
    List<ResultRow> expected = new ArrayList<>();
    simulations.forEach(s -> expected.addAll(loop(s)));
    PAssert.that(run(frames, simulations)).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  private PCollection<ResultRow> run(List<Frame> frames, List<List<Frame>> simulations) {
    TestStream.Builder<KV<String, PackedFrame>> stream =
        TestStream.create(Coders.bySimulation(Coders.packedFrames()));
    return pipeline
        .apply(add(stream, frames, simulations).advanceWatermarkToInfinity())
        .apply(MeasureRelaxation.of(STUDY, SPEC));
  }

  private static TestStream.Builder<KV<String, PackedFrame>> add(
      TestStream.Builder<KV<String, PackedFrame>> stream,
      List<Frame> frames,
      List<List<Frame>> simulations) {
    IdentityHashMap<Frame, Integer> numbers = new IdentityHashMap<>();
    simulations.forEach(s -> s.forEach(frame -> numbers.put(frame, s.indexOf(frame))));
    for (Frame frame : frames) {
      KV<String, PackedFrame> element =
          KV.of(frame.simulation(), PackedFrame.of(numbers.get(frame), 0, frame));
      stream = stream.addElements(TimestampedValue.of(element, at(frame)));
    }
    return stream;
  }

  private static Instant at(Frame frame) {
    return Instant.ofEpochMilli(Math.round(frame.time() * 1000));
  }

  private static List<ResultRow> loop(List<Frame> frames) {
    Keep keep = Keep.in(new HashMap<>());
    RelaxationMeasure measure = RelaxationMeasure.of(STUDY, SPEC);
    List<ResultRow> rows = new ArrayList<>();
    for (Frame frame : frames) {
      rows.addAll(measure.accept(FrameCodec.decode(FrameCodec.encode(frame)), keep));
    }
    rows.addAll(measure.finish(frames.get(0).simulation(), keep));
    return rows;
  }
}
