package io.vitrine.streaming.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.ChosenFrame;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.WindowScorer;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelFile;
import io.vitrine.learning.ModelJson;
import io.vitrine.learning.Standardization;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.streaming.Windows;
import io.vitrine.streaming.coders.Coders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Which version of the live model scores a window is decided once. */
public class ScoreFluidityTest {
  private static final AnalysisSpec SPEC = AnalysisSpec.standard();

  @Rule public final TestPipeline pipeline = TestPipeline.create();
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final List<HopFrame> windows = Windows.of(SPEC, "a", 1, 14, Set.of());

  @Test
  public void score_fixedModel_givesTheRowsOfTheScorer() {
    PCollectionTuple scored =
        frames().apply(ScoreFluidity.of("study", SPEC, List.of(ModelFile.of(model("m", 1)))));
    PAssert.that(scored.get(ScoreFluidity.ROWS))
        .containsInAnyOrder(rows(model("m", 1), 0, windows.size()));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void score_newestVersion_scoresAndIsTheDecision() throws IOException {
    RetrainSchedule schedule = schedule();
    PCollectionTuple scored = live(schedule, 2);
    PAssert.that(scored.get(ScoreFluidity.ROWS))
        .containsInAnyOrder(rows(published(schedule, 2), 0, windows.size()));
    pipeline.run().waitUntilFinish();
    for (HopFrame window : windows) {
      assertThat(schedule.folder().assign("a", window.number(), 7)).isEqualTo(2);
    }
  }

  /** As after a kill: two windows were scored without a model, one by the first version. */
  @Test
  public void score_windowsThatWereGivenAVersion_keepIt() throws IOException {
    RetrainSchedule schedule = schedule();
    schedule.folder().assign("a", 0, 0);
    schedule.folder().assign("a", 1, 0);
    schedule.folder().assign("a", 2, 1);
    PCollectionTuple scored = live(schedule, 2);
    List<ResultRow> expected = new ArrayList<>(rows(null, 0, 2));
    expected.addAll(rows(published(schedule, 1), 2, 3));
    expected.addAll(rows(published(schedule, 2), 3, windows.size()));
    PAssert.that(scored.get(ScoreFluidity.ROWS)).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  /** The newest version is not known yet again: what a window was given is read from its file. */
  @Test
  public void score_versionNotYetPublishedAgain_isReadFromTheFolder() throws IOException {
    RetrainSchedule schedule = schedule();
    for (HopFrame window : windows) {
      schedule.folder().assign("a", window.number(), 1);
    }
    PCollectionTuple scored = live(schedule, 0);
    PAssert.that(scored.get(ScoreFluidity.ROWS))
        .containsInAnyOrder(rows(published(schedule, 1), 0, windows.size()));
    pipeline.run().waitUntilFinish();
  }

  private PCollection<ChosenFrame> frames() {
    TestStream.Builder<ChosenFrame> stream = TestStream.create(Coders.chosenFrames());
    for (HopFrame window : windows) {
      stream = stream.addElements(chosen(window));
    }
    return pipeline.apply("Windows", stream.advanceWatermarkToInfinity());
  }

  private static ChosenFrame chosen(HopFrame window) {
    return new ChosenFrame(window, new int[] {0}, new int[] {1}, new int[0]);
  }

  /** One version, as how many the first window sees would be chance. */
  private PCollectionTuple live(RetrainSchedule schedule, long number) throws IOException {
    LiveVersion version = number == 0 ? LiveVersion.NONE : schedule.published(number);
    PCollection<LiveVersion> published =
        pipeline.apply("Versions", Create.of(version).withCoder(LiveVersion.coder()));
    return frames()
        .apply(
            ScoreFluidity.of("study", SPEC, List.of())
                .withLive(PCollectionTuple.of(RetrainModel.VERSIONS, published), schedule));
  }

  /** Two versions are published. */
  private RetrainSchedule schedule() throws IOException {
    String root = temporary.getRoot().toString();
    RetrainSchedule schedule =
        new RetrainSchedule(10_000, root + "/shards", root + "/models", 0.6, "test", "");
    schedule.folder().publish(1, ModelJson.text(model(Model.LIVE, 1)));
    schedule.folder().publish(2, ModelJson.text(model(Model.LIVE, 2)));
    return schedule;
  }

  private static Model published(RetrainSchedule schedule, long number) throws IOException {
    return schedule.published(number).model().model();
  }

  private static Model model(String name, double bias) {
    int d = SPEC.features().featureCount();
    double[] ones = new double[d];
    Arrays.fill(ones, 0.01);
    return Model.of(
        name,
        ones,
        bias,
        Standardization.of(new double[d], ones),
        SPEC.features(),
        Model.Origin.unknown());
  }

  /** Of the windows from one number to another, scored one by one. */
  private List<ResultRow> rows(Model model, int from, int to) {
    List<Model> models = model == null ? List.of() : List.of(model);
    WindowScorer scorer = WindowScorer.of("study", SPEC, Quencher.scores(SPEC, models));
    return windows.subList(from, to).stream()
        .flatMap(window -> scorer.score(chosen(window)).rows().stream())
        .toList();
  }
}
