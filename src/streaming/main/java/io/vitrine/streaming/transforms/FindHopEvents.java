package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopEvents;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.HoppingParticles;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.streaming.coders.ByteCoder;
import io.vitrine.streaming.coders.Coders;
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
 * Finds hops: a row for each maximal run of windows in which a particle rearranges, as soon as the
 * run is over.
 *
 * <p>Unbounded; keyed by simulation; windows are put in order ({@link HopEvents}), and only the
 * particles that rearrange travel to this step. A missing window ends the runs under way, so do the
 * watermark that says that no window follows and nothing else. State: the runs under way, 32 bytes
 * each and at most one a particle, and the windows that came early, one map entry each; cleared at
 * the end.
 */
public final class FindHopEvents
    extends PTransform<PCollection<KV<String, HopFrame>>, PCollection<ResultRow>> {
  private static final long serialVersionUID = 1L;

  private final String study;
  private final AnalysisSpec spec;

  private FindHopEvents(String study, AnalysisSpec spec) {
    this.study = study;
    this.spec = spec;
  }

  /** Finds the hops of this analysis. */
  public static FindHopEvents of(String study, AnalysisSpec spec) {
    return new FindHopEvents(study, spec);
  }

  @Override
  public PCollection<ResultRow> expand(PCollection<KV<String, HopFrame>> hops) {
    return hops.apply("Rearranging", ParDo.of(new PickFn(spec)))
        .setCoder(Coders.bySimulation(Coders.hoppingParticles()))
        .apply("JoinWindows", ParDo.of(new JoinFn(study, spec)))
        .setCoder(Coders.rows());
  }

  private static final class PickFn
      extends DoFn<KV<String, HopFrame>, KV<String, HoppingParticles>> {
    private static final long serialVersionUID = 1L;

    private final AnalysisSpec spec;

    PickFn(AnalysisSpec spec) {
      this.spec = spec;
    }

    @ProcessElement
    public void process(
        @Element KV<String, HopFrame> window, OutputReceiver<KV<String, HoppingParticles>> out) {
      out.output(KV.of(window.getKey(), HoppingParticles.of(window.getValue(), spec)));
    }
  }

  private static final class JoinFn extends DoFn<KV<String, HoppingParticles>, ResultRow> {
    private static final long serialVersionUID = 1L;
    private static final String STATE = "hops";
    private static final String EARLY = "early";
    private static final String END = "end";

    private final String study;
    private final AnalysisSpec spec;

    @StateId(STATE)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<HopEvents>> stateSpec;

    @StateId(EARLY)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<Long, HoppingParticles>> earlySpec =
        StateSpecs.map(VarLongCoder.of(), Coders.hoppingParticles());

    @TimerId(END)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    JoinFn(String study, AnalysisSpec spec) {
      this.study = study;
      this.spec = spec;
      this.stateSpec =
          StateSpecs.value(
              ByteCoder.of(
                  HopEvents.class,
                  HopEvents::encode,
                  bytes -> HopEvents.decode(bytes, study, spec)));
    }

    @ProcessElement
    public void process(
        @Element KV<String, HoppingParticles> element,
        @StateId(STATE) ValueState<HopEvents> state,
        @StateId(EARLY) MapState<Long, HoppingParticles> early,
        @TimerId(END) Timer end,
        OutputReceiver<ResultRow> out) {
      HopEvents stored = state.read();
      if (stored == null) {
        end.set(EndOfRun.TIME);
      }
      HopEvents events = stored == null ? HopEvents.of(study, spec) : stored.copy();
      events
          .accept(element.getKey(), element.getValue(), new KeptInState<>(early))
          .forEach(out::output);
      state.write(events);
    }

    @OnTimer(END)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void end(
        @Key String simulation,
        @StateId(STATE) ValueState<HopEvents> state,
        @StateId(EARLY) MapState<Long, HoppingParticles> early,
        OutputReceiver<ResultRow> out) {
      state.read().copy().finish(simulation, new KeptInState<>(early)).forEach(out::output);
      state.clear();
      early.clear();
    }
  }
}
