package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.format.gsd.GsdWriter;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.pipelines.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run beside a simulation may take: threads and memory. */
final class ThreadsIT {
  private static final Path WHOLE =
      Path.of(System.getProperty("vitrine.root"), "testdata/ka512/ka512_T0.60.extxyz");

  private static final int WINDOWS = 51;

  @TempDir private Path folder;

  /** One thread, three threads, and a run that is paused on three and continued on one. */
  @Test
  void monitor_otherNumbersOfThreads_giveTheSameBits() throws Exception {
    byte[] frames = Files.readAllBytes(WHOLE);
    Path growing = folder.resolve("growing.extxyz");
    Files.write(growing, frames);
    Path one = folder.resolve("one");
    run(two(growing, one, 1));
    Path three = folder.resolve("three");
    run(two(growing, three, 3));

    Files.write(growing, Arrays.copyOf(frames, frames.length / 2));
    Path paused = folder.resolve("paused");
    MonitorProcess first = MonitorProcess.start(folder, two(growing, paused, 3));
    FlinkCluster.awaitCheckpoint(first, paused);
    first.interrupt();
    assertThat(first.await()).as(first.err()).isZero();
    assertThat(first.out()).contains("\"paused\":true");
    Files.write(growing, frames);
    assertThat(run(two(growing, paused, 1)).out()).contains("\"resumed\":true");

    assertThat(Files.readString(three.resolve("run.json"))).contains("\"threads\" : 3");
    for (Path other : List.of(three, paused)) {
      assertThat(StoreContents.of(other.resolve("store.sqlite")))
          .isEqualTo(StoreContents.of(one.resolve("store.sqlite")));
      for (String file : List.of("hops.h5", "training/fluidity.h5")) {
        assertThat(other.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
      }
    }
  }

  /** The one that rests is read by the same thread, and comes first. */
  @Test
  void monitor_oneOfTwoStallsOnOneThread_theOtherIsNotDelayed() throws Exception {
    byte[] frames = Files.readAllBytes(WHOLE);
    Path resting = folder.resolve("resting.extxyz");
    Files.write(resting, Arrays.copyOf(frames, frames.length / 3));
    Path output = folder.resolve("both");
    List<String> arguments = new ArrayList<>(List.of("monitor", "--threads", "1"));
    arguments.addAll(List.of("--frames", "follow:" + resting + "?T=0.6&dt=0.005&id=resting"));
    arguments.addAll(List.of("--frames", "follow:" + WHOLE + "?T=0.6&dt=0.005&id=whole"));
    arguments.addAll(List.of("--until", "60", "--output", output.toString(), "--json"));

    MonitorProcess both = MonitorProcess.start(folder, arguments);
    long windows = 0;
    while (both.isAlive() && windows < WINDOWS) {
      Thread.sleep(200);
      windows = windows(output, "whole");
    }
    both.interrupt();

    assertThat(both.await()).as(both.err()).isZero();
    assertThat(windows).isEqualTo(WINDOWS);
    assertThat(windows(output, "resting")).isBetween(1L, WINDOWS - 1L);
    assertThat(both.out()).contains("\"paused\":true");
  }

  /** Says which bound it was and what raises it; the same command then finishes the run. */
  @Test
  void monitor_heapTooSmall_endsWithTheBoundAndGoesOnWithMore() throws Exception {
    Path large = folder.resolve("large.gsd");
    writeLarge(large);
    Path output = folder.resolve("run");
    List<String> arguments =
        List.of(
            "monitor",
            "--frames",
            "replay:" + large + "?T=0.6&dt=0.005&id=large",
            "--no-model",
            "--threads",
            "1",
            "--output",
            output.toString());

    MonitorProcess small = MonitorProcess.start(folder, 80, arguments);
    assertThat(small.await()).isEqualTo(1);
    assertThat(small.out()).contains("one thread a step").contains("at most 80 MiB");
    assertThat(small.err())
        .contains("is 80 MiB; raise it with VITRINE_JAVA_OPTS=-Xmx160m")
        .doesNotContain("\tat ");

    run(arguments);
    assertThat(windows(output, "large")).isEqualTo(2);
  }

  /** An ideal gas of so many particles that the frames of a window do not fit. */
  private static void writeLarge(Path file) throws Exception {
    int count = 60_000;
    double edge = Math.cbrt(count / 1.2);
    Random random = new Random(1);
    double[] positions = random.doubles(3L * count, -edge / 2, edge / 2).toArray();
    try (GsdWriter writer = GsdWriter.create(file)) {
      for (int time = 0; time < 12; time++) {
        writer.write(
            Frame.of("large")
                .at(200L * time, time)
                .box(Box.cube(edge))
                .particles(Particles.numbered(1, new byte[count], List.of("A")))
                .wrapped(positions, null)
                .build(),
            Map.of());
      }
    }
  }

  @Test
  void monitor_threadsOnACluster_areRefused() {
    Ran ran =
        Ran.run(
            List.of(new EmbeddedFlink()),
            "monitor",
            "--flink-master",
            "127.0.0.1:1",
            "--threads",
            "2",
            "--output",
            folder.resolve("run").toString());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("--threads").contains("--parallelism");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private MonitorProcess run(List<String> arguments) throws Exception {
    MonitorProcess monitor = MonitorProcess.start(folder, arguments);
    assertThat(monitor.await()).as(monitor.err()).isZero();
    return monitor;
  }

  private static long windows(Path output, String simulation) throws Exception {
    Path store = output.resolve("store.sqlite");
    return !Files.exists(store)
        ? 0
        : StoreContents.of(store).getOrDefault("windows", List.of()).stream()
            .filter(row -> row.contains("simulation=" + simulation + " "))
            .count();
  }

  /** Two simulations on so many threads a step. */
  private static List<String> two(Path frames, Path output, int threads) {
    List<String> arguments = new ArrayList<>(List.of("monitor", "--until", "60"));
    for (String id : List.of("a", "b")) {
      arguments.addAll(List.of("--frames", "follow:" + frames + "?T=0.6&dt=0.005&id=" + id));
    }
    arguments.addAll(List.of("--threads", "" + threads, "--tail-fraction", "0.01"));
    arguments.addAll(List.of("--export", "hops=" + output.resolve("hops.h5")));
    arguments.addAll(List.of("--output", output.toString(), "--json"));
    return arguments;
  }
}
