package io.vitrine.streaming.transforms;

import io.vitrine.format.FrameCodec;
import io.vitrine.model.Frame;
import io.vitrine.results.DeadLetterRow;
import io.vitrine.results.FrameRow;
import io.vitrine.results.ResultRow;
import io.vitrine.results.RunState;
import io.vitrine.streaming.coders.ResultRowCoder;
import io.vitrine.streaming.io.FrameEvent;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
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
 * Sorts what sources say: frames go on, keyed by simulation and packed for the windows; frames,
 * dead letters and ends become rows of the results store.
 *
 * <p>A packed frame carries grid time, positions, box and particles only: velocities have done
 * their work, and each frame lives in eleven windows.
 */
public final class SortEvents extends PTransform<PCollection<FrameEvent>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Frames by simulation, packed by {@link FrameCodec}. */
  public static final TupleTag<KV<String, byte[]>> FRAMES = new TupleTag<>("frames") {};

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
    sorted.get(FRAMES).setCoder(KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()));
    sorted.get(ROWS).setCoder(new ResultRowCoder());
    return sorted;
  }

  private static final class SortFn extends DoFn<FrameEvent, KV<String, byte[]>> {
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
      switch (event.kind()) {
        case FRAME:
          frames.inc();
          Frame frame = event.frame();
          out.get(FRAMES).output(KV.of(event.simulation(), pack(frame, event.millis())));
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
        case END:
          boolean failed = event.failure() != null;
          out.get(ROWS)
              .output(
                  info.row(
                      failed ? RunState.FAILED : RunState.FINISHED, failed ? event.failure() : ""));
          break;
      }
    }

    private static byte[] pack(Frame frame, long millis) {
      return FrameCodec.encode(
          frame.toBuilder().at(frame.step(), millis / 1000.0).velocities(null).build());
    }
  }
}
