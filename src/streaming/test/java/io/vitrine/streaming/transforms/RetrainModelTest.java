package io.vitrine.streaming.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.learning.Standardization;
import io.vitrine.results.rows.ModelRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.streaming.Windows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.joda.time.Instant;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RetrainModelTest {
  private static final AnalysisSpec SPEC = AnalysisSpec.standard();

  @Rule public final TestPipeline pipeline = TestPipeline.create();
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  /**
   * Versions are due at 15, 25, 35, ... tau. Two stand in the run folder, as after a kill; for the
   * third there are no samples. Windows come in two pieces, the second behind the watermark, and
   * some are missing: who counts windows needs no order.
   */
  @Test
  public void retrain_versionsThatStand_arePublishedAgainAsTheyAre() throws IOException {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 60, Set.of(40));
    RetrainSchedule schedule = schedule();
    schedule.folder().publish(1, json(0.25));
    schedule.folder().publish(2, json(0.5));
    TestStream.Builder<KV<String, HopFrame>> stream =
        Windows.add(Windows.stream(), SPEC, windows.subList(0, 8))
            .advanceWatermarkTo(Instant.ofEpochMilli(50_000));
    PCollectionTuple out =
        run(Windows.add(stream, SPEC, windows.subList(8, windows.size())), schedule);
    PAssert.that(out.get(RetrainModel.VERSIONS))
        .containsInAnyOrder(LiveVersion.NONE, schedule.published(1), schedule.published(2));
    PAssert.that(out.get(RetrainModel.ROWS))
        .containsInAnyOrder(List.<ResultRow>of(row(schedule, 1), row(schedule, 2)));
    pipeline.run().waitUntilFinish();
  }

  /** Two simulations, one of which ends early: whichever window passes the time due counts. */
  @Test
  public void retrain_twoSimulationsInAnyOrder_versionsAreDueAsWindowsArrive() throws IOException {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 70, Set.of());
    windows.addAll(Windows.of(SPEC, "b", 2, 30, Set.of()));
    Collections.shuffle(windows, new Random(7));
    RetrainSchedule schedule = schedule();
    List<LiveVersion> expected = new ArrayList<>(List.of(LiveVersion.NONE));
    long due = windows.get(0).timeMillis() + schedule.everyMillis();
    for (HopFrame window : windows) {
      if (window.timeMillis() >= due) {
        long number = expected.size();
        schedule.folder().publish(number, json(0.1 * number));
        expected.add(schedule.published(number));
        due = window.timeMillis() + schedule.everyMillis();
      }
    }
    assertThat(expected).hasSizeGreaterThan(2);
    PAssert.that(
            run(Windows.add(Windows.stream(), SPEC, windows), schedule).get(RetrainModel.VERSIONS))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void retrain_afterTheEnd_nothingIsRemembered() throws IOException {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 24, Set.of());
    RetrainSchedule schedule = schedule();
    schedule.folder().publish(1, json(0.25));
    schedule.folder().publish(2, json(0.5));
    TestStream.Builder<KV<String, HopFrame>> stream =
        Windows.add(Windows.stream(), SPEC, windows)
            .advanceWatermarkTo(GlobalWindow.INSTANCE.maxTimestamp());
    PCollectionTuple out = run(Windows.add(stream, SPEC, windows.subList(0, 1)), schedule);
    // Remembered, the window behind the end would not begin anew.
    PAssert.that(out.get(RetrainModel.VERSIONS))
        .containsInAnyOrder(LiveVersion.NONE, schedule.published(1), LiveVersion.NONE);
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void newest_versionsInAnyOrderAndGrouping_isTheOneWithTheLargestNumber()
      throws IOException {
    RetrainSchedule schedule = schedule();
    List<LiveVersion> versions = new ArrayList<>(List.of(LiveVersion.NONE));
    for (long number = 1; number <= 3; number++) {
      schedule.folder().publish(number, json(0.1 * number));
      versions.add(schedule.published(number));
    }
    CombineFnTester.testCombineFn(new RetrainModel.NewestFn(), versions, schedule.published(3));
  }

  @Test
  public void liveVersion_coder_givesTheSame() throws Exception {
    RetrainSchedule schedule = schedule();
    schedule.folder().publish(1, json(0.25));
    for (LiveVersion version : List.of(LiveVersion.NONE, schedule.published(1))) {
      assertThat(org.apache.beam.sdk.util.CoderUtils.clone(LiveVersion.coder(), version))
          .isEqualTo(version);
    }
  }

  private static ModelRow row(RetrainSchedule schedule, long number) throws IOException {
    LiveVersion version = schedule.published(number);
    return new ModelRow("study", Model.LIVE, version.model().fingerprint(), version.model().text());
  }

  private RetrainSchedule schedule() {
    String root = temporary.getRoot().toString();
    return new RetrainSchedule(10_000, root + "/shards", root + "/models", 0.6, "test", "");
  }

  private static String json(double bias) {
    int d = SPEC.features().featureCount();
    double[] ones = new double[d];
    Arrays.fill(ones, 1);
    return ModelJson.text(
        Model.of(
            Model.LIVE,
            ones,
            bias,
            Standardization.of(new double[d], ones),
            SPEC.features(),
            Model.Origin.unknown()));
  }

  private PCollectionTuple run(
      TestStream.Builder<KV<String, HopFrame>> stream, RetrainSchedule schedule) {
    return pipeline
        .apply(stream.advanceWatermarkToInfinity())
        .apply("RetrainModel", RetrainModel.of("study", SPEC, schedule));
  }
}
