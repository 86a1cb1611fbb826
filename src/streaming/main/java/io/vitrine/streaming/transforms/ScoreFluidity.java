package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.ChosenFrame;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.WindowCounts;
import io.vitrine.analysis.window.WindowScorer;
import io.vitrine.format.run.WindowShard;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelFile;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.streaming.coders.Coders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Scores the structure at t - 2 tau of each window with every model, on whichever worker is free,
 * and sets it against p_hop at t.
 *
 * <p>Unbounded; keyless; each window is scored at once and alone, so the order does not matter.
 * Main output: counts of the window. Side outputs: summary rows, and what the files made at the end
 * need.
 */
public final class ScoreFluidity extends PTransform<PCollection<ChosenFrame>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Integer counts of each window. */
  public static final TupleTag<WindowCounts> COUNTS = new TupleTag<>("counts") {};

  /** Summary rows of each window. */
  public static final TupleTag<ResultRow> ROWS = new TupleTag<>("rows") {};

  /** What each window leaves in the run folder. */
  public static final TupleTag<WindowShard> SHARDS = new TupleTag<>("shards") {};

  private final String study;
  private final AnalysisSpec spec;
  private final List<ModelFile> models;
  private final PCollectionView<LiveVersion> live;
  private final RetrainSchedule schedule;

  private ScoreFluidity(
      String study,
      AnalysisSpec spec,
      List<ModelFile> models,
      PCollectionView<LiveVersion> live,
      RetrainSchedule schedule) {
    this.study = study;
    this.spec = spec;
    this.models = List.copyOf(models);
    this.live = live;
    this.schedule = schedule;
  }

  /** Scores with these models. */
  public static ScoreFluidity of(String study, AnalysisSpec spec, List<ModelFile> models) {
    return new ScoreFluidity(study, spec, models, null, null);
  }

  /**
   * Also with the newest of the versions that {@link RetrainModel} trains. Which one scores a
   * window is decided once and kept in the run folder; one that is no longer the newest, or not yet
   * again after a failure, is read where it was published.
   */
  public ScoreFluidity withLive(PCollectionTuple trained, RetrainSchedule schedule) {
    PCollectionView<LiveVersion> newest = RetrainModel.newest(trained.get(RetrainModel.VERSIONS));
    return new ScoreFluidity(study, spec, models, newest, schedule);
  }

  @Override
  public PCollectionTuple expand(PCollection<ChosenFrame> windows) {
    TupleTagList others = TupleTagList.of(ROWS).and(SHARDS);
    PCollection<ChosenFrame> spread = windows.apply("Spread", Reshuffle.viaRandomKey());
    PCollectionTuple scored =
        live == null
            ? spread.apply(
                "Score", ParDo.of(new FixedFn(study, spec, models)).withOutputTags(COUNTS, others))
            : spread.apply(
                "Score",
                ParDo.of(new LiveFn(study, spec, models, schedule))
                    .withSideInput(LiveFn.NEWEST, live)
                    .withOutputTags(COUNTS, others));
    scored.get(COUNTS).setCoder(Coders.windowCounts());
    scored.get(ROWS).setCoder(Coders.rows());
    scored.get(SHARDS).setCoder(Coders.windowShards());
    return scored;
  }

  private static void put(WindowScorer.Scored scored, DoFn.MultiOutputReceiver out) {
    out.get(COUNTS).output(scored.counts());
    scored.rows().forEach(out.get(ROWS)::output);
    if (!scored.shard().isEmpty()) {
      out.get(SHARDS).output(scored.shard());
    }
  }

  /** Scores with models that stay. */
  private static final class FixedFn extends DoFn<ChosenFrame, WindowCounts> {
    private static final long serialVersionUID = 1L;

    private final String study;
    private final AnalysisSpec spec;
    private final List<ModelFile> models;
    private transient WindowScorer scorer;

    FixedFn(String study, AnalysisSpec spec, List<ModelFile> models) {
      this.study = study;
      this.spec = spec;
      this.models = models;
    }

    @Setup
    public void setup() {
      scorer =
          WindowScorer.of(
              study, spec, Quencher.scores(spec, models.stream().map(ModelFile::model).toList()));
    }

    @ProcessElement
    public void process(@Element ChosenFrame window, MultiOutputReceiver out) {
      put(scorer.score(window), out);
    }
  }

  /** Scores with models that stay and the version that a window is given. */
  private static final class LiveFn extends DoFn<ChosenFrame, WindowCounts> {
    private static final long serialVersionUID = 1L;
    private static final String NEWEST = "newest";

    private final String study;
    private final AnalysisSpec spec;
    private final List<ModelFile> models;
    private final RetrainSchedule schedule;
    private transient WindowScorer scorer;
    private transient long version;

    LiveFn(String study, AnalysisSpec spec, List<ModelFile> models, RetrainSchedule schedule) {
      this.study = study;
      this.spec = spec;
      this.models = models;
      this.schedule = schedule;
    }

    @ProcessElement
    public void process(
        @Element ChosenFrame window, @SideInput(NEWEST) LiveVersion newest, MultiOutputReceiver out)
        throws IOException {
      HopFrame hops = window.hops();
      long given = schedule.folder().assign(hops.simulation(), hops.number(), newest.number());
      if (scorer == null || given != version) {
        scorer = WindowScorer.of(study, spec, Quencher.scores(spec, with(given, newest)));
        version = given;
      }
      put(scorer.score(window), out);
    }

    private List<Model> with(long given, LiveVersion newest) throws IOException {
      List<Model> all = new ArrayList<>(models.stream().map(ModelFile::model).toList());
      if (given > 0) {
        ModelFile model =
            given == newest.number() ? newest.model() : schedule.published(given).model();
        all.add(model.model());
      }
      return all;
    }
  }
}
