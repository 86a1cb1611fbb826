package io.vitrine.streaming.transforms;

import io.vitrine.analysis.AnalysisSpec;
import io.vitrine.analysis.ChosenFrame;
import io.vitrine.analysis.WindowCounts;
import io.vitrine.analysis.WindowScorer;
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
import org.apache.beam.sdk.values.KV;
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
  private final PCollectionView<Iterable<KV<Long, String>>> live;

  private ScoreFluidity(
      String study,
      AnalysisSpec spec,
      Map<String, String> models,
      PCollectionView<Iterable<KV<Long, String>>> live) {
    this.study = study;
    this.spec = spec;
    this.models = new TreeMap<>(models);
    this.live = live;
  }

  /** Scores with models given as JSON by name. */
  public static ScoreFluidity of(String study, AnalysisSpec spec, Map<String, String> models) {
    return new ScoreFluidity(study, spec, models, null);
  }

  /** Also with the newest of the versions that {@link RetrainModel} publishes. */
  public ScoreFluidity withLive(PCollectionView<Iterable<KV<Long, String>>> versions) {
    return new ScoreFluidity(study, spec, models, versions);
  }

  @Override
  public PCollectionTuple expand(PCollection<ChosenFrame> windows) {
    ParDo.SingleOutput<ChosenFrame, WindowCounts> score =
        ParDo.of(new ScoreFn(study, spec, models, live));
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
    private final PCollectionView<Iterable<KV<Long, String>>> live;
    private transient List<Model> parsed;
    private transient WindowScorer scorer;
    private transient long version;

    ScoreFn(
        String study,
        AnalysisSpec spec,
        Map<String, String> models,
        PCollectionView<Iterable<KV<Long, String>>> live) {
      this.study = study;
      this.spec = spec;
      this.models = new TreeMap<>(models);
      this.live = live;
    }

    @Setup
    public void setup() throws IOException {
      parsed = new ArrayList<>();
      for (var e : models.entrySet()) {
        parsed.add(ModelJson.parse(e.getKey(), e.getValue()));
      }
      scorer = WindowScorer.of(study, spec, parsed);
    }

    /** Takes up the newest version where it is newer than the one in use. */
    private void take(Iterable<KV<Long, String>> versions) throws IOException {
      KV<Long, String> newest = KV.of(version, "");
      for (KV<Long, String> v : versions) {
        newest = v.getKey() > newest.getKey() ? v : newest;
      }
      if (newest.getKey() > version) {
        List<Model> all = new ArrayList<>(parsed);
        all.add(ModelJson.parse(RetrainModel.NAME, newest.getValue()));
        scorer = WindowScorer.of(study, spec, all);
        version = newest.getKey();
      }
    }

    @ProcessElement
    public void process(
        @Element ChosenFrame window, ProcessContext context, MultiOutputReceiver out)
        throws IOException {
      if (live != null) {
        take(context.sideInput(live));
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
