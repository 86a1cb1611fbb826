package io.vitrine.analysis.window;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.format.run.WindowShard;
import io.vitrine.format.wire.FrameCodec;
import io.vitrine.learning.BulkMoments;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.model.Frame;
import io.vitrine.results.bins.Binning;
import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.WindowRow;
import io.vitrine.structure.RadialStructure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Scores the structure at t - 2 tau of one window and sets it against the motion at t: summary
 * rows, rearrangement counters, and what the files made at the end need.
 *
 * <p>A function of the window and the models alone. score = w . z - b; counters are on the raw w .
 * z, which no bias moves. Moments are summed in particle order.
 */
public final class WindowScorer {
  private final String study;
  private final AnalysisSpec spec;
  private final List<Model> models;
  private final ModelScores scores;
  private final List<String> versions;
  private final RadialStructure structure;

  /**
   * What becomes of one window.
   *
   * @param rows summary rows, one a model, or one without, and how well each model predicts; now
   *     and then a snapshot
   * @param counts integer counts
   * @param shard what the files made at the end need
   */
  public record Scored(List<ResultRow> rows, WindowCounts counts, WindowShard shard) {}

  private WindowScorer(String study, AnalysisSpec spec, ModelScores scores) {
    this.study = study;
    this.spec = spec;
    this.models = scores.models();
    this.scores = scores;
    this.versions = models.stream().map(ModelJson::fingerprint).toList();
    this.structure = RadialStructure.exact(spec.features());
  }

  /** A scorer for these models. */
  public static WindowScorer of(String study, AnalysisSpec spec, ModelScores models) {
    return new WindowScorer(study, spec, models);
  }

  /** Scores one window. */
  public Scored score(ChosenFrame chosen) {
    HopFrame hops = chosen.hops();
    Frame frame = hops.structure();
    int[] targets = frame.particles().indicesOf(spec.targets());
    double[][] raw = scores.raw(frame, targets);
    SortedMap<ModelVersion, int[]> counters = new TreeMap<>();
    List<ResultRow> rows = new ArrayList<>();
    double[][] scored = new double[models.size()][];
    for (int m = 0; m < models.size(); m++) {
      Model model = models.get(m);
      scored[m] = Arrays.stream(raw[m]).map(x -> x - model.bias()).toArray();
      counters.put(new ModelVersion(model.name(), versions.get(m)), count(raw[m], hops.pHop()));
      rows.add(row(hops, model.name(), versions.get(m), scored[m]));
      if (!sawWindow(model, hops)) {
        rows.add(prediction(hops, model, versions.get(m), scored[m]));
      }
    }
    if (models.isEmpty()) {
      rows.add(row(hops, "", "", null));
    }
    if (Snapshots.isKept(hops.timeMillis(), spec.intervalMillis())) {
      String model = models.isEmpty() ? "" : models.get(0).name();
      rows.add(Snapshots.of(study, hops, targets, model, models.isEmpty() ? null : scored[0]));
    }
    WindowCounts counts =
        new WindowCounts(hops.simulation(), hops.timeMillis(), hops.histograms(), counters);
    return new Scored(rows, counts, shard(chosen, frame, targets, scored));
  }

  /** Whether a model of this run may have been trained on frames of this window. */
  private boolean sawWindow(Model model, HopFrame hops) {
    if (!model.name().equals(Model.LIVE)) {
      return false;
    }
    Object trained = model.origin().convention().get(Model.TRAINED_UNTIL);
    if (!(trained instanceof Map<?, ?> until)) {
      return true;
    }
    Object last = until.get(hops.simulation());
    double free = (last instanceof Number tau ? tau.doubleValue() : Double.NEGATIVE_INFINITY);
    return hops.timeMillis() < 1000 * free + spec.windowMillis();
  }

  /** Score and label over the targets: the label of a regression where it is known here. */
  private PredictionRow prediction(HopFrame hops, Model model, String version, double[] scored) {
    TrainingSpec.Label label = spec.training().label();
    for (TrainingSpec.Label each : TrainingSpec.Label.values()) {
      boolean own = model.isRegression() && each.text().equals(model.origin().regression().label());
      if (own && hops.values(each) != null) {
        label = each;
      }
    }
    return new PredictionRow(
        study,
        hops.simulation(),
        model.name(),
        hops.timeMillis(),
        version,
        label.text(),
        scored.length,
        Moments.pearson(scored, hops.values(label)));
  }

  private int[] count(double[] raw, double[] pHop) {
    TreeMap<Integer, int[]> bins = new TreeMap<>();
    for (int i = 0; i < raw.length; i++) {
      int[] both = bins.computeIfAbsent(Binning.RAW_SCORE.index(raw[i]), b -> new int[2]);
      both[0]++;
      if (pHop[i] > spec.hopThreshold()) {
        both[1]++;
      }
    }
    int[] triples = new int[3 * bins.size()];
    int n = 0;
    for (var e : bins.entrySet()) {
      triples[n++] = e.getKey();
      triples[n++] = e.getValue()[0];
      triples[n++] = e.getValue()[1];
    }
    return triples;
  }

  private WindowRow row(HopFrame hops, String model, String version, double[] scored) {
    double[] pHop = hops.pHop();
    long hopCount = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double p : pHop) {
      if (p > spec.hopThreshold()) {
        hopCount++;
      }
      min = Math.min(min, p);
      max = Math.max(max, p);
    }
    Moments p = Moments.of(pHop);
    Moments s = scored == null ? null : Moments.of(scored);
    return new WindowRow(
        study,
        hops.simulation(),
        model,
        hops.timeMillis(),
        version,
        pHop.length,
        hopCount,
        new WindowRow.HopMoments(p.mean(), p.variance(), min, max),
        s == null
            ? WindowRow.ScoreMoments.NONE
            : new WindowRow.ScoreMoments(
                s.mean(), Math.sqrt(s.variance()), s.skewness(), s.kurtosis()),
        hops.largestStep(),
        Arrays.stream(hops.msd()).boxed().toList());
  }

  private WindowShard shard(ChosenFrame chosen, Frame frame, int[] targets, double[][] scored) {
    HopFrame hops = chosen.hops();
    long structureMillis = Math.round(frame.time() * 1000);
    int tails = chosen.low().length + chosen.high().length;
    int[] some = join(join(chosen.low(), chosen.high()), chosen.drawn());
    byte[] labels = new byte[some.length];
    Arrays.fill(labels, 0, chosen.low().length, WindowShard.LOW);
    Arrays.fill(labels, chosen.low().length, tails, WindowShard.HIGH);
    Arrays.fill(labels, tails, some.length, WindowShard.DRAWN);

    int width = spec.features().featureCount();
    boolean bulkFrame = spec.isBulkFrame(structureMillis);
    boolean needAll = bulkFrame || 2 * some.length > targets.length;
    double[] all = needAll ? structure.features(frame, targets) : null;
    boolean keep = spec.keepHops() || spec.keepFrames();
    boolean others = spec.targets().exportsOthers();
    int[] exported = others ? frame.particles().indicesExported(spec.targets()) : targets;
    return new WindowShard(
        hops.simulation(),
        hops.timeMillis(),
        structureMillis,
        targets.length,
        frame.particles().ids(exported),
        types(frame, exported),
        keep ? (others ? hops.pHopOfExported() : hops.pHop()) : null,
        models.stream().map(Model::name).toList(),
        keep ? (others ? scores.scores(frame, exported) : scored) : null,
        frame.particles().ids(Arrays.stream(some).map(i -> targets[i]).toArray()),
        labels,
        Arrays.stream(some).mapToDouble(i -> hops.label()[i]).toArray(),
        needAll ? pick(all, some, width) : featuresOf(frame, targets, some, width),
        spec.exportsFeatures(structureMillis) ? structure.features(frame, exported) : null,
        bulkFrame ? BulkMoments.of(width).accept(all).encode() : null,
        spec.keepFrames() ? FrameCodec.encode(frame) : null);
  }

  /** Features of some targets only, each computed once though it may be chosen twice. */
  private float[] featuresOf(Frame frame, int[] targets, int[] some, int width) {
    int[] distinct = Arrays.stream(some).sorted().distinct().toArray();
    int[] particles = Arrays.stream(distinct).map(i -> targets[i]).toArray();
    int[] rows = Arrays.stream(some).map(i -> Arrays.binarySearch(distinct, i)).toArray();
    return pick(structure.features(frame, particles), rows, width);
  }

  private static float[] pick(double[] features, int[] rows, int width) {
    float[] picked = new float[rows.length * width];
    for (int r = 0; r < rows.length; r++) {
      for (int k = 0; k < width; k++) {
        picked[r * width + k] = (float) features[rows[r] * width + k];
      }
    }
    return picked;
  }

  private static int[] join(int[] first, int[] second) {
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] types(Frame frame, int[] indices) {
    byte[] all = frame.particles().types();
    byte[] some = new byte[indices.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = all[indices[i]];
    }
    return some;
  }
}
