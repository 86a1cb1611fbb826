package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelFile;
import io.vitrine.learning.ModelJson;
import io.vitrine.results.rows.ModelRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.streaming.coders.Coders;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;
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
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a model anew now and then while a run goes on, and publishes it: an immutable version,
 * numbered, as a global side input for {@link ScoreFluidity}. It is a classifier of the fluidity
 * set, or a ridge regression of the moments that {@link AccumulateMoments} gathers.
 *
 * <p>Off the hot path: for a classifier it is told of windows, not given them, and reads the
 * samples that earlier windows left in the run folder, so how recent they are depends on the load.
 * One step decides that a version is due; another one, on a thread of its own, trains it, so
 * neither windows nor those who report them wait. A version, once published in the run folder, is
 * kept: a run that is killed and continues finds it there instead of training it again. Until the
 * first one windows are scored by the fixed models alone. One key, so one worker trains. State: a
 * count for each simulation and two numbers, cleared at the end.
 */
public final class RetrainModel
    extends PTransform<PCollection<KV<String, HopFrame>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The versions as they are published; none, with the number 0, comes at once. */
  static final TupleTag<LiveVersion> VERSIONS = new TupleTag<>("versions") {};

  /** Versions for the store. */
  public static final TupleTag<ResultRow> ROWS = new TupleTag<>("rows") {};

  private static final TupleTag<KV<String, Due>> DUE = new TupleTag<>("due") {};

  private static final TupleTag<LiveVersion> FIRST = new TupleTag<>("first") {};

  private final String study;
  private final AnalysisSpec spec;
  private final RetrainSchedule schedule;

  private RetrainModel(String study, AnalysisSpec spec, RetrainSchedule schedule) {
    this.study = study;
    this.spec = spec;
    this.schedule = schedule;
  }

  /** Trains on the fluidity set of this analysis. */
  public static RetrainModel of(String study, AnalysisSpec spec, RetrainSchedule schedule) {
    return new RetrainModel(study, spec, schedule);
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<String, HopFrame>> hops) {
    PCollectionTuple due =
        hops.apply("Tick", MapElements.via(new TickFn()))
            .setCoder(Coders.bySimulation(Coders.bySimulation(VarLongCoder.of())))
            .apply(
                "Decide",
                ParDo.of(new DecideFn(schedule)).withOutputTags(DUE, TupleTagList.of(FIRST)));
    PCollection<KV<String, Due>> ready = due.get(DUE).setCoder(Coders.bySimulation(Due.coder()));
    if (schedule.isRidge()) {
      ready = hops.apply("AccumulateMoments", AccumulateMoments.of(spec, schedule, ready));
    }
    PCollectionTuple trained =
        ready.apply(
            "Train",
            ParDo.of(new TrainFn(study, spec, schedule))
                .withOutputTags(VERSIONS, TupleTagList.of(ROWS)));
    PCollection<LiveVersion> versions =
        PCollectionList.of(due.get(FIRST).setCoder(LiveVersion.coder()))
            .and(trained.get(VERSIONS).setCoder(LiveVersion.coder()))
            .apply("Versions", Flatten.pCollections());
    return PCollectionTuple.of(VERSIONS, versions)
        .and(ROWS, trained.get(ROWS).setCoder(Coders.rows()));
  }

  /** The newest version so far, as a side input that renews itself with each. */
  static PCollectionView<LiveVersion> newest(PCollection<LiveVersion> versions) {
    return versions
        .apply(
            "EachVersion",
            Window.<LiveVersion>into(new GlobalWindows())
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                .withAllowedLateness(Duration.ZERO)
                .accumulatingFiredPanes())
        .apply("Newest", Combine.globally(new NewestFn()).asSingletonView());
  }

  /** Of two versions the one with the larger number. */
  static final class NewestFn extends Combine.BinaryCombineFn<LiveVersion> {
    private static final long serialVersionUID = 1L;

    @Override
    public LiveVersion apply(LiveVersion a, LiveVersion b) {
      return a.number() >= b.number() ? a : b;
    }

    @Override
    public LiveVersion identity() {
      return LiveVersion.NONE;
    }
  }

  private static final class TickFn
      extends SimpleFunction<KV<String, HopFrame>, KV<String, KV<String, Long>>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<String, KV<String, Long>> apply(KV<String, HopFrame> window) {
      return KV.of(Model.LIVE, KV.of(window.getKey(), window.getValue().timeMillis()));
    }
  }

  /** Counts windows and says when a version is due: after which time, of how many windows. */
  private static final class DecideFn extends DoFn<KV<String, KV<String, Long>>, KV<String, Due>> {
    private static final long serialVersionUID = 1L;
    private static final String WINDOWS = "windows";
    private static final String NEXT = "next";
    private static final String END = "end";

    private final RetrainSchedule schedule;

    @StateId(WINDOWS)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<MapState<String, Long>> windowsSpec =
        StateSpecs.map(StringUtf8Coder.of(), VarLongCoder.of());

    @StateId(NEXT)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<Long>> nextSpec = StateSpecs.value(VarLongCoder.of());

    @TimerId(END)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    DecideFn(RetrainSchedule schedule) {
      this.schedule = schedule;
    }

    @ProcessElement
    public void process(
        @Element KV<String, KV<String, Long>> tick,
        @StateId(WINDOWS) MapState<String, Long> windows,
        @StateId(NEXT) ValueState<Long> next,
        @TimerId(END) Timer end,
        MultiOutputReceiver out) {
      String simulation = tick.getValue().getKey();
      Long before = windows.get(simulation).read();
      windows.put(simulation, before == null ? 1 : before + 1);
      long time = tick.getValue().getValue();
      Long due = next.read();
      if (due == null) {
        out.get(FIRST).output(LiveVersion.NONE);
        next.write(time + schedule.everyMillis());
        end.set(EndOfRun.TIME);
      } else if (time >= due) {
        next.write(time + schedule.everyMillis());
        TreeMap<String, Long> counts = new TreeMap<>();
        windows.entries().read().forEach(e -> counts.put(e.getKey(), e.getValue()));
        out.get(DUE).output(KV.of(tick.getKey(), new Due(time, counts, new byte[0])));
      }
    }

    @OnTimer(END)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void end(
        @StateId(WINDOWS) MapState<String, Long> windows, @StateId(NEXT) ValueState<Long> next) {
      windows.clear();
      next.clear();
    }
  }

  private static final class TrainFn extends DoFn<KV<String, Due>, LiveVersion> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RetrainModel.class);
    private static final String VERSION = "version";
    private static final String END = "end";

    private final String study;
    private final AnalysisSpec spec;
    private final RetrainSchedule schedule;

    @StateId(VERSION)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<Long>> versionSpec = StateSpecs.value(VarLongCoder.of());

    @TimerId(END)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    TrainFn(String study, AnalysisSpec spec, RetrainSchedule schedule) {
      this.study = study;
      this.spec = spec;
      this.schedule = schedule;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Due> due,
        @StateId(VERSION) ValueState<Long> version,
        @TimerId(END) Timer end,
        MultiOutputReceiver out)
        throws IOException {
      long number = version.read() == null ? 1 : version.read() + 1;
      Optional<LiveVersion> published = publish(number, due.getValue());
      if (published.isPresent()) {
        version.write(number);
        end.set(EndOfRun.TIME);
        out.get(VERSIONS).output(published.get());
        ModelFile model = published.get().model();
        out.get(ROWS).output(new ModelRow(study, Model.LIVE, model.fingerprint(), model.text()));
      }
    }

    @OnTimer(END)
    @SuppressWarnings("UnusedMethod") // called by Beam
    public void end(@StateId(VERSION) ValueState<Long> version) {
      version.clear();
    }

    private Optional<LiveVersion> publish(long number, Due due) throws IOException {
      if (!schedule.folder().has(number)) {
        Optional<Model> trained = LiveTraining.of(due, spec, schedule);
        if (trained.isEmpty()) {
          return Optional.empty();
        }
        Model model =
            trained
                .get()
                .stating("live_version", number)
                .stating("live_trained_at", due.timeMillis() / 1000.0)
                .named(Model.LIVE);
        LOG.info("version {} of the live model: {} samples", number, model.origin().samples());
        schedule.folder().publish(number, ModelJson.text(model));
      }
      return Optional.of(schedule.published(number));
    }
  }
}
