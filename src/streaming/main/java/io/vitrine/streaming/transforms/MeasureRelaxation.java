package io.vitrine.streaming.transforms;

import io.vitrine.analysis.RelaxationMeasure;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.InOrder;
import io.vitrine.format.wire.Columns;
import io.vitrine.format.wire.PackedFrame;
import io.vitrine.relaxation.Keep;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.streaming.coders.Coders;
import java.io.IOException;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
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
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Measures how each simulation relaxes along its whole run, and judges whether it is in
 * equilibrium: rows of relaxation functions, verdicts and statics.
 *
 * <p>Unbounded; keyed by simulation; event time is that of the frames, which are put in order by
 * their numbers first ({@link InOrder}). Rows come out every 50 tau, S_cc every 10th frame, and a
 * last report when the watermark says that no frame follows.
 *
 * <p>State: the frames that came early, and one map of bytes a simulation with an entry for each
 * origin, each level of lags and the run, so that a frame writes what it changes only. The map
 * grows with the logarithm of the run's length ({@link io.vitrine.relaxation.RelaxationTracker})
 * and is cleared, with all else, when no frame follows.
 */
public final class MeasureRelaxation
    extends PTransform<PCollection<KV<String, PackedFrame>>, PCollection<ResultRow>> {
  private static final long serialVersionUID = 1L;

  private final String study;
  private final AnalysisSpec spec;

  private MeasureRelaxation(String study, AnalysisSpec spec) {
    this.study = study;
    this.spec = spec;
  }

  /** Measures what this analysis asks for. */
  public static MeasureRelaxation of(String study, AnalysisSpec spec) {
    return new MeasureRelaxation(study, spec);
  }

  @Override
  public PCollection<ResultRow> expand(PCollection<KV<String, PackedFrame>> frames) {
    return frames.apply("Correlate", ParDo.of(new RelaxFn(study, spec))).setCoder(Coders.rows());
  }

  private static final class RelaxFn extends DoFn<KV<String, PackedFrame>, ResultRow> {
    private static final long serialVersionUID = 1L;
    private static final String KEPT = "kept";
    private static final String EARLY = "early";
    private static final String ORDER = "order";
    private static final String SIMULATION = "simulation";
    private static final String END = "end";

    private final String study;
    private final AnalysisSpec spec;
    private transient RelaxationMeasure measure;

    @StateId(KEPT)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<String, byte[]>> keptSpec =
        StateSpecs.map(StringUtf8Coder.of(), ByteArrayCoder.of());

    @StateId(EARLY)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<Long, PackedFrame>> earlySpec =
        StateSpecs.map(VarLongCoder.of(), Coders.packedFrames());

    @StateId(SIMULATION)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<String>> simulationSpec =
        StateSpecs.value(StringUtf8Coder.of());

    @TimerId(END)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    RelaxFn(String study, AnalysisSpec spec) {
      this.study = study;
      this.spec = spec;
    }

    @Setup
    public void setup() {
      measure = RelaxationMeasure.of(study, spec);
    }

    @ProcessElement
    public void process(
        @Element KV<String, PackedFrame> element,
        @StateId(KEPT) MapState<String, byte[]> kept,
        @StateId(EARLY) MapState<Long, PackedFrame> early,
        @StateId(SIMULATION) ValueState<String> simulation,
        @TimerId(END) Timer end,
        OutputReceiver<ResultRow> out)
        throws IOException {
      if (simulation.read() == null) {
        simulation.write(element.getKey());
        end.set(EndOfRun.TIME);
      }
      Keep keep = new Kept(kept);
      InOrder order = order(keep);
      PackedFrame arrived = element.getValue();
      for (PackedFrame each : order.accept(arrived.number(), arrived, new KeptInState<>(early))) {
        measure.accept(each.frame(), keep).forEach(out::output);
      }
      save(order, keep);
    }

    @OnTimer(END)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void end(
        @StateId(KEPT) MapState<String, byte[]> kept,
        @StateId(EARLY) MapState<Long, PackedFrame> early,
        @StateId(SIMULATION) ValueState<String> simulation,
        OutputReceiver<ResultRow> out)
        throws IOException {
      Keep keep = new Kept(kept);
      InOrder order = order(keep);
      for (PackedFrame each : order.finish(new KeptInState<>(early))) {
        measure.accept(each.frame(), keep).forEach(out::output);
      }
      measure.finish(simulation.read(), keep).forEach(out::output);
      kept.clear();
      early.clear();
      simulation.clear();
    }

    private static InOrder order(Keep keep) throws IOException {
      byte[] stored = keep.get(ORDER);
      return stored == null ? new InOrder() : InOrder.decode(new Columns.Reader(stored, ORDER));
    }

    private static void save(InOrder order, Keep keep) {
      Columns.Writer out = new Columns.Writer(16 + Long.BYTES * order.held());
      order.encode(out);
      keep.put(ORDER, out.toBytes());
    }
  }

  /** A map in the state of a key. */
  private record Kept(MapState<String, byte[]> map) implements Keep {
    @Override
    public byte[] get(String name) {
      return map.get(name).read();
    }

    @Override
    public void put(String name, byte[] bytes) {
      map.put(name, bytes);
    }

    @Override
    public void remove(String name) {
      map.remove(name);
    }
  }
}
