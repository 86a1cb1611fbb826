package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.dynamics.HopConvention;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.format.run.WindowShard;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelFile;
import io.vitrine.learning.ModelJson;
import io.vitrine.model.FeatureMoments;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Target;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.monitor.Finishing;
import io.vitrine.pipelines.run.Exports;
import io.vitrine.pipelines.run.RunFolder;
import io.vitrine.pipelines.study.StudySpec;
import io.vitrine.results.ResultsStore;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;
import io.vitrine.streaming.io.feed.FrameUri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a run of testdata/windows, against what numpy makes of its trajectory. */
final class FinishingTest {
  private static final int KEPT = 12;
  private static final double SCORE_TOLERANCE = 1e-4;
  private static final double FEATURE_TOLERANCE = 1e-5;
  private static final AnalysisSpec SPEC =
      new AnalysisSpec(
          1000,
          10_000,
          2000,
          HopConvention.INCLUSIVE,
          Target.A,
          AnalysisSpec.HOP_THRESHOLD,
          FeatureSpec.standard(),
          TrainingSpec.tails(0.1, KEPT),
          true,
          new long[0],
          false,
          Quench.OFF);

  @TempDir private Path folder;

  @Test
  void make_windowsOfARun_filesHoldNumpysTailsBulkAndScores() throws Exception {
    Path data = Path.of(System.getProperty("vitrine.root", "."), "testdata").toAbsolutePath();
    JsonNode golden = new ObjectMapper().readTree(data.resolve("windows/windows.json").toFile());
    FrameUri uri = FrameUri.parse("replay:" + data.resolve("systems/slab.extxyz") + "?T=0.5&id=a");
    Model model = ModelJson.read(data.resolve("systems/slab.model.json"));
    Loop loop = Loop.over(uri, "s", SPEC, List.of(model));
    Path hops = folder.resolve("hops.h5");
    Finishing.Made made;
    try (RunFolder run = RunFolder.open(folder.resolve("run"))) {
      for (WindowShard shard : loop.model().shards()) {
        ShardFolder.at(run.shards()).write(shard);
      }
      StudySpec study =
          new StudySpec(
              "s",
              Map.of("a", uri),
              new TreeMap<>(Map.of(model.name(), ModelFile.of(model))),
              SPEC,
              0,
              null,
              null,
              true);
      Exports exports = new Exports(hops, null, null, 1 << 20);
      Finishing finishing = new Finishing(study, run, store(loop), exports);
      made = finishing.make();
      byte[] set = Files.readAllBytes(made.trainingSet());
      // Made once more it is the same.
      assertThat(finishing.make().files()).isEqualTo(made.files());
      assertThat(Files.readAllBytes(made.trainingSet())).isEqualTo(set);
    }

    assertThat(made.low()).isEqualTo(KEPT);
    assertThat(made.high()).isEqualTo(KEPT);
    TrainingSet set = TrainingSetFile.read(made.trainingSet());
    assertTail(set, -1, golden.path("low"));
    assertTail(set, 1, golden.path("high"));
    assertBulk(set.bulk().orElseThrow(), golden.path("bulk"));
    assertExport(hops, model.name(), golden);
  }

  private String store(Loop loop) throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("store.sqlite");
    List<ResultRow> rows = new ArrayList<>(loop.model().windowRows());
    rows.add(
        new SimulationRow(
            "s",
            "a",
            "a",
            "file",
            "inclusive",
            0.5,
            60,
            48,
            1000,
            10_000,
            Double.NaN,
            -1,
            RunState.FINISHED,
            ""));
    try (ResultsStore store = ResultsStore.open(url)) {
      store.apply(rows);
    }
    return url;
  }

  private static void assertTail(TrainingSet set, int label, JsonNode expected) {
    int d = set.spec().featureCount();
    int found = 0;
    for (JsonNode sample : expected) {
      for (int i = 0; i < set.count(); i++) {
        if (set.labels()[i] == label
            && set.particles()[i] == sample.path("row").asInt() + 1
            && set.times()[i] == sample.path("time").asInt()) {
          assertThat(set.structureTimes()[i]).isEqualTo(set.times()[i] - 2);
          assertThat(set.hops()[i]).isCloseTo(sample.path("p_hop").asDouble(), within(1e-9));
          for (int k = 0; k < d; k++) {
            double feature = sample.path("features").get(k).asDouble();
            assertThat((double) set.features()[i * d + k])
                .isCloseTo(feature, within(FEATURE_TOLERANCE * Math.max(1, feature)));
          }
          found++;
        }
      }
    }
    assertThat(found).isEqualTo(KEPT).isEqualTo(set.count(label));
  }

  private static void assertBulk(FeatureMoments bulk, JsonNode expected) {
    int d = bulk.featureCount();
    assertThat(bulk.count()).isEqualTo(expected.path("n").asLong());
    for (int k = 0; k < d; k++) {
      assertThat(bulk.mean()[k])
          .isCloseTo(expected.path("mean").get(k).asDouble(), within(FEATURE_TOLERANCE));
      assertThat(bulk.covariance()[k * d + k])
          .isCloseTo(expected.path("variance").get(k).asDouble(), within(FEATURE_TOLERANCE));
    }
  }

  /** Of frames 5 to 18 p_hop, and in the same row the score of the frame two before. */
  private static void assertExport(Path hops, String model, JsonNode golden) {
    try (HdfFile file = new HdfFile(hops)) {
      double[] times = (double[]) file.getDatasetByPath("time").getData();
      double[][] pHop = (double[][]) file.getDatasetByPath("p_hop").getData();
      double[][] scores = (double[][]) file.getDatasetByPath("score/" + model).getData();
      assertThat(times).hasSize(14);
      for (int w = 0; w < times.length; w++) {
        assertThat(times[w]).isEqualTo(w + 5);
        for (int i = 0; i < golden.path("targets").size(); i++) {
          assertThat(pHop[w][i])
              .isCloseTo(golden.path("p_hop").get(w).get(i).asDouble(), within(1e-9));
          assertThat(scores[w][i])
              .isCloseTo(
                  golden.path("scores").get(w + 3).get(i).asDouble(), within(SCORE_TOLERANCE));
        }
      }
    }
  }
}
