package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.analysis.bursts.BurstFolder;
import io.vitrine.analysis.bursts.BurstRule;
import io.vitrine.analysis.sets.Cages;
import io.vitrine.analysis.sets.FluiditySet;
import io.vitrine.analysis.sets.SoftnessSet;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.analysis.spec.SoftnessRule;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.dynamics.HopConvention;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.format.run.WindowShard;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelFile;
import io.vitrine.learning.ModelJson;
import io.vitrine.learning.Standardization;
import io.vitrine.learning.ridge.RidgeTraining;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import io.vitrine.model.Target;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.monitor.MonitorPipeline;
import io.vitrine.pipelines.monitor.QuietCalibration;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.CounterTotal;
import io.vitrine.results.rows.DeadLetterRow;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.HistogramTotal;
import io.vitrine.results.rows.HopEventRow;
import io.vitrine.results.rows.IncompleteWindowRow;
import io.vitrine.results.rows.ModelRow;
import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;
import io.vitrine.results.rows.SnapshotRow;
import io.vitrine.results.rows.TrainingCountRow;
import io.vitrine.results.rows.WindowRow;
import io.vitrine.streaming.io.FrameEvent;
import io.vitrine.streaming.io.FrameEventCoder;
import io.vitrine.streaming.io.FrameIO;
import io.vitrine.streaming.io.feed.FrameOptions;
import io.vitrine.streaming.io.feed.FrameUri;
import io.vitrine.streaming.transforms.CaptureBursts;
import io.vitrine.streaming.transforms.RetrainModel;
import io.vitrine.streaming.transforms.SimulationInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The backbone: what the dataflow leaves in store and run folder is what a plain loop over the same
 * frames computes, bit for bit, with one simulation and with four, with and without a model, from
 * the unbounded source and from a bounded one in any order. Here on the direct runner; a runner's
 * own tests run the same on it.
 */
public class StreamEqualsLoopTest {
  private static final String STUDY = "backbone";

  /** 51 windows of 410 targets: 209 of each tail wanted, 150 kept, so that capacity cuts in. */
  private static final AnalysisSpec SPEC =
      new AnalysisSpec(
          1000,
          10_000,
          2000,
          HopConvention.INCLUSIVE,
          Target.A,
          AnalysisSpec.HOP_THRESHOLD,
          FeatureSpec.standard(),
          TrainingSpec.tails(0.01, 150),
          true,
          new long[] {3000, 30_000},
          true,
          Quench.OFF);

  /** A rule for everything: both halves of softness, calibrated, a random draw, thinned tails. */
  private static final AnalysisSpec EVERY_RULE =
      new AnalysisSpec(
          1000,
          8000,
          -1000,
          HopConvention.HALF_OPEN,
          Target.A,
          AnalysisSpec.HOP_THRESHOLD,
          FeatureSpec.standard(),
          new TrainingSpec(
              TrainingSpec.Label.DISPLACEMENT,
              0.01,
              60,
              5000,
              true,
              new SoftnessRule(Double.NaN, 9, true)),
          true,
          new long[0],
          false,
          Quench.OFF);

  /** Bursts of the liquid, and space for some of them. */
  private static final BurstRule BUSY = new BurstRule(0.02, Double.NaN, 600_000);

  /** Bursts of the cages, and space for some of them. */
  private static final BurstRule LOUD = new BurstRule(Double.NaN, 1, 20_000);

  private static final List<RowKind> RELAXATION =
      List.of(RowKind.RELAXATION, RowKind.EQUILIBRIUM, RowKind.STATICS, RowKind.PAIR_CORRELATION);

  private static final TrainingSpec LOG_LABEL =
      new TrainingSpec(TrainingSpec.Label.LOG_P_HOP, 0.01, 150, 0, false, SoftnessRule.standard());

  private static final int CAGED_FRAMES = 211;

  @TempDir Path folder;

  /** The runner, with whatever it needs. */
  protected PipelineOptions options() {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(2);
    return options;
  }

  @Test
  void monitor_unboundedSourceOfOneSimulation_equalsLoop() throws Exception {
    Run run = new Run(List.of(whole()), List.of());
    run.stream(run.unbounded());
    run.assertEqualsLoop();
  }

  @Test
  void monitor_unboundedSourceOfThreeSimulationsWithModel_equalsLoop() throws Exception {
    Run run = new Run(List.of(whole(), gappy(), shortened()), List.of(model()));
    run.stream(run.unbounded());
    run.assertEqualsLoop();
  }

  @Test
  void monitor_boundedSourceOfOneSimulationWithModel_equalsLoop() throws Exception {
    Run run =
        new Run(List.of(gappy()), List.of(model(), regression(FeatureSets.STANDARD, Quench.OFF)));
    run.stream(run.bounded(1));
    run.assertEqualsLoop();
  }

  @Test
  void monitor_boundedSourceOfThreeInAnyOrderAndOnceMore_equalsLoop() throws Exception {
    Run run = new Run(List.of(whole(), gappy(), shortened()), List.of());
    run.stream(run.bounded(2));
    run.assertEqualsLoop();
    Map<RowKind, List<?>> before = run.stored();
    run.stream(run.bounded(3));
    run.assertEqualsLoop();
    assertThat(run.stored()).isEqualTo(before);
  }

  @Test
  void monitor_fourColdSimulationsWithEveryRule_equalsLoop() throws Exception {
    List<FrameUri> frames = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      frames.add(caged("cage" + k, k, k == 2 ? 120 : -1));
    }
    Run run = new Run(frames, List.of(), EVERY_RULE);
    run.stream(run.unbounded());
    run.assertEqualsLoop();
    assertThat(run.loops)
        .anySatisfy(loop -> assertThat(run.softness(loop).count(-1)).isPositive())
        .allSatisfy(loop -> assertThat(run.softness(loop).count(1)).isPositive());
    SoftnessSet all = SoftnessSet.of(EVERY_RULE, null);
    for (Loop loop : run.loops) {
      all.add(ShardFolder.at(run.shards), loop.simulation());
    }
    List<QuietCalibration.Row> rows = QuietCalibration.of(all, 0.4, Map.of());
    assertThat(rows).extracting(QuietCalibration.Row::quietThreshold).isSorted();
    assertThat(rows)
        .filteredOn(row -> row.quietThreshold() == all.quietThreshold())
        .singleElement()
        .satisfies(row -> assertThat(row.cosine()).isCloseTo(1, within(1e-12)))
        .satisfies(row -> assertThat(row.quiet()).isEqualTo(all.quiet()))
        .satisfies(row -> assertThat(row.bestBias()).containsOnlyKeys("softness"));
  }

  @Test
  void monitor_quenchedFrames_equalsLoop() throws Exception {
    Run run = new Run(List.of(shortened()), List.of(model()), SPEC.withQuench(Quench.KA));
    run.stream(run.unbounded());
    run.assertEqualsLoop();
    Run thermal = new Run(List.of(shortened()), List.of(model()));
    assertThat(run.loops.get(0).model().windowRows())
        .doesNotContainAnyElementsOf(thermal.loops.get(0).model().windowRows());
  }

  /** Frames stay as they are; the scorer finds the inherent structures. */
  @Test
  void monitor_modelOfInherentStructures_equalsLoop() throws Exception {
    Model model = regression("thermal:fine,cage,energy,average:1", Quench.KA);
    Run run = new Run(List.of(shortened()), List.of(model));
    run.stream(run.unbounded());
    run.assertEqualsLoop();
    assertThat(run.loops.get(0).model().windowRows())
        .filteredOn(WindowRow.class::isInstance)
        .allSatisfy(row -> assertThat(((WindowRow) row).score().sigma()).isPositive());
  }

  /** Windows before the first version have none, each other one the scores of its version. */
  @Test
  void monitor_retrainingWhileItRuns_eachWindowIsTheLoopWithItsVersion() throws Exception {
    FrameUri slow = FrameUri.parse(whole() + "&pace=8");
    Run run = new Run(List.of(slow), List.of());
    run.retrain =
        new RetrainModel.Schedule(
            15_000, run.shards.toString(), folder.resolve("models").toString(), 0.6, "test", "");
    run.stream(run.unbounded());
    assertEachWindowIsOfItsVersion(run, slow);
  }

  /** Also r of each window that its version was not trained on, and a last version of them all. */
  @Test
  void monitor_ridgeWhileItRuns_eachWindowIsTheLoopWithItsVersionAndTheLastOneIsOfAll()
      throws Exception {
    FrameUri slow = FrameUri.parse(caged("cages", 3, -1) + "&pace=25");
    AnalysisSpec spec = SPEC.withTraining(LOG_LABEL);
    Run run = new Run(List.of(slow), List.of(), spec);
    String sets = "radial,average:1";
    run.retrain =
        new RetrainModel.Schedule(
            25_000, run.shards.toString(), folder.resolve("models").toString(), 0.4, "test", sets);
    run.stream(run.unbounded());

    Map<String, Model> versions = assertEachWindowIsOfItsVersion(run, slow);
    List<PredictionRow> predictions = predictions(run.store);
    assertThat(predictions).isNotEmpty();
    for (PredictionRow row : predictions) {
      Model by = versions.get(row.modelVersion());
      Object until = by.origin().convention().get(Model.TRAINED_UNTIL);
      double last = ((Number) ((Map<?, ?>) until).get("cages")).doubleValue();
      assertThat(row.timeMillis()).isGreaterThanOrEqualTo(Math.round(1000 * last) + 10_000);
      assertThat(row.label()).isEqualTo("log-p_hop");
    }
    Loop batch = Loop.learning(slow, STUDY, spec, FeatureSets.parse(sets));
    RidgeTraining.Result all =
        RidgeTraining.run(batch.model().moments().parts(), RidgeTraining.standardLambdas());
    Model last = versions.values().stream().max(Comparator.comparing(this::number)).orElseThrow();
    assertThat(last.weights()).containsExactly(all.weights());
    assertThat(last.bias()).isEqualTo(-all.regression().intercept());
    assertThat(last.origin().samples()).isEqualTo(20 * 18);
  }

  private static List<PredictionRow> predictions(String store) throws Exception {
    try (ResultsReader reader = ResultsReader.open(store)) {
      return reader.rows(PredictionRow.class, RowKind.PREDICTION, STUDY);
    }
  }

  private long number(Model version) {
    return ((Number) version.origin().convention().get("live_version")).longValue();
  }

  private Map<String, Model> assertEachWindowIsOfItsVersion(Run run, FrameUri slow)
      throws Exception {
    List<WindowRow> rows;
    Map<String, Model> versions = new TreeMap<>();
    try (ResultsReader reader = ResultsReader.open(run.store)) {
      // The store has windows without a model first, and which ones have none is a matter of
      // chance.
      rows =
          reader.rows(WindowRow.class, RowKind.WINDOW, STUDY).stream()
              .sorted(Comparator.comparingLong(WindowRow::timeMillis))
              .toList();
      for (ModelRow row : reader.rows(ModelRow.class, RowKind.MODEL, STUDY)) {
        versions.put(row.version(), ModelJson.parse(row.model(), row.json()));
      }
    }
    assertThat(rows)
        .extracting(WindowRow::timeMillis)
        .containsExactlyElementsOf(
            run.loops.get(0).model().shards().stream().map(WindowShard::timeMillis).toList());
    assertThat(versions).hasSizeGreaterThanOrEqualTo(2);
    int scored = 0;
    Map<String, List<ResultRow>> loops = new TreeMap<>();
    for (WindowRow row : rows) {
      boolean none = row.model().isEmpty();
      if (!loops.containsKey(row.modelVersion())) {
        List<Model> by = none ? List.of() : List.of(versions.get(row.modelVersion()));
        loops.put(row.modelVersion(), Loop.over(slow, STUDY, run.spec, by).model().windowRows());
      }
      assertThat(loops.get(row.modelVersion())).contains(row);
      scored += none ? 0 : 1;
    }
    for (PredictionRow row : predictions(run.store)) {
      assertThat(loops.get(row.modelVersion())).contains(row);
    }
    assertThat(scored).isPositive();
    assertThat(rows.get(0).model()).isEmpty();
    assertCountersAreOfTheirWindows(run.store, rows);
    assertThat(run.assignedVersions())
        .containsExactlyElementsOf(
            rows.stream().map(row -> number(versions, row.modelVersion())).toList());
    return versions;
  }

  /** The number of a version, 0 for none. */
  private long number(Map<String, Model> versions, String version) {
    return version.isEmpty() ? 0 : number(versions.get(version));
  }

  /** Each version counts the windows it scored, each once. */
  private static void assertCountersAreOfTheirWindows(String store, List<WindowRow> rows)
      throws Exception {
    Map<String, long[]> expected = new TreeMap<>();
    for (WindowRow row : rows) {
      if (!row.model().isEmpty()) {
        long[] sums = expected.computeIfAbsent(row.modelVersion(), v -> new long[3]);
        sums[0]++;
        sums[1] += row.n();
        sums[2] += row.hops();
      }
    }
    Map<String, long[]> found = new TreeMap<>();
    Map<String, long[]> inBlocks = new TreeMap<>();
    try (ResultsReader reader = ResultsReader.open(store)) {
      for (CounterSum sum : reader.counters(STUDY)) {
        found.put(sum.modelVersion(), sums(sum.windows(), sum.bins()));
      }
      for (CounterBlock block : reader.rows(CounterBlock.class, RowKind.COUNTER_BLOCK, STUDY)) {
        inBlocks.merge(
            block.modelVersion(),
            sums(block.windows(), block.bins()),
            (a, b) -> new long[] {a[0] + b[0], a[1] + b[1], a[2] + b[2]});
      }
    }
    assertThat(found).usingRecursiveComparison().isEqualTo(expected);
    assertThat(inBlocks).usingRecursiveComparison().isEqualTo(expected);
  }

  private static long[] sums(long windows, List<CounterBin> bins) {
    return new long[] {
      windows,
      bins.stream().mapToLong(CounterBin::structures).sum(),
      bins.stream().mapToLong(CounterBin::rearranging).sum()
    };
  }

  private FrameUri caged(String id, long seed, int missing) throws IOException {
    Path file = folder.resolve(id + ".gsd");
    try (TrajectoryWriter writer = Trajectories.create(file)) {
      for (Frame frame : Cages.of(id, seed, CAGED_FRAMES, missing)) {
        writer.write(frame);
      }
    }
    return FrameUri.parse("replay:" + file + "?dt=0.005&T=0.4" + seed + "&id=" + id);
  }

  private static Path testdata(String name) {
    return Path.of(System.getProperty("vitrine.root", "."), "testdata", name).toAbsolutePath();
  }

  private static FrameUri whole() {
    return FrameUri.parse(
        "replay:" + testdata("ka512/ka512_T0.60.gsd") + "?T=0.60&dt=0.005&id=whole");
  }

  /** Frame 20 is missing, frame 40 holds a NaN, frame 12 comes again behind frame 14. */
  private FrameUri gappy() throws IOException {
    List<String> frames = dump();
    String twelfth = frames.get(12);
    frames.set(40, frames.get(40).replaceFirst("\n7 (\\d) \\S+", "\n7 $1 nan"));
    frames.remove(20);
    frames.add(15, twelfth);
    return written(frames, "gappy", 0.61);
  }

  /** Ends after 24 frames. */
  private FrameUri shortened() throws IOException {
    return written(dump().subList(0, 24), "shortened", 0.62);
  }

  private static List<String> dump() throws IOException {
    String text = Files.readString(testdata("ka512/ka512_T0.60.lammpstrj"));
    List<String> frames = new ArrayList<>();
    for (int at = 0; at >= 0; ) {
      int next = text.indexOf("ITEM: TIMESTEP", at + 1);
      frames.add(next < 0 ? text.substring(at) : text.substring(at, next));
      at = next;
    }
    assertThat(frames).hasSize(61);
    return frames;
  }

  private FrameUri written(List<String> frames, String id, double temperature) throws IOException {
    Path file = folder.resolve(id + ".lammpstrj");
    Files.writeString(file, String.join("", frames));
    return FrameUri.parse("replay:" + file + "?dt=0.005&T=" + temperature + "&id=" + id);
  }

  private static Model model() {
    Random random = new Random(7);
    int d = SPEC.features().featureCount();
    double[] means = random.doubles(d).toArray();
    double[] deviations = random.doubles(d, 0.5, 2).toArray();
    return Model.of(
        "random",
        random.doubles(d, -1, 1).toArray(),
        0.3,
        Standardization.of(means, deviations),
        SPEC.features(),
        Model.Origin.unknown());
  }

  private static Model regression(String names, Quench quench) {
    FeatureSets sets = FeatureSets.parse(names);
    Random random = new Random(8);
    int d = sets.count();
    OptionalDouble none = OptionalDouble.empty();
    Model.Origin origin =
        new Model.Origin(
            none,
            Double.NaN,
            none,
            none,
            none,
            Map.of(),
            Map.of(),
            Map.of("quench", quench.text()),
            "",
            50,
            "test",
            new Model.Regression("p_hop", "A", 1, Map.of()));
    double[] means = random.doubles(d).toArray();
    double[] deviations = random.doubles(d, 0.5, 2).toArray();
    return Model.of(
        "regression",
        random.doubles(d, -1, 1).toArray(),
        -0.1,
        Standardization.of(means, deviations),
        sets,
        origin);
  }

  /** One study: its simulations, its store, its shards, and what the loop says of it. */
  private final class Run {
    private final Map<String, FrameUri> uris = new LinkedHashMap<>();
    private final List<Loop> loops = new ArrayList<>();
    private final List<ModelFile> models = new ArrayList<>();
    private final String store = "jdbc:sqlite:" + folder.resolve("results.sqlite");
    private final Path shards = folder.resolve("shards");
    private final AnalysisSpec spec;
    private RetrainModel.Schedule retrain;
    private final List<Model> scorers;
    private final BurstRule bursts;

    Run(List<FrameUri> frames, List<Model> models) throws Exception {
      this(frames, models, SPEC);
    }

    Run(List<FrameUri> frames, List<Model> models, AnalysisSpec spec) throws Exception {
      this.spec = spec;
      this.scorers = models;
      this.bursts = spec.equals(EVERY_RULE) ? LOUD : BUSY;
      for (FrameUri uri : frames) {
        uris.put(uri.id(), uri);
        loops.add(Loop.over(uri, STUDY, spec, models, bursts));
      }
      for (Model model : models) {
        this.models.add(ModelFile.of(model));
      }
    }

    /** What the run folder says of the only simulation's windows, in order of time. */
    List<Long> assignedVersions() throws IOException {
      Path windows = folder.resolve("models").resolve("windows").resolve(loops.get(0).simulation());
      IntBuffer slots = ByteBuffer.wrap(Files.readAllBytes(windows)).asIntBuffer();
      List<Long> numbers = new ArrayList<>();
      while (slots.hasRemaining()) {
        numbers.add(slots.get() - 1L);
      }
      return numbers;
    }

    PTransform<PBegin, PCollection<FrameEvent>> unbounded() {
      return FrameIO.read(List.copyOf(uris.keySet()));
    }

    /** What the unbounded source says, all at once, in an order that the seed decides. */
    PTransform<PBegin, PCollection<FrameEvent>> bounded(long seed) {
      List<TimestampedValue<FrameEvent>> events = new ArrayList<>();
      for (Loop loop : loops) {
        for (FrameEvent event : loop.events()) {
          events.add(TimestampedValue.of(event, Instant.ofEpochMilli(event.millis())));
        }
      }
      Collections.shuffle(events, new Random(seed));
      return Create.timestamped(events).withCoder(new FrameEventCoder());
    }

    void stream(PTransform<PBegin, PCollection<FrameEvent>> source) {
      PipelineOptions options = options();
      FrameOptions frames = options.as(FrameOptions.class);
      frames.setIdleMillis(5);
      frames.setWindowFrames(spec.window().frames());
      Map<String, String> texts = new LinkedHashMap<>();
      uris.forEach((id, uri) -> texts.put(id, uri.toString()));
      frames.setFrames(texts);
      Pipeline pipeline = Pipeline.create(options);
      CaptureBursts.Target capture = new CaptureBursts.Target(bursts, captured().toString());
      new MonitorPipeline(
              source, STUDY, infos(), spec, models, store, retrain, capture, true, shards)
          .accept(pipeline);
      PipelineResult result = pipeline.run();
      result.waitUntilFinish();
      assertNothingLost(result);
    }

    private Path captured() {
      return folder.resolve("capture");
    }

    private void assertNothingLost(PipelineResult result) {
      MetricsFilter ours =
          MetricsFilter.builder().addNameFilter(MetricNameFilter.inNamespace("vitrine")).build();
      long windows = 0;
      for (MetricResult<Long> counter : result.metrics().queryMetrics(ours).getCounters()) {
        if (counter.getName().getName().equals("windows")) {
          windows += counter.getAttempted();
        }
      }
      assertThat(windows)
          .as("complete windows, none lost as late")
          .isEqualTo(loops.stream().mapToLong(l -> l.model().shards().size()).sum());
    }

    private Map<String, SimulationInfo> infos() {
      Map<String, SimulationInfo> infos = new LinkedHashMap<>();
      uris.forEach(
          (id, uri) ->
              infos.put(
                  id,
                  new SimulationInfo(
                      STUDY,
                      id,
                      uri.identity(),
                      uri.toString(),
                      spec.convention().label(),
                      uri.temperature(),
                      512,
                      410,
                      spec.intervalMillis(),
                      spec.windowMillis(),
                      Double.NaN,
                      -1)));
      return infos;
    }

    Map<RowKind, List<?>> stored() throws Exception {
      Map<RowKind, List<?>> rows = new TreeMap<>();
      try (ResultsReader reader = ResultsReader.open(store)) {
        rows.put(RowKind.WINDOW, reader.rows(WindowRow.class, RowKind.WINDOW, STUDY));
        rows.put(
            RowKind.INCOMPLETE_WINDOW,
            reader.rows(IncompleteWindowRow.class, RowKind.INCOMPLETE_WINDOW, STUDY));
        rows.put(RowKind.FRAME, reader.rows(FrameRow.class, RowKind.FRAME, STUDY));
        rows.put(RowKind.DEAD_LETTER, reader.rows(DeadLetterRow.class, RowKind.DEAD_LETTER, STUDY));
        rows.put(RowKind.SNAPSHOT, reader.rows(SnapshotRow.class, RowKind.SNAPSHOT, STUDY));
        rows.put(RowKind.SIMULATION, reader.rows(SimulationRow.class, RowKind.SIMULATION, STUDY));
        rows.put(
            RowKind.COUNTER_BLOCK, reader.rows(CounterBlock.class, RowKind.COUNTER_BLOCK, STUDY));
        for (RowKind kind : RELAXATION) {
          rows.put(kind, reader.rows(ResultRow.class, kind, STUDY));
        }
        rows.put(RowKind.PREDICTION, reader.rows(PredictionRow.class, RowKind.PREDICTION, STUDY));
        rows.put(RowKind.HOP_EVENT, reader.rows(HopEventRow.class, RowKind.HOP_EVENT, STUDY));
        rows.put(RowKind.COUNTER_TOTAL, reader.counters(STUDY));
        rows.put(RowKind.HISTOGRAM_TOTAL, reader.histograms(STUDY));
      }
      return rows;
    }

    void assertEqualsLoop() throws Exception {
      Map<RowKind, List<?>> stored = stored();
      List<ResultRow> windows = new ArrayList<>();
      List<ResultRow> snapshots = new ArrayList<>();
      List<ResultRow> predictions = new ArrayList<>();
      List<ResultRow> hops = new ArrayList<>();
      List<ResultRow> incomplete = new ArrayList<>();
      List<ResultRow> blocks = new ArrayList<>();
      List<ResultRow> histograms = new ArrayList<>();
      List<CounterSum> counters = new ArrayList<>();
      for (Loop loop : loops) {
        List<ResultRow> seen = new ArrayList<>();
        for (ResultRow row : loop.model().windowRows()) {
          (row instanceof SnapshotRow ? seen : row instanceof WindowRow ? windows : predictions)
              .add(row);
        }
        snapshots.addAll(seen.subList(Math.max(0, seen.size() - SnapshotRow.KEPT), seen.size()));
        hops.addAll(loop.model().hopEventRows());
        incomplete.addAll(loop.incomplete(STUDY, spec));
        for (ResultRow row : loop.model().totalRows()) {
          if (row instanceof CounterTotal t) {
            // Each simulation has a temperature of its own, so that sums are of one simulation.
            counters.add(
                new CounterSum(
                    t.model(), t.modelVersion(), t.temperature(), t.windows(), t.bins()));
          } else if (row instanceof HistogramTotal) {
            histograms.add(row);
          } else {
            blocks.add(row);
          }
        }
        assertShards(loop);
        assertTrainingCounts(loop);
        loop.capture(spec, scorers, bursts, folder.resolve("loop-capture"));
      }
      assertCaptured(folder.resolve("loop-capture"));
      assertRelaxation(stored);
      assertThat(windows).isNotEmpty();
      assertSame(stored.get(RowKind.WINDOW), windows);
      assertThat(predictions).hasSize(scorers.isEmpty() ? 0 : windows.size());
      assertSame(stored.get(RowKind.PREDICTION), predictions);
      assertThat(snapshots).isNotEmpty();
      assertSame(stored.get(RowKind.SNAPSHOT), snapshots);
      assertThat(hops).isNotEmpty();
      assertSame(stored.get(RowKind.HOP_EVENT), hops);
      assertSame(stored.get(RowKind.INCOMPLETE_WINDOW), incomplete);
      assertSame(stored.get(RowKind.COUNTER_TOTAL), counters);
      assertSame(stored.get(RowKind.COUNTER_BLOCK), blocks);
      assertSame(stored.get(RowKind.HISTOGRAM_TOTAL), histograms);
      assertThat(stored.get(RowKind.FRAME)).hasSize(count(FrameEvent.Kind.FRAME));
      assertThat(stored.get(RowKind.DEAD_LETTER)).hasSize(count(FrameEvent.Kind.DEAD_LETTER));
      assertThat(stored.get(RowKind.SIMULATION))
          .hasSize(loops.size())
          .allSatisfy(s -> assertThat(((SimulationRow) s).state()).isEqualTo(RunState.FINISHED));
    }

    /** What the loop said last of each key. */
    private void assertRelaxation(Map<RowKind, List<?>> stored) {
      Map<List<Object>, ResultRow> last = new LinkedHashMap<>();
      for (Loop loop : loops) {
        for (ResultRow row : loop.model().relaxationRows()) {
          List<Object> key = new ArrayList<>(List.of(row.kind()));
          key.addAll(Arrays.asList(row.cells()).subList(0, row.kind().keyColumns().size()));
          last.put(key, row);
        }
      }
      for (RowKind kind : RELAXATION) {
        List<ResultRow> expected = last.values().stream().filter(r -> r.kind() == kind).toList();
        assertThat(expected).isNotEmpty();
        assertSame(stored.get(kind), expected);
      }
    }

    /** The same files with the same bytes. */
    private void assertCaptured(Path expected) throws IOException {
      List<Path> files = BurstFolder.files(expected);
      assertThat(files).isNotEmpty();
      assertThat(BurstFolder.files(captured()))
          .containsExactlyElementsOf(
              files.stream().map(f -> captured().resolve(expected.relativize(f))).toList());
      for (Path file : files) {
        assertThat(captured().resolve(expected.relativize(file))).hasSameBinaryContentAs(file);
      }
    }

    private int count(FrameEvent.Kind kind) {
      return (int) loops.stream().mapToLong(l -> l.count(kind)).sum();
    }

    private void assertSame(List<?> found, List<?> expected) {
      assertThat(new ArrayList<Object>(found)).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Tails are reported at every tenth window, the softness rule at the end too. */
    private void assertTrainingCounts(Loop loop) throws Exception {
      long windows = loop.model().shards().size() / 10 * 10L;
      long targets = loop.model().shards().get(0).targets();
      try (ResultsReader reader = ResultsReader.open(store)) {
        List<TrainingCountRow> rows =
            reader.rows(TrainingCountRow.class, RowKind.TRAINING_COUNT, STUDY).stream()
                .filter(row -> row.simulation().equals(loop.simulation()))
                .toList();
        assertThat(rows)
            .filteredOn(row -> List.of("low", "high").contains(row.rule()))
            .hasSize(2)
            .allSatisfy(row -> assertThat(row.windows()).isEqualTo(windows))
            .allSatisfy(row -> assertThat(row.candidates()).isEqualTo(targets * windows));
        assertThat(rows).hasSize(4).containsAll(loop.model().softnessCounts());
      }
    }

    /** The softness set of one simulation, out of what the stream left. */
    TrainingSet softness(Loop loop) throws IOException {
      return SoftnessSet.of(spec, null)
          .add(ShardFolder.at(shards), loop.simulation())
          .build(loop.temperature());
    }

    private void assertShards(Loop loop) throws IOException {
      List<WindowShard> written;
      try (Stream<WindowShard> all = ShardFolder.at(shards).read(loop.simulation())) {
        written = all.toList();
      }
      List<WindowShard> expected = loop.model().shards();
      assertThat(written).hasSameSizeAs(expected);
      for (int w = 0; w < expected.size(); w++) {
        // Which targets are chosen depends on the order of the windows; what comes of it does not.
        assertThat(withoutChosen(written.get(w))).isEqualTo(withoutChosen(expected.get(w)));
      }
      FluiditySet tails =
          FluiditySet.of(spec).add(ShardFolder.at(shards), loop.simulation(), expected.size());
      FluiditySet looped = loop.fluidity(spec, folder.resolve("loop"));
      assertThat(tails.build(loop.temperature())).isEqualTo(looped.build(loop.temperature()));
      assertThat(tails.buildRandom(loop.temperature()))
          .isEqualTo(looped.buildRandom(loop.temperature()));
      assertThat(tails.random()).isEqualTo(spec.training().random() ? tails.low() : 0);
      assertThat(softness(loop)).isEqualTo(loop.softness(spec, folder.resolve("loop")));
    }

    private byte[] withoutChosen(WindowShard s) {
      return new WindowShard(
              s.simulation(),
              s.timeMillis(),
              s.structureMillis(),
              s.targets(),
              s.particles(),
              s.types(),
              s.pHop(),
              s.models(),
              s.scores(),
              new int[0],
              new byte[0],
              new double[0],
              new float[0],
              s.features(),
              s.bulk(),
              s.frame())
          .toBytes();
    }
  }
}
