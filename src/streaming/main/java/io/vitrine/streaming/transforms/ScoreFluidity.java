package io.vitrine.streaming.transforms;

import io.vitrine.analysis.AnalysisSpec;
import io.vitrine.analysis.ChosenFrame;
import io.vitrine.analysis.HopFrame;
import io.vitrine.analysis.WindowCounts;
import io.vitrine.analysis.WindowScorer;
import io.vitrine.format.VersionFolder;
import io.vitrine.format.WindowShard;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.results.ResultRow;
import io.vitrine.streaming.coders.ResultRowCoder;
import io.vitrine.streaming.coders.WindowCountsCoder;
import io.vitrine.streaming.coders.WindowShardCoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  private final TreeMap<String, String> models;
  private final PCollectionView<Iterable<Long>> live;
  private final RetrainModel.Schedule schedule;

  private ScoreFluidity(
      String study,
      AnalysisSpec spec,
      Map<String, String> models,
      PCollectionView<Iterable<Long>> live,
      RetrainModel.Schedule schedule) {
    this.study = study;
    this.spec = spec;
    this.models = new TreeMap<>(models);
    this.live = live;
    this.schedule = schedule;
  }

  /** Scores with models given as JSON by name. */
  public static ScoreFluidity of(String study, AnalysisSpec spec, Map<String, String> models) {
    return new ScoreFluidity(study, spec, models, null, null);
  }

  /**
   * Also with the newest of the versions that {@link RetrainModel} publishes. Which one scores a
   * window is decided once and kept in their folder.
   */
  public ScoreFluidity withLive(
      PCollectionView<Iterable<Long>> versions, RetrainModel.Schedule schedule) {
    return new ScoreFluidity(study, spec, models, versions, schedule);
  }

  @Override
  public PCollectionTuple expand(PCollection<ChosenFrame> windows) {
    ParDo.SingleOutput<ChosenFrame, WindowCounts> score =
        ParDo.of(new ScoreFn(study, spec, models, live, schedule));
    PCollectionTuple scored =
        windows
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply(
                "Score",
                (live == null ? score : score.withSideInputs(live))
                    .withOutputTags(COUNTS, TupleTagList.of(ROWS).and(SHARDS)));
    scored.get(COUNTS).setCoder(new WindowCountsCoder());
    scored.get(ROWS).setCoder(new ResultRowCoder());
    scored.get(SHARDS).setCoder(new WindowShardCoder());
    return scored;
  }

  private static final class ScoreFn extends DoFn<ChosenFrame, WindowCounts> {
    private static final long serialVersionUID = 1L;

    private final String study;
    private final AnalysisSpec spec;
    private final TreeMap<String, String> models;
    private final PCollectionView<Iterable<Long>> live;
    private final RetrainModel.Schedule schedule;
    private transient List<Model> parsed;
    private transient WindowScorer scorer;
    private transient long version;

    ScoreFn(
        String study,
        AnalysisSpec spec,
        Map<String, String> models,
        PCollectionView<Iterable<Long>> live,
        RetrainModel.Schedule schedule) {
      this.study = study;
      this.spec = spec;
      this.models = new TreeMap<>(models);
      this.live = live;
      this.schedule = schedule;
    }

    @Setup
    public void setup() throws IOException {
      parsed = new ArrayList<>();
      for (var e : models.entrySet()) {
        parsed.add(ModelJson.parse(e.getKey(), e.getValue()));
      }
      scorer = WindowScorer.of(study, spec, parsed);
    }

    /** Takes up the version this window has: the newest, or the one it was given before. */
    private void take(ChosenFrame window, Iterable<Long> versions) throws IOException {
      long newest = 0;
      for (long v : versions) {
        newest = Math.max(newest, v);
      }
      VersionFolder folder = schedule.folder();
      HopFrame hops = window.hops();
      long given = folder.assign(hops.simulation(), hops.timeMillis(), newest);
      if (given != version) {
        List<Model> all = new ArrayList<>(parsed);
        if (given > 0) {
          all.add(ModelJson.parse(Model.LIVE, folder.read(given)));
        }
        scorer = WindowScorer.of(study, spec, all);
        version = given;
      }
    }

    @ProcessElement
    public void process(
        @Element ChosenFrame window, ProcessContext context, MultiOutputReceiver out)
        throws IOException {
      if (live != null) {
        take(window, context.sideInput(live));
      }
      WindowScorer.Scored scored = scorer.score(window);
      out.get(COUNTS).output(scored.counts());
      for (ResultRow row : scored.rows()) {
        out.get(ROWS).output(row);
      }
      if (!scored.shard().isEmpty()) {
        out.get(SHARDS).output(scored.shard());
      }
    }
  }
}
