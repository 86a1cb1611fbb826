package io.vitrine.streaming.transforms;

import io.vitrine.analysis.AnalysisSpec;
import io.vitrine.analysis.FluiditySet;
import io.vitrine.analysis.HopFrame;
import io.vitrine.format.ShardFolder;
import io.vitrine.format.VersionFolder;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.learning.TrainOptions;
import io.vitrine.learning.Training;
import io.vitrine.model.Check;
import io.vitrine.model.TrainingSet;
import io.vitrine.results.ModelRow;
import io.vitrine.results.ResultRow;
import io.vitrine.streaming.coders.ResultRowCoder;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a classifier anew now and then while the fluidity set grows, and publishes it: an
 * immutable version, numbered, as a global side input for {@link ScoreFluidity}.
 *
 * <p>Off the hot path: it is told of windows, not given them, and reads the samples that earlier
 * windows left in the run folder, so how recent they are depends on the load. A version, once
 * published in the run folder, stands: a run that is killed and goes on finds it there instead of
 * training it again. Nothing waits for a version: until the first one windows are scored by the
 * fixed models alone. One key, so one worker trains. State: a count for each simulation.
 */
public final class RetrainModel
    extends PTransform<PCollection<KV<String, HopFrame>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Numbers of the versions as they are published; 0, which is none, comes at once. */
  public static final TupleTag<Long> VERSIONS = new TupleTag<>("versions") {};

  /** Versions for the store. */
  public static final TupleTag<ResultRow> ROWS = new TupleTag<>("rows") {};

  private final String study;
  private final AnalysisSpec spec;
  private final Schedule schedule;

  /**
   * When, from what and where to.
   *
   * @param everyMillis simulation time between trainings, ms
   * @param shards run folder's shards
   * @param versions folder of the versions
   * @param temperature that all simulations share; NaN where they do not
   * @param program its version, for the model
   */
  public record Schedule(
      long everyMillis, String shards, String versions, double temperature, String program)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Checks the time between trainings. */
    public Schedule {
      Check.within("time between trainings (tau)", everyMillis / 1000.0, 1, Long.MAX_VALUE / 1e3);
    }

    /** The versions. */
    VersionFolder folder() {
      return VersionFolder.at(Path.of(versions), Model.LIVE);
    }
  }

  private RetrainModel(String study, AnalysisSpec spec, Schedule schedule) {
    this.study = study;
    this.spec = spec;
    this.schedule = schedule;
  }

  /** Trains on the fluidity set of this analysis. */
  public static RetrainModel of(String study, AnalysisSpec spec, Schedule schedule) {
    return new RetrainModel(study, spec, schedule);
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<String, HopFrame>> hops) {
    PCollectionTuple trained =
        hops.apply("Tick", MapElements.via(new TickFn()))
            .setCoder(
                KvCoder.of(
                    StringUtf8Coder.of(), KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of())))
            .apply(
                "Train",
                ParDo.of(new TrainFn(study, spec, schedule))
                    .withOutputTags(VERSIONS, TupleTagList.of(ROWS)));
    trained.get(VERSIONS).setCoder(VarLongCoder.of());
    trained.get(ROWS).setCoder(new ResultRowCoder());
    return trained;
  }

  /** The numbers of all versions so far, as a side input that renews itself with each. */
  public static PCollectionView<Iterable<Long>> toAll(PCollection<Long> versions) {
    return versions
        .apply(
            "EachVersion",
            Window.<Long>into(new GlobalWindows())
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                .withAllowedLateness(Duration.ZERO)
                .accumulatingFiredPanes())
        .apply("ToAll", View.asIterable());
  }

  private static final class TickFn
      extends SimpleFunction<KV<String, HopFrame>, KV<String, KV<String, Long>>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<String, KV<String, Long>> apply(KV<String, HopFrame> window) {
      return KV.of(Model.LIVE, KV.of(window.getKey(), window.getValue().timeMillis()));
    }
  }

  private static final class TrainFn extends DoFn<KV<String, KV<String, Long>>, Long> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RetrainModel.class);
    private static final String WINDOWS = "windows";
    private static final String NEXT = "next";
    private static final String VERSION = "version";

    /** Fewer samples of a class than this are no training set. */
    private static final int FEWEST = 10;

    private final String study;
    private final AnalysisSpec spec;
    private final Schedule schedule;

    @StateId(WINDOWS)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<Map<String, Long>>> windowsSpec =
        StateSpecs.value(MapCoder.of(StringUtf8Coder.of(), VarLongCoder.of()));

    @StateId(NEXT)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<Long>> nextSpec = StateSpecs.value(VarLongCoder.of());

    @StateId(VERSION)
    @SuppressWarnings("UnusedVariable") // declared for Beam
    private final StateSpec<ValueState<Long>> versionSpec = StateSpecs.value(VarLongCoder.of());

    TrainFn(String study, AnalysisSpec spec, Schedule schedule) {
      this.study = study;
      this.spec = spec;
      this.schedule = schedule;
    }

    @ProcessElement
    public void process(
        @Element KV<String, KV<String, Long>> tick,
        @StateId(WINDOWS) ValueState<Map<String, Long>> counts,
        @StateId(NEXT) ValueState<Long> next,
        @StateId(VERSION) ValueState<Long> version,
        MultiOutputReceiver out)
        throws IOException {
      Map<String, Long> stored = counts.read();
      TreeMap<String, Long> windows = stored == null ? new TreeMap<>() : new TreeMap<>(stored);
      windows.merge(tick.getValue().getKey(), 1L, Long::sum);
      counts.write(windows);
      long time = tick.getValue().getValue();
      Long due = next.read();
      if (due == null) {
        out.get(VERSIONS).output(0L);
        next.write(time + schedule.everyMillis());
      } else if (time >= due) {
        next.write(time + schedule.everyMillis());
        long number = version.read() == null ? 1 : version.read() + 1;
        Optional<Model> model = publish(number, time, windows);
        if (model.isPresent()) {
          version.write(number);
          out.get(VERSIONS).output(number);
          String text = ModelJson.text(model.get());
          String fingerprint = ModelJson.fingerprint(model.get());
          out.get(ROWS).output(new ModelRow(study, Model.LIVE, fingerprint, text));
        }
      }
    }

    private Optional<Model> publish(long number, long time, Map<String, Long> windows)
        throws IOException {
      VersionFolder folder = schedule.folder();
      if (folder.has(number)) {
        return Optional.of(ModelJson.parse(Model.LIVE, folder.read(number)));
      }
      Optional<Model> trained = train(windows);
      if (trained.isEmpty()) {
        return trained;
      }
      Model model =
          trained
              .get()
              .stating("live_version", number)
              .stating("live_trained_at", time / 1000.0)
              .named(Model.LIVE);
      LOG.info("version {} of the live model: {} samples", number, model.origin().samples());
      return Optional.of(
          ModelJson.parse(Model.LIVE, folder.publish(number, ModelJson.text(model))));
    }

    private Optional<Model> train(Map<String, Long> windows) throws IOException {
      ShardFolder shards = ShardFolder.at(Path.of(schedule.shards()));
      FluiditySet tails = FluiditySet.of(spec);
      for (Map.Entry<String, Long> e : windows.entrySet()) {
        tails.add(shards, e.getKey(), e.getValue());
      }
      TrainingSet set = tails.build(schedule.temperature());
      if (set.count(1) < FEWEST || set.count(-1) < FEWEST) {
        return Optional.empty();
      }
      TrainOptions options = TrainOptions.standard(schedule.program());
      return Optional.of(
          Training.run(List.of(set), Optional.empty(), options, "", part -> {}).model());
    }
  }
}
