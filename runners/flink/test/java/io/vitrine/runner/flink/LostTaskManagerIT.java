package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of two TaskManagers dies and nobody replaces it: the job goes on with the slots that are
 * left, says so, and comes to the same results. With none left it waits, says that, and goes on
 * when one comes.
 */
@Tag("long")
final class LostTaskManagerIT {
  private static final Path WHOLE =
      Path.of(System.getProperty("vitrine.root"), "testdata/ka512/ka512_T0.60.extxyz");

  @TempDir private Path folder;

  @Test
  void monitor_taskManagerDiesAndStaysAway_endsWithTheResultsOfAnUndisturbedRun() throws Exception {
    Path growing = folder.resolve("growing.extxyz");
    Files.copy(WHOLE, growing);
    Path undisturbed = folder.resolve("undisturbed");
    MonitorProcess plain = MonitorProcess.start(folder, arguments(undisturbed, growing));
    assertThat(plain.await()).as(plain.err()).isZero();

    byte[] frames = Files.readAllBytes(WHOLE);
    int third = frames.length / 3;
    Files.write(growing, Arrays.copyOf(frames, third));
    Path disturbed = folder.resolve("disturbed");
    MonitorProcess monitor;
    try (FlinkCluster cluster = FlinkCluster.start(folder, "--slots", "1")) {
      List<String> arguments = arguments(disturbed, growing);
      arguments.addAll(List.of("--flink-master", cluster.address(), "--parallelism", "2"));
      monitor = MonitorProcess.start(folder, arguments);
      cluster.awaitParallelism(2, monitor);
      FlinkCluster.awaitCheckpoint(monitor, disturbed);
      cluster.kill("taskmanager-2");
      cluster.awaitParallelism(1, monitor);
      append(growing, Arrays.copyOfRange(frames, third, 2 * third));
      FlinkCluster.awaitCheckpoint(monitor, disturbed);
      cluster.kill("taskmanager-1");
      while (monitor.isAlive() && !monitor.err().contains(" 0 in the cluster")) {
        Thread.sleep(200);
      }
      cluster.startAgain("--taskmanagers", "1");
      cluster.awaitParallelism(1, monitor);
      append(growing, Arrays.copyOfRange(frames, 2 * third, frames.length));
      assertThat(monitor.await()).as(monitor.err()).isZero();
    }
    assertThat(monitor.err())
        .contains("vitrine: the job runs on 1 of 2 slots since ")
        .contains("vitrine: the job waits for slots (2 asked for, 0 in the cluster, 0 free) since ")
        .doesNotContain("\tat ");
    assertThat(StoreContents.of(disturbed.resolve("store.sqlite")))
        .isEqualTo(StoreContents.of(undisturbed.resolve("store.sqlite")));
    for (String file : List.of("hops.h5", "training/fluidity.h5")) {
      assertThat(disturbed.resolve(file)).hasSameBinaryContentAs(undisturbed.resolve(file));
    }
  }

  private static void append(Path file, byte[] bytes) throws Exception {
    Files.write(file, bytes, StandardOpenOption.APPEND);
  }

  private static List<String> arguments(Path output, Path frames) {
    List<String> arguments = new ArrayList<>(List.of("monitor", "--until", "60"));
    for (String id : List.of("a", "b", "c")) {
      arguments.addAll(List.of("--frames", "follow:" + frames + "?T=0.6&dt=0.005&id=" + id));
    }
    arguments.addAll(List.of("--tail-fraction", "0.01", "--output", output.toString()));
    arguments.addAll(List.of("--export", "hops=" + output.resolve("hops.h5")));
    return arguments;
  }
}
