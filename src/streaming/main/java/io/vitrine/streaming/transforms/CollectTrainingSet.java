package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.ChosenFrame;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.learning.sampling.KeyedSample;
import io.vitrine.learning.sampling.TailAccumulator;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.TrainingCountRow;
import io.vitrine.streaming.coders.Coders;
import java.util.Optional;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Picks from each window the targets that may belong to the fluidity training set: those whose
 * p_hop is not yet beaten by K others of their tail; and, where it is asked for, those that may be
 * in a random draw of all.
 *
 * <p>Unbounded; keyed by simulation; order does not matter, as the tails of all windows are the
 * tails of the tails. One element a window goes in and one comes out, at once. State: the tails of
 * each simulation, 40 K bytes, cleared when the watermark says that no window follows.
 *
 * <p>No Combine: it would say what the tails are, but not which targets of this very window are in
 * them, whose features are needed now, while the window is here.
 */
public final class CollectTrainingSet
    extends PTransform<PCollection<KV<String, HopFrame>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Windows with the targets chosen. */
  public static final TupleTag<ChosenFrame> CHOSEN = new TupleTag<>("chosen") {};

  /** How far the set has come. */
  public static final TupleTag<ResultRow> COUNTS = new TupleTag<>("counts") {};

  private final String study;
  private final AnalysisSpec spec;

  private CollectTrainingSet(String study, AnalysisSpec spec) {
    this.study = study;
    this.spec = spec;
  }

  /** Collects the tails this analysis asks for. */
  public static CollectTrainingSet of(String study, AnalysisSpec spec) {
    return new CollectTrainingSet(study, spec);
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<String, HopFrame>> hops) {
    PCollectionTuple chosen =
        hops.apply(
            "ChooseTails",
            ParDo.of(new ChooseFn(study, spec)).withOutputTags(CHOSEN, TupleTagList.of(COUNTS)));
    chosen.get(CHOSEN).setCoder(Coders.chosenFrames());
    chosen.get(COUNTS).setCoder(Coders.rows());
    return chosen;
  }

  private static final class ChooseFn extends DoFn<KV<String, HopFrame>, ChosenFrame> {
    private static final long serialVersionUID = 1L;
    private static final String TAILS = "tails";
    private static final String DRAW = "draw";
    private static final String END = "end";

    /** Sorting the tails for a threshold costs more than a window; people look now and then. */
    private static final int REPORT_EVERY = 10;

    private final String study;
    private final AnalysisSpec spec;

    @StateId(TAILS)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<TailAccumulator>> tailsSpec =
        StateSpecs.value(Coders.tails());

    @StateId(DRAW)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<KeyedSample>> drawSpec = StateSpecs.value(Coders.draws());

    @TimerId(END)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    ChooseFn(String study, AnalysisSpec spec) {
      this.study = study;
      this.spec = spec;
    }

    @ProcessElement
    public void process(
        @Element KV<String, HopFrame> element,
        @StateId(TAILS) ValueState<TailAccumulator> state,
        @StateId(DRAW) ValueState<KeyedSample> drawState,
        @TimerId(END) Timer end,
        MultiOutputReceiver out) {
      TailAccumulator stored = state.read();
      if (stored == null) {
        end.set(EndOfRun.TIME);
      }
      TailAccumulator tails =
          stored == null ? TailAccumulator.of(spec.tailCapacity()) : stored.copy();
      HopFrame hops = element.getValue();
      Optional<KeyedSample> draw = ChosenFrame.draw(hops.simulation(), spec);
      if (draw.isPresent() && drawState.read() != null) {
        draw = Optional.of(drawState.read().copy());
      }
      out.get(CHOSEN).output(ChosenFrame.choose(hops, tails, draw, spec));
      state.write(tails);
      draw.ifPresent(drawState::write);
      long windows = tails.seen() / hops.pHop().length;
      if (windows <= REPORT_EVERY || windows % REPORT_EVERY == 0) {
        for (TrainingCountRow row :
            TrainingCounts.of(study, hops.simulation(), windows, tails, spec)) {
          out.get(COUNTS).output(row);
        }
      }
    }

    @OnTimer(END)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void end(
        @StateId(TAILS) ValueState<TailAccumulator> state,
        @StateId(DRAW) ValueState<KeyedSample> drawState) {
      state.clear();
      drawState.clear();
    }
  }
}
