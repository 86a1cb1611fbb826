package io.vitrine.streaming.transforms;

import io.vitrine.analysis.AnalysisSpec;
import io.vitrine.analysis.HopFrame;
import io.vitrine.analysis.SoftnessCollector;
import io.vitrine.analysis.SoftnessSamples;
import io.vitrine.format.SampleShard;
import io.vitrine.results.ResultRow;
import io.vitrine.results.TrainingCountRow;
import io.vitrine.streaming.coders.ResultRowCoder;
import io.vitrine.streaming.coders.SampleShardCoder;
import io.vitrine.streaming.coders.SoftnessSamplesCoder;
import io.vitrine.structure.RadialStructure;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.state.MapState;
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
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Collects the samples of the softness rule: hops with the structure before them, and the structure
 * in the middle of each long quiet run, measured on whichever worker is free.
 *
 * <p>Unbounded; keyed by simulation; windows are put in order ({@link SoftnessCollector}). State:
 * at most 127 frames of each simulation, one map entry each, and counters. When the watermark says
 * that no window follows, all runs end.
 */
public final class CollectSoftness
    extends PTransform<PCollection<KV<String, HopFrame>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Samples with their structure functions. */
  public static final TupleTag<SampleShard> SAMPLES = new TupleTag<>("samples") {};

  /** How far the set has come. */
  public static final TupleTag<ResultRow> COUNTS = new TupleTag<>("counts") {};

  private static final TupleTag<SoftnessSamples> FOUND = new TupleTag<>("found") {};

  private final String study;
  private final AnalysisSpec spec;

  private CollectSoftness(String study, AnalysisSpec spec) {
    this.study = study;
    this.spec = spec;
  }

  /** Collects what this analysis asks for. */
  public static CollectSoftness of(String study, AnalysisSpec spec) {
    return new CollectSoftness(study, spec);
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<String, HopFrame>> hops) {
    PCollectionTuple found =
        hops.apply(
            "FindHopsAndQuiet",
            ParDo.of(new CollectFn(study, spec)).withOutputTags(FOUND, TupleTagList.of(COUNTS)));
    PCollection<SampleShard> measured =
        found
            .get(FOUND)
            .setCoder(new SoftnessSamplesCoder())
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply("MeasureSamples", ParDo.of(new MeasureFn(spec)))
            .setCoder(new SampleShardCoder());
    return PCollectionTuple.of(SAMPLES, measured)
        .and(COUNTS, found.get(COUNTS).setCoder(new ResultRowCoder()));
  }

  private static final class CollectFn extends DoFn<KV<String, HopFrame>, SoftnessSamples> {
    private static final long serialVersionUID = 1L;
    private static final String STATE = "softness";
    private static final String KEPT = "kept";
    private static final String SIMULATION = "simulation";
    private static final String END = "end";
    private static final long REPORT_EVERY = 10;

    private final String study;
    private final AnalysisSpec spec;

    @StateId(STATE)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<byte[]>> stateSpec = StateSpecs.value(ByteArrayCoder.of());

    @StateId(KEPT)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<String, byte[]>> keptSpec =
        StateSpecs.map(StringUtf8Coder.of(), ByteArrayCoder.of());

    @StateId(SIMULATION)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<String>> simulationSpec =
        StateSpecs.value(StringUtf8Coder.of());

    @TimerId(END)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    CollectFn(String study, AnalysisSpec spec) {
      this.study = study;
      this.spec = spec;
    }

    @ProcessElement
    public void process(
        @Element KV<String, HopFrame> element,
        @StateId(STATE) ValueState<byte[]> state,
        @StateId(KEPT) MapState<String, byte[]> kept,
        @StateId(SIMULATION) ValueState<String> simulation,
        @TimerId(END) Timer end,
        MultiOutputReceiver out)
        throws IOException {
      byte[] stored = state.read();
      if (stored == null) {
        simulation.write(element.getKey());
        end.set(GlobalWindow.INSTANCE.maxTimestamp());
      }
      SoftnessCollector collector = collector(stored);
      long before = collector.windows();
      collector.accept(element.getValue(), new KeptInState(kept)).forEach(out.get(FOUND)::output);
      state.write(collector.encode());
      if (before / REPORT_EVERY != collector.windows() / REPORT_EVERY) {
        report(collector, element.getKey(), out);
      }
    }

    @OnTimer(END)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void end(
        @StateId(STATE) ValueState<byte[]> state,
        @StateId(KEPT) MapState<String, byte[]> kept,
        @StateId(SIMULATION) ValueState<String> simulation,
        MultiOutputReceiver out)
        throws IOException {
      SoftnessCollector collector = collector(state.read());
      collector.finish(new KeptInState(kept)).forEach(out.get(FOUND)::output);
      state.write(collector.encode());
      report(collector, simulation.read(), out);
    }

    private SoftnessCollector collector(byte[] stored) throws IOException {
      return stored == null ? SoftnessCollector.of(spec) : SoftnessCollector.decode(stored, spec);
    }

    private void report(SoftnessCollector collector, String simulation, MultiOutputReceiver out) {
      List<TrainingCountRow> rows = collector.counts(study, simulation);
      rows.forEach(out.get(COUNTS)::output);
    }
  }

  private static final class MeasureFn extends DoFn<SoftnessSamples, SampleShard> {
    private static final long serialVersionUID = 1L;

    private final AnalysisSpec spec;
    private transient RadialStructure structure;

    MeasureFn(AnalysisSpec spec) {
      this.spec = spec;
    }

    @Setup
    public void setup() {
      structure = RadialStructure.exact(spec.features());
    }

    @ProcessElement
    public void process(@Element SoftnessSamples samples, OutputReceiver<SampleShard> out) {
      out.output(samples.measure(structure));
    }
  }
}
