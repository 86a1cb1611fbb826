package io.vitrine.streaming.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.analysis.bursts.Burst;
import io.vitrine.analysis.bursts.BurstCollector;
import io.vitrine.analysis.bursts.BurstFolder;
import io.vitrine.analysis.bursts.BurstRule;
import io.vitrine.analysis.bursts.BurstShelf;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.Keep;
import io.vitrine.analysis.window.ModelScores;
import io.vitrine.streaming.Windows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class CaptureBurstsTest {
  private static final AnalysisSpec SPEC = AnalysisSpec.standard();
  private static final BurstRule RULE = new BurstRule(0.7, Double.NaN, 1 << 20);

  @Rule public final TestPipeline pipeline = TestPipeline.create();
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  @Test
  public void capture_anyOrderGapsTwiceAndBehindTheWatermark_leavesTheFilesOfTheLoop()
      throws IOException {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 90, Set.of(33, 60));
    List<HopFrame> all = new ArrayList<>(windows);
    all.addAll(windows.subList(10, 30));
    Collections.shuffle(all, new Random(3));
    TestStream.Builder<KV<String, HopFrame>> stream =
        Windows.add(Windows.stream(), SPEC, all.subList(0, 20))
            .advanceWatermarkTo(Instant.ofEpochMilli(70_000));
    run(Windows.add(stream, SPEC, all.subList(20, all.size())));
    assertSameFiles(loop(windows));
  }

  @Test
  public void capture_twoSimulationsOneOfWhichEndsEarly_areOnTheirOwn() throws IOException {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 60, Set.of());
    List<HopFrame> others = Windows.of(SPEC, "b", 2, 25, Set.of(3));
    List<HopFrame> mixed = new ArrayList<>(windows);
    mixed.addAll(others);
    Collections.shuffle(mixed, new Random(5));
    run(Windows.add(Windows.stream(), SPEC, mixed));
    loop(windows);
    assertSameFiles(loop(others));
  }

  @Test
  public void capture_afterTheEnd_nothingIsRemembered() throws IOException {
    List<HopFrame> windows = Windows.of(SPEC, "a", 1, 50, Set.of());
    // Remembered, these windows would be taken for those that came already.
    List<HopFrame> others = Windows.of(SPEC, "a", 2, 50, Set.of());
    run(
        Windows.add(
            Windows.add(Windows.stream(), SPEC, windows)
                .advanceWatermarkTo(GlobalWindow.INSTANCE.maxTimestamp()),
            SPEC,
            others));
    // Behind the end each window is at its own end at once.
    Path expected = loop(windows);
    for (HopFrame window : others) {
      loop(List.of(window));
    }
    assertSameFiles(expected);
  }

  private void assertSameFiles(Path expected) throws IOException {
    List<Path> files = BurstFolder.files(expected);
    assertThat(files).isNotEmpty();
    Path found = captured();
    assertThat(BurstFolder.files(found))
        .containsExactlyElementsOf(
            files.stream().map(file -> found.resolve(expected.relativize(file))).toList());
    for (Path file : files) {
      assertThat(Files.readAllBytes(found.resolve(expected.relativize(file))))
          .isEqualTo(Files.readAllBytes(file));
    }
  }

  private Path captured() {
    return temporary.getRoot().toPath().resolve("stream");
  }

  private void run(TestStream.Builder<KV<String, HopFrame>> stream) {
    pipeline
        .apply(stream.advanceWatermarkToInfinity())
        .apply(
            "CaptureBursts",
            CaptureBursts.of(
                SPEC, List.of(), new CaptureBursts.Target(RULE, captured().toString())));
    pipeline.run().waitUntilFinish();
  }

  private Path loop(List<HopFrame> windows) throws IOException {
    Path root = temporary.getRoot().toPath().resolve("loop");
    BurstCollector collector = BurstCollector.of(SPEC, RULE);
    Keep keep = Keep.inMemory();
    List<Burst> bursts = new ArrayList<>();
    windows.forEach(window -> bursts.addAll(collector.accept(window, keep)));
    bursts.addAll(collector.finish(keep));
    BurstFolder folder = new BurstFolder(root, SPEC, ModelScores.none());
    BurstShelf shelf = BurstShelf.of(RULE.bytes());
    for (Burst burst : bursts) {
      for (long gone : shelf.put(burst.firstMillis(), burst.peakHops(), folder.write(burst))) {
        folder.remove(burst.simulation(), gone);
      }
    }
    return root;
  }
}
