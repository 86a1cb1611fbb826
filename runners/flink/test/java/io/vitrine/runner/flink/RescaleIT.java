package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vitrine.results.PostgresCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run is stopped with a savepoint and goes on with fewer tasks a step, twice, while its files
 * grow: sources, windows, counters and training sets are on the way then. Its store, a database of
 * PostgreSQL, and its files are those of an undisturbed run.
 *
 * <p>Beam has open reports of splits and state that are lost so (apache/beam 25975, 31085).
 */
@Tag("long")
final class RescaleIT {
  private static final Path WHOLE =
      Path.of(System.getProperty("vitrine.root"), "testdata/ka512/ka512_T0.60.extxyz");

  @TempDir private Path folder;

  @Test
  void monitor_threeSimulationsOnThreeThenTwoThenOneSlot_equalUndisturbedRun() throws Exception {
    equalsUndisturbedRun(List.of("a", "b", "c"), List.of(3, 2, 1));
  }

  @Test
  void monitor_oneSimulationOnFourThenTwoThenOneSlot_equalsUndisturbedRun() throws Exception {
    equalsUndisturbedRun(List.of("a"), List.of(4, 2, 1));
  }

  private void equalsUndisturbedRun(List<String> simulations, List<Integer> slots)
      throws Exception {
    Optional<String> missing = PostgresCluster.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    Path growing = folder.resolve("growing.extxyz");
    Files.copy(WHOLE, growing);
    Path undisturbed = folder.resolve("undisturbed");
    Path rescaled = folder.resolve("rescaled");
    try (PostgresCluster postgres = PostgresCluster.start();
        FlinkCluster cluster =
            FlinkCluster.start(folder, "--taskmanagers", "1", "--slots", "4", "--memory", "768")) {
      String expected = postgres.database("undisturbed");
      String found = postgres.database("rescaled");
      MonitorProcess plain =
          MonitorProcess.start(folder, arguments(undisturbed, growing, simulations, expected));
      assertThat(plain.await()).as(plain.err()).isZero();

      byte[] frames = Files.readAllBytes(WHOLE);
      Files.delete(growing);
      for (int start = 0; start < slots.size(); start++) {
        int from = frames.length * start / slots.size();
        int to = frames.length * (start + 1) / slots.size();
        Files.write(
            growing,
            Arrays.copyOfRange(frames, from, to),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        List<String> arguments = arguments(rescaled, growing, simulations, found);
        arguments.addAll(List.of("--flink-master", cluster.address()));
        arguments.addAll(List.of("--parallelism", "" + slots.get(start), "--json"));
        MonitorProcess monitor = MonitorProcess.start(folder, arguments);
        if (start < slots.size() - 1) {
          cluster.awaitParallelism(slots.get(start), monitor);
          while (monitor.isAlive() && !Files.exists(rescaled.resolve("shards"))) {
            Thread.sleep(100);
          }
          FlinkCluster.awaitCheckpoint(monitor, rescaled);
          monitor.interrupt();
        }
        assertThat(monitor.await()).as(monitor.err()).isZero();
        assertThat(monitor.out().contains("\"resumed\":true")).isEqualTo(start > 0);
        assertThat(monitor.out().contains("\"paused\":true")).isEqualTo(start < slots.size() - 1);
      }
      assertThat(StoreContents.of(found)).isEqualTo(StoreContents.of(expected));
    }
    for (String file : List.of("hops.h5", "training/fluidity.h5")) {
      assertThat(rescaled.resolve(file)).hasSameBinaryContentAs(undisturbed.resolve(file));
    }
  }

  private static List<String> arguments(
      Path output, Path frames, List<String> simulations, String store) {
    List<String> arguments = new ArrayList<>(List.of("monitor", "--until", "60"));
    for (String id : simulations) {
      arguments.addAll(List.of("--frames", "follow:" + frames + "?T=0.6&dt=0.005&id=" + id));
    }
    arguments.addAll(List.of("--tail-fraction", "0.01", "--store", store));
    arguments.addAll(List.of("--output", output.toString()));
    arguments.addAll(List.of("--export", "hops=" + output.resolve("hops.h5")));
    return arguments;
  }
}
