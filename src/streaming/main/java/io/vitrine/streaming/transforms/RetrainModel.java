package io.vitrine.streaming.transforms;

import io.vitrine.analysis.AnalysisSpec;
import io.vitrine.analysis.FluiditySet;
import io.vitrine.analysis.HopFrame;
import io.vitrine.format.ShardFolder;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.learning.TrainOptions;
import io.vitrine.learning.Training;
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

/**
 * Trains a classifier anew now and then while the fluidity set grows, and publishes it: an
 * immutable version, numbered, as a global side input for {@link ScoreFluidity}.
 *
 * <p>Off the hot path: it is told of windows, not given them, and reads the samples that earlier
 * windows left in the run folder, so how recent they are depends on the load; what was trained is
 * in the store, and each window there names the version that scored it. Nothing waits for a
 * version: until the first one windows are scored by the fixed models alone. One key, so one worker
 * trains. State: a count for each simulation.
 */
public final class RetrainModel
    extends PTransform<PCollection<KV<String, HopFrame>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Name of the model that is trained while the run goes on. */
  public static final String NAME = "live";

  /** Versions as they are trained: number and JSON; number 0, without text, comes at once. */
  public static final TupleTag<KV<Long, String>> VERSIONS = new TupleTag<>("versions") {};

  /** The same for the store. */
  public static final TupleTag<ResultRow> ROWS = new TupleTag<>("rows") {};

  private final String study;
  private final AnalysisSpec spec;
  private final Schedule schedule;

  /**
   * When and from what.
   *
   * @param everyMillis simulation time between trainings, ms
   * @param shards run folder's shards
   * @param version of the program, for the model
   */
  public record Schedule(long everyMillis, String shards, String version) implements Serializable {
    private static final long serialVersionUID = 1L;
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
    trained.get(VERSIONS).setCoder(KvCoder.of(VarLongCoder.of(), StringUtf8Coder.of()));
    trained.get(ROWS).setCoder(new ResultRowCoder());
    return trained;
  }

  /** All versions so far, as a side input that renews itself with each. */
  public static PCollectionView<Iterable<KV<Long, String>>> toAll(
      PCollection<KV<Long, String>> versions) {
    return versions
        .apply(
            "EachVersion",
            Window.<KV<Long, String>>into(new GlobalWindows())
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
      return KV.of(NAME, KV.of(window.getKey(), window.getValue().timeMillis()));
    }
  }

  private static final class TrainFn extends DoFn<KV<String, KV<String, Long>>, KV<Long, String>> {
    private static final long serialVersionUID = 1L;
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
        out.get(VERSIONS).output(KV.of(0L, ""));
        next.write(time + schedule.everyMillis());
      } else if (time >= due) {
        next.write(time + schedule.everyMillis());
        Optional<Model> model = train(windows);
        if (model.isPresent()) {
          long number = version.read() == null ? 1 : version.read() + 1;
          version.write(number);
          String json = ModelJson.text(model.get());
          out.get(VERSIONS).output(KV.of(number, json));
          out.get(ROWS).output(new ModelRow(study, NAME, ModelJson.fingerprint(model.get()), json));
        }
      }
    }

    private Optional<Model> train(Map<String, Long> windows) throws IOException {
      ShardFolder shards = ShardFolder.at(Path.of(schedule.shards()));
      FluiditySet tails = FluiditySet.of(spec);
      for (Map.Entry<String, Long> e : windows.entrySet()) {
        tails.add(shards, e.getKey(), e.getValue());
      }
      TrainingSet set = tails.build(Double.NaN);
      if (set.count(1) < FEWEST || set.count(-1) < FEWEST) {
        return Optional.empty();
      }
      TrainOptions options = TrainOptions.standard(schedule.version());
      Model model = Training.run(List.of(set), Optional.empty(), options, "", part -> {}).model();
      return Optional.of(ModelJson.parse(NAME, ModelJson.text(model)));
    }
  }
}
