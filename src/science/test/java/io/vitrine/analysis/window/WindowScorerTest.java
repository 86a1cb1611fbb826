package io.vitrine.analysis.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.TestData;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.run.WindowShard;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.learning.BulkMoments;
import io.vitrine.learning.ModelJson;
import io.vitrine.model.FeatureMoments;
import io.vitrine.model.Frame;
import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.WindowRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each window of a run of testdata/windows, against what numpy and scipy make of the same file. */
final class WindowScorerTest {
  private static final double TOLERANCE = 1e-9;

  /** Scores come from a table; of a mean, a deviation, r. */
  private static final double SCORE_TOLERANCE = 1e-4;

  private static final double FEATURE_TOLERANCE = 1e-5;
  private static final AnalysisSpec SPEC = AnalysisSpec.standard();

  private static JsonNode golden;
  private static List<WindowScorer.Scored> scored;

  @BeforeAll
  static void score() throws IOException {
    golden = new ObjectMapper().readTree(TestData.file("windows/windows.json").toFile());
    List<Frame> frames = new ArrayList<>();
    ReaderOptions options = ReaderOptions.finished("slab", 1);
    try (TrajectoryReader reader =
        Trajectories.open(TestData.file("systems/slab.extxyz"), options, ReadPosition.START)) {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        frames.add(frame);
      }
    }
    WindowScorer scorer =
        WindowScorer.of(
            "study",
            SPEC,
            ModelScores.of(
                List.of(ModelJson.read(TestData.file("systems/slab.model.json"))),
                Quench.OFF,
                (quench, of) -> null));
    WindowMeasure measure = WindowMeasure.of(SPEC);
    scored = new ArrayList<>();
    for (int w = 0; w + measure.frames() <= frames.size(); w++) {
      HopFrame hops = measure.measure(frames.subList(w, w + measure.frames()), w);
      int[] low = rows("low", w).mapToInt(WindowScorerTest::index).toArray();
      int[] high = rows("high", w).mapToInt(WindowScorerTest::index).toArray();
      scored.add(scorer.score(new ChosenFrame(hops, low, high, new int[0])));
    }
    assertThat(scored).hasSize(14).hasSameSizeAs(golden.path("windows"));
  }

  @Test
  void score_everyWindow_rowsHaveNumpysMoments() {
    for (int w = 0; w < scored.size(); w++) {
      JsonNode expected = golden.path("windows").get(w);
      WindowRow row = (WindowRow) scored.get(w).rows().get(0);
      assertThat(row.timeMillis()).isEqualTo(1000 * expected.path("time").asLong());
      assertThat(row.n()).isEqualTo(expected.path("n").asLong());
      assertThat(row.hops()).isEqualTo(expected.path("hops").asLong());
      WindowRow.HopMoments p = row.pHop();
      assertThat(new double[] {p.mean(), p.variance(), p.min(), p.max()})
          .containsExactly(numbers(expected.path("p_hop")), within(TOLERANCE));
      WindowRow.ScoreMoments s = row.score();
      assertThat(new double[] {s.mean(), s.sigma(), s.skewness(), s.kurtosis()})
          .containsExactly(numbers(expected.path("score")), within(SCORE_TOLERANCE));
      assertThat(row.msd().stream().mapToDouble(d -> d).toArray())
          .containsExactly(numbers(expected.path("msd")), within(TOLERANCE));
    }
  }

  @Test
  void score_everyWindow_predictionHasNumpysCorrelation() {
    for (int w = 0; w < scored.size(); w++) {
      PredictionRow row = (PredictionRow) scored.get(w).rows().get(1);
      assertThat(row.label()).isEqualTo("p_hop");
      assertThat(row.n()).isEqualTo(48);
      assertThat(row.r())
          .isCloseTo(golden.path("windows").get(w).path("r").asDouble(), within(SCORE_TOLERANCE));
    }
  }

  /** Only where no score is so near the edge of a bin that the table may move it across. */
  @Test
  void score_windowsClearOfEdges_countersAreNumpys() {
    int compared = 0;
    for (int w = 0; w < scored.size(); w++) {
      JsonNode expected = golden.path("windows").get(w);
      if (expected.path("edge").asDouble() > SCORE_TOLERANCE) {
        List<Integer> triples = new ArrayList<>();
        expected.path("bins").forEach(bin -> bin.forEach(n -> triples.add(n.asInt())));
        assertThat(scored.get(w).counts().counters().values())
            .singleElement()
            .isEqualTo(triples.stream().mapToInt(n -> n).toArray());
        compared++;
      }
    }
    assertThat(compared).isEqualTo(7);
  }

  @Test
  void score_everyWindow_histogramsAreNumpys() {
    for (int w = 0; w < scored.size(); w++) {
      JsonNode expected = golden.path("windows").get(w).path("histograms");
      assertThat(scored.get(w).counts().histograms()).hasSize(expected.size());
      scored
          .get(w)
          .counts()
          .histograms()
          .forEach(
              (kind, bins) -> assertThat(bins).as(kind).isEqualTo(integers(expected.path(kind))));
    }
  }

  @Test
  void score_windowsOfTails_shardHasNumpysFeatures() {
    int compared = 0;
    for (int w = 0; w < scored.size(); w++) {
      WindowShard shard = scored.get(w).shard();
      List<JsonNode> expected = Stream.concat(rows("low", w), rows("high", w)).toList();
      assertThat(shard.chosen())
          .isEqualTo(expected.stream().mapToInt(s -> s.path("row").asInt() + 1).toArray());
      for (int c = 0; c < expected.size(); c++) {
        double[] features = numbers(expected.get(c).path("features"));
        double pHop = expected.get(c).path("p_hop").asDouble();
        assertThat(shard.chosenPHop()[c]).isCloseTo(pHop, within(TOLERANCE));
        for (int k = 0; k < features.length; k++) {
          assertThat((double) shard.chosenFeatures()[c * features.length + k])
              .isCloseTo(features[k], within(FEATURE_TOLERANCE * Math.max(1, features[k])));
        }
        compared++;
      }
    }
    assertThat(compared).isEqualTo(24);
  }

  @Test
  void score_everyTenthFrame_shardHasNumpysMomentsOfTheBulk() {
    JsonNode expected = golden.path("bulk");
    int found = 0;
    for (WindowScorer.Scored window : scored) {
      if (window.shard().bulk() != null) {
        assertThat(window.shard().structureMillis()).isEqualTo(10_000);
        FeatureMoments bulk = BulkMoments.decode(window.shard().bulk()).result();
        int d = bulk.featureCount();
        assertThat(bulk.count()).isEqualTo(expected.path("n").asLong());
        assertThat(bulk.mean())
            .containsExactly(numbers(expected.path("mean")), within(FEATURE_TOLERANCE));
        double[] variance = numbers(expected.path("variance"));
        double[] with = numbers(expected.path("with_20"));
        for (int k = 0; k < d; k++) {
          assertThat(bulk.covariance()[k * d + k])
              .isCloseTo(variance[k], within(FEATURE_TOLERANCE));
          assertThat(bulk.covariance()[20 * d + k]).isCloseTo(with[k], within(FEATURE_TOLERANCE));
        }
        found++;
      }
    }
    assertThat(found).isEqualTo(1);
  }

  /** The samples of a tail that are of a window, in order of their rows in the file. */
  private static Stream<JsonNode> rows(String tail, int window) {
    return StreamSupport.stream(golden.path(tail).spliterator(), false)
        .filter(sample -> sample.path("time").asInt() == window + 5)
        .sorted(Comparator.comparing(sample -> sample.path("row").asInt()));
  }

  /** The place of a sample among the targets. */
  private static int index(JsonNode sample) {
    return Arrays.binarySearch(integers(golden.path("targets")), sample.path("row").asInt());
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = array.get(k).asDouble();
    }
    return numbers;
  }

  private static int[] integers(JsonNode array) {
    int[] numbers = new int[array.size()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = array.get(k).asInt();
    }
    return numbers;
  }
}
