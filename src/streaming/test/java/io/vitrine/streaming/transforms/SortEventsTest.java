package io.vitrine.streaming.transforms;

import io.vitrine.format.wire.PackedFrame;
import io.vitrine.model.DeadLetter;
import io.vitrine.model.Frame;
import io.vitrine.results.rows.DeadLetterRow;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.RunState;
import io.vitrine.streaming.Walks;
import io.vitrine.streaming.io.FrameEvent;
import io.vitrine.streaming.io.FrameEventCoder;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.Rule;
import org.junit.Test;

public class SortEventsTest {
  @Rule public final TestPipeline pipeline = TestPipeline.create();

  @Test
  public void sort_frame_goesOnAtGridTimeWithoutVelocitiesAndAsRow() {
    Frame frame =
        Walks.of("a", 1, 1).get(0).toBuilder()
            .at(400, 2.0004)
            .velocities(new double[3 * Walks.COUNT])
            .build();
    PCollectionTuple out =
        sort(
            new FrameEvent(
                "a", FrameEvent.Kind.FRAME, 2000, 0, 3, 7, 5, frame, null, null, List.of()));
    PackedFrame packed =
        PackedFrame.of(7, 5, frame.toBuilder().at(400, 2.0).velocities(null).build());
    PAssert.that(out.get(SortEvents.FRAMES).apply(Values.create())).containsInAnyOrder(packed);
    PAssert.that(out.get(SortEvents.ROWS))
        .containsInAnyOrder(
            new FrameRow("study", "a", 2000, 400, Double.NaN, Double.NaN, Double.NaN, 3));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void sort_deadLetterThatQuotesBinary_becomesARowAndNoFrame() {
    DeadLetter letter = new DeadLetter("a", 5, Double.NaN, "run.dump:9", "found 'x\0y'");
    PCollectionTuple out =
        sort(
            new FrameEvent(
                "a", FrameEvent.Kind.DEAD_LETTER, 2000, 5, 0, 0, 0, null, letter, null, List.of()));
    PAssert.that(out.get(SortEvents.FRAMES)).empty();
    PAssert.that(out.get(SortEvents.ROWS))
        .containsInAnyOrder(
            new DeadLetterRow("study", "a", 5, Double.NaN, "run.dump:9", "found 'x?y'"));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void sort_ends_becomeTheStateOfTheSimulation() {
    PCollectionTuple out =
        sort(
            new FrameEvent("a", FrameEvent.Kind.END, 2000, 5, 0, 0, 0, null, null, null, List.of()),
            new FrameEvent(
                "a", FrameEvent.Kind.END, 2000, 5, 0, 0, 0, null, null, "disk gone", List.of()));
    PAssert.that(out.get(SortEvents.ROWS))
        .containsInAnyOrder(
            Walks.info("a").row(RunState.FINISHED, ""),
            Walks.info("a").row(RunState.FAILED, "disk gone"));
    pipeline.run().waitUntilFinish();
  }

  private PCollectionTuple sort(FrameEvent... events) {
    return pipeline
        .apply(Create.of(List.of(events)).withCoder(new FrameEventCoder()))
        .apply("Sort", SortEvents.of(Map.of("a", Walks.info("a"))));
  }
}
