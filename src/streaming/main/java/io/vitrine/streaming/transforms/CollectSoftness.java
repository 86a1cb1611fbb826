package io.vitrine.streaming.transforms;

import io.vitrine.analysis.sets.SoftnessCollector;
import io.vitrine.analysis.sets.SoftnessSamples;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.Keep;
import io.vitrine.format.run.SampleShard;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.TrainingCountRow;
import io.vitrine.streaming.coders.ByteCoder;
import io.vitrine.streaming.coders.Coders;
import io.vitrine.structure.RadialStructure;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
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
 * at most 127 frames of each simulation and the windows that came early, one map entry each, and
 * counters. When the watermark says that no window follows, all runs end and all state is cleared.
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
            .setCoder(Coders.softnessSamples())
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply("MeasureSamples", ParDo.of(new MeasureFn(spec)))
            .setCoder(Coders.sampleShards());
    return PCollectionTuple.of(SAMPLES, measured)
        .and(COUNTS, found.get(COUNTS).setCoder(Coders.rows()));
  }

  private static final class CollectFn extends DoFn<KV<String, HopFrame>, SoftnessSamples> {
    private static final long serialVersionUID = 1L;
    private static final String STATE = "softness";
    private static final String EARLY = "early";
    private static final String STRUCTURES = "structures";
    private static final String P_HOP = "p_hop";
    private static final String END = "end";
    private static final long REPORT_EVERY = 10;

    private final String study;
    private final AnalysisSpec spec;

    @StateId(STATE)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<SoftnessCollector>> stateSpec;

    @StateId(EARLY)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<Long, HopFrame>> earlySpec =
        StateSpecs.map(VarLongCoder.of(), Coders.hopFrames());

    @StateId(STRUCTURES)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<Long, byte[]>> structuresSpec =
        StateSpecs.map(VarLongCoder.of(), ByteArrayCoder.of());

    @StateId(P_HOP)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<Long, double[]>> pHopSpec =
        StateSpecs.map(VarLongCoder.of(), Coders.doubles());

    @TimerId(END)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    CollectFn(String study, AnalysisSpec spec) {
      this.study = study;
      this.spec = spec;
      this.stateSpec =
          StateSpecs.value(
              ByteCoder.of(
                  SoftnessCollector.class,
                  SoftnessCollector::encode,
                  bytes -> SoftnessCollector.decode(bytes, spec)));
    }

    @ProcessElement
    public void process(
        @Element KV<String, HopFrame> element,
        @StateId(STATE) ValueState<SoftnessCollector> state,
        @StateId(EARLY) MapState<Long, HopFrame> early,
        @StateId(STRUCTURES) MapState<Long, byte[]> structures,
        @StateId(P_HOP) MapState<Long, double[]> pHop,
        @TimerId(END) Timer end,
        MultiOutputReceiver out) {
      SoftnessCollector stored = state.read();
      if (stored == null) {
        end.set(EndOfRun.TIME);
      }
      SoftnessCollector collector = stored == null ? SoftnessCollector.of(spec) : stored.copy();
      long before = collector.windows();
      collector
          .accept(element.getValue(), keep(early, structures, pHop))
          .forEach(out.get(FOUND)::output);
      state.write(collector);
      if (before / REPORT_EVERY != collector.windows() / REPORT_EVERY) {
        report(collector, element.getKey(), out);
      }
    }

    @OnTimer(END)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void end(
        @Key String simulation,
        @StateId(STATE) ValueState<SoftnessCollector> state,
        @StateId(EARLY) MapState<Long, HopFrame> early,
        @StateId(STRUCTURES) MapState<Long, byte[]> structures,
        @StateId(P_HOP) MapState<Long, double[]> pHop,
        MultiOutputReceiver out) {
      SoftnessCollector collector = state.read().copy();
      collector.finish(keep(early, structures, pHop)).forEach(out.get(FOUND)::output);
      report(collector, simulation, out);
      state.clear();
    }

    private static Keep keep(
        MapState<Long, HopFrame> early,
        MapState<Long, byte[]> structures,
        MapState<Long, double[]> pHop) {
      return new Keep(
          new KeptInState<>(early), new KeptFrames(structures), new KeptInState<>(pHop));
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
