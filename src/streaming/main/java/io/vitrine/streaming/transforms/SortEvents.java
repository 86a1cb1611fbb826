package io.vitrine.streaming.transforms;

import io.vitrine.format.wire.PackedFrame;
import io.vitrine.model.Frame;
import io.vitrine.results.rows.DeadLetterRow;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.NoticeRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RunState;
import io.vitrine.streaming.coders.Coders;
import io.vitrine.streaming.io.FrameEvent;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Sorts what sources say: frames continue, keyed by simulation and packed for the windows; frames,
 * dead letters, notices and ends become rows of the results store.
 *
 * <p>A packed frame carries grid time, positions, box and particles only: velocities have done
 * their work, and each frame lives in eleven windows.
 */
public final class SortEvents extends PTransform<PCollection<FrameEvent>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Frames by simulation, packed. */
  public static final TupleTag<KV<String, PackedFrame>> FRAMES = new TupleTag<>("frames") {};

  /** Rows for the results store. */
  public static final TupleTag<ResultRow> ROWS = new TupleTag<>("rows") {};

  private final Map<String, SimulationInfo> simulations;

  private SortEvents(Map<String, SimulationInfo> simulations) {
    this.simulations = Map.copyOf(simulations);
  }

  /** Sorts the events of these simulations. */
  public static SortEvents of(Map<String, SimulationInfo> simulations) {
    return new SortEvents(simulations);
  }

  @Override
  public PCollectionTuple expand(PCollection<FrameEvent> events) {
    PCollectionTuple sorted =
        events.apply(
            "Sort",
            ParDo.of(new SortFn(simulations)).withOutputTags(FRAMES, TupleTagList.of(ROWS)));
    sorted.get(FRAMES).setCoder(Coders.bySimulation(Coders.packedFrames()));
    sorted.get(ROWS).setCoder(Coders.rows());
    return sorted;
  }

  private static final class SortFn extends DoFn<FrameEvent, KV<String, PackedFrame>> {
    private static final long serialVersionUID = 1L;

    private final Map<String, SimulationInfo> simulations;
    private final Counter frames = Metrics.counter("vitrine", "frames");
    private final Counter deadLetters = Metrics.counter("vitrine", "dead_letters");

    SortFn(Map<String, SimulationInfo> simulations) {
      this.simulations = simulations;
    }

    @ProcessElement
    public void process(@Element FrameEvent event, MultiOutputReceiver out) {
      SimulationInfo info = simulations.get(event.simulation());
      for (FrameEvent.Notice notice : event.notices()) {
        out.get(ROWS)
            .output(
                new NoticeRow(
                    info.study(),
                    event.simulation(),
                    notice.subject(),
                    notice.count(),
                    notice.text()));
      }
      switch (event.kind()) {
        case FRAME:
          frames.inc();
          Frame frame = event.frame();
          out.get(FRAMES).output(KV.of(event.simulation(), pack(event)));
          out.get(ROWS)
              .output(
                  new FrameRow(
                      info.study(),
                      event.simulation(),
                      event.millis(),
                      frame.step(),
                      frame.thermo().potentialEnergy(),
                      frame.thermo().pressure(),
                      frame.thermo().temperature(),
                      event.thinned()));
          break;
        case DEAD_LETTER:
          deadLetters.inc();
          out.get(ROWS).output(DeadLetterRow.of(info.study(), event.letter()));
          break;
        case NOTE:
          break;
        case END:
          boolean failed = event.failure() != null;
          out.get(ROWS)
              .output(
                  info.row(
                      failed ? RunState.FAILED : RunState.FINISHED, failed ? event.failure() : ""));
          break;
      }
    }

    private static PackedFrame pack(FrameEvent event) {
      Frame frame = event.frame();
      return PackedFrame.of(
          event.number(),
          event.windows(),
          frame.toBuilder().at(frame.step(), event.millis() / 1000.0).velocities(null).build());
    }
  }
}
