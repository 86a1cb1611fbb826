package io.vitrine.pipelines;

import static io.vitrine.pipelines.LoopComparison.assertEqualsLoop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.analysis.bursts.BurstRule;
import io.vitrine.analysis.sets.SoftnessSet;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.analysis.spec.SoftnessRule;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.dynamics.HopConvention;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.learning.Model;
import io.vitrine.learning.ridge.RidgeTraining;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Target;
import io.vitrine.pipelines.monitor.QuietCalibration;
import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.WindowRow;
import io.vitrine.streaming.io.feed.FrameUri;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The backbone: what the dataflow leaves in store and run folder is what a plain loop over the same
 * frames computes, bit for bit, with one simulation and with four, with and without a model, from
 * the unbounded source and from a bounded one in any order. Here on the direct runner; a runner's
 * own tests run the same on it.
 */
public class StreamEqualsLoopTest {
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

  private static final TrainingSpec LOG_LABEL =
      new TrainingSpec(TrainingSpec.Label.LOG_P_HOP, 0.01, 150, 0, false, SoftnessRule.standard());

  @TempDir private Path folder;

  private LoopInputs inputs;

  @BeforeEach
  void setUp() {
    inputs = new LoopInputs(folder);
  }

  /** The runner, with whatever it needs. */
  protected PipelineOptions options() {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(2);
    return options;
  }

  private StreamRun run(List<FrameUri> frames, List<Model> models) throws Exception {
    return run(frames, models, SPEC, BUSY);
  }

  private StreamRun run(
      List<FrameUri> frames, List<Model> models, AnalysisSpec spec, BurstRule bursts)
      throws Exception {
    return new StreamRun(folder, options(), frames, models, spec, bursts);
  }

  @Test
  void monitor_unboundedSourceOfOneSimulation_equalsLoop() throws Exception {
    StreamRun run = run(List.of(LoopInputs.whole()), List.of());
    run.stream(run.unbounded());
    assertEqualsLoop(run);
  }

  @Test
  void monitor_unboundedSourceOfThreeSimulationsWithModel_equalsLoop() throws Exception {
    StreamRun run =
        run(
            List.of(LoopInputs.whole(), inputs.gappy(), inputs.shortened()),
            List.of(LoopModels.classifier()));
    run.stream(run.unbounded());
    assertEqualsLoop(run);
  }

  /** 512 particles in six blocks, the last one smaller, and in one. */
  @Test
  void monitor_framesCutIntoBlocks_equalsLoop() throws Exception {
    StreamRun run =
        run(
            List.of(LoopInputs.whole(), inputs.gappy()),
            List.of(LoopModels.classifier()),
            SPEC.withBlockParticles(100),
            BUSY);
    run.stream(run.unbounded());
    assertEqualsLoop(run);
  }

  @Test
  void monitor_boundedSourceOfOneSimulationWithModel_equalsLoop() throws Exception {
    StreamRun run =
        run(
            List.of(inputs.gappy()),
            List.of(
                LoopModels.classifier(), LoopModels.regression(FeatureSets.STANDARD, Quench.OFF)));
    run.stream(run.bounded(1));
    assertEqualsLoop(run);
  }

  @Test
  void monitor_boundedSourceOfThreeInAnyOrderAndOnceMore_equalsLoop() throws Exception {
    StreamRun run = run(List.of(LoopInputs.whole(), inputs.gappy(), inputs.shortened()), List.of());
    run.stream(run.bounded(2));
    assertEqualsLoop(run);
    Map<RowKind, List<?>> before = run.stored();
    run.stream(run.bounded(3));
    assertEqualsLoop(run);
    assertThat(run.stored()).isEqualTo(before);
  }

  @Test
  void monitor_fourColdSimulationsWithEveryRule_equalsLoop() throws Exception {
    List<FrameUri> frames = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      frames.add(inputs.caged("cage" + k, k, k == 2 ? 120 : -1));
    }
    StreamRun run = run(frames, List.of(), EVERY_RULE, LOUD);
    run.stream(run.unbounded());
    assertEqualsLoop(run);
    assertThat(run.loops())
        .anySatisfy(loop -> assertThat(run.softness(loop).count(-1)).isPositive())
        .allSatisfy(loop -> assertThat(run.softness(loop).count(1)).isPositive());
    SoftnessSet all = SoftnessSet.of(EVERY_RULE, null);
    for (Loop loop : run.loops()) {
      all.add(ShardFolder.at(run.shards()), loop.simulation());
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
    StreamRun run =
        run(
            List.of(inputs.shortened()),
            List.of(LoopModels.classifier()),
            SPEC.withQuench(Quench.KA),
            BUSY);
    run.stream(run.unbounded());
    assertEqualsLoop(run);
    StreamRun thermal = run(List.of(inputs.shortened()), List.of(LoopModels.classifier()));
    assertThat(run.loops().get(0).model().windowRows())
        .doesNotContainAnyElementsOf(thermal.loops().get(0).model().windowRows());
  }

  /** Frames stay as they are; the scorer finds the inherent structures. */
  @Test
  void monitor_modelOfInherentStructures_equalsLoop() throws Exception {
    Model model = LoopModels.regression("thermal:fine,cage,energy,average:1", Quench.KA);
    StreamRun run = run(List.of(inputs.shortened()), List.of(model));
    run.stream(run.unbounded());
    assertEqualsLoop(run);
    assertThat(run.loops().get(0).model().windowRows())
        .filteredOn(WindowRow.class::isInstance)
        .allSatisfy(row -> assertThat(((WindowRow) row).score().sigma()).isPositive());
  }

  /** Windows before the first version have none, each other one the scores of its version. */
  @Test
  void monitor_retrainingWhileItRuns_eachWindowIsTheLoopWithItsVersion() throws Exception {
    FrameUri slow = FrameUri.parse(LoopInputs.whole() + "&pace=8");
    StreamRun run = run(List.of(slow), List.of());
    run.retrain(15_000, 0.6, "");
    run.stream(run.unbounded());
    VersionedWindows.assertEachWindowIsOfItsVersion(run, slow);
  }

  /** Also r of each window that its version was not trained on, and a last version of them all. */
  @Test
  void monitor_ridgeWhileItRuns_eachWindowIsTheLoopWithItsVersionAndTheLastOneIsOfAll()
      throws Exception {
    FrameUri slow = FrameUri.parse(inputs.caged("cages", 3, -1) + "&pace=25");
    AnalysisSpec spec = SPEC.withTraining(LOG_LABEL);
    StreamRun run = run(List.of(slow), List.of(), spec, BUSY);
    String sets = "radial,average:1";
    run.retrain(25_000, 0.4, sets);
    run.stream(run.unbounded());

    Map<String, Model> versions = VersionedWindows.assertEachWindowIsOfItsVersion(run, slow);
    List<PredictionRow> predictions = VersionedWindows.predictions(run.store());
    assertThat(predictions).isNotEmpty();
    for (PredictionRow row : predictions) {
      Model by = versions.get(row.modelVersion());
      Object until = by.origin().convention().get(Model.TRAINED_UNTIL);
      double last = ((Number) ((Map<?, ?>) until).get("cages")).doubleValue();
      assertThat(row.timeMillis()).isGreaterThanOrEqualTo(Math.round(1000 * last) + 10_000);
      assertThat(row.label()).isEqualTo("log-p_hop");
    }
    Loop batch = Loop.learning(slow, StreamRun.STUDY, spec, FeatureSets.parse(sets));
    RidgeTraining.Result all =
        RidgeTraining.run(batch.model().moments().parts(), RidgeTraining.standardLambdas());
    Model last =
        versions.values().stream()
            .max(Comparator.comparing(VersionedWindows::number))
            .orElseThrow();
    assertThat(last.weights()).containsExactly(all.weights());
    assertThat(last.bias()).isEqualTo(-all.regression().intercept());
    assertThat(last.origin().samples()).isEqualTo(20 * 18);
  }
}
