package io.vitrine.streaming.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.format.run.ShardFolder;
import io.vitrine.format.run.WindowShard;
import io.vitrine.streaming.coders.Coders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class WriteShardsTest {
  private static final int STEP = 10;

  @Rule public final TestPipeline pipeline = TestPipeline.create();
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  @Test
  public void write_anyOrderTwiceAndWithGaps_allShardsAreInOneFileABlock() throws IOException {
    List<Integer> taus = new ArrayList<>();
    for (int tau = 5; tau < 3500; tau += STEP) {
      if (tau < 1200 || tau > 1700) {
        taus.add(tau);
      }
    }
    List<Integer> mixed = new ArrayList<>(taus);
    mixed.addAll(taus.subList(20, 60));
    Collections.shuffle(mixed, new Random(1));
    run(add(stream(), "a", mixed));
    assertThat(read("a")).isEqualTo(taus);
    assertThat(names("a")).containsExactly("0.zip", "1.zip", "2.zip", "3.zip");
  }

  /** The other simulation ends in the first block; the rest comes behind the watermark. */
  @Test
  public void write_twoSimulationsBehindTheWatermark_eachIsPackedOnItsOwn() throws IOException {
    List<Integer> taus = new ArrayList<>();
    for (int tau = 5; tau < 1500; tau += STEP) {
      taus.add(tau);
    }
    TestStream.Builder<WindowShard> stream =
        add(stream(), "a", taus.subList(0, 20)).advanceWatermarkTo(Instant.ofEpochMilli(3_000_000));
    run(add(add(stream, "b", taus.subList(0, 30)), "a", taus.subList(20, taus.size())));
    assertThat(read("a")).isEqualTo(taus);
    assertThat(read("b")).isEqualTo(taus.subList(0, 30));
    assertThat(names("a")).containsExactly("0.zip", "1.zip");
    assertThat(names("b")).containsExactly("0.zip");
  }

  /** After the end the next window begins anew and is packed at its own end. */
  @Test
  public void write_afterTheEnd_nothingIsRemembered() throws IOException {
    run(
        add(
            add(stream(), "a", List.of(5, 15))
                .advanceWatermarkTo(GlobalWindow.INSTANCE.maxTimestamp()),
            "a",
            List.of(25)));
    assertThat(read("a")).containsExactly(5, 15, 25);
  }

  private void run(TestStream.Builder<WindowShard> stream) {
    pipeline.apply(stream.advanceWatermarkToInfinity()).apply(WriteShards.to(root()));
    pipeline.run().waitUntilFinish();
  }

  private Path root() {
    return temporary.getRoot().toPath();
  }

  private List<Integer> read(String simulation) throws IOException {
    try (Stream<WindowShard> shards = ShardFolder.at(root()).read(simulation)) {
      return shards.map(shard -> (int) (shard.timeMillis() / 1000)).toList();
    }
  }

  private List<String> names(String simulation) throws IOException {
    try (Stream<Path> files = Files.list(root().resolve(simulation))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static TestStream.Builder<WindowShard> stream() {
    return TestStream.create(Coders.windowShards());
  }

  private static TestStream.Builder<WindowShard> add(
      TestStream.Builder<WindowShard> stream, String simulation, List<Integer> taus) {
    TestStream.Builder<WindowShard> longer = stream;
    for (int tau : taus) {
      long millis = 1000L * tau;
      WindowShard shard =
          new WindowShard(
              simulation,
              millis,
              millis - 2000,
              1,
              new int[] {1},
              new byte[1],
              new double[] {tau},
              List.of(),
              new double[0][],
              new int[0],
              new byte[0],
              new double[0],
              new float[0],
              null,
              null,
              null);
      longer = longer.addElements(TimestampedValue.of(shard, Instant.ofEpochMilli(millis + 5999)));
    }
    return longer;
  }
}
