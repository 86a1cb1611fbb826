package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that an earlier build paused goes on in this one: its savepoint opens. */
final class SavepointIT {
  private static final Path SAVED =
      Path.of(System.getProperty("vitrine.root"), "testdata", "savepoint");

  @TempDir private Path folder;

  @Test
  void monitor_savepointOfAnEarlierBuild_endsWithTheResultsOfAnUndisturbedRun() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    MonitorProcess plain = MonitorProcess.start(folder, arguments(undisturbed));
    assertThat(plain.await()).as(plain.err()).isZero();

    Path paused = folder.resolve("paused");
    copy(SAVED.resolve("paused"), paused);
    Path description = paused.resolve("run.json");
    Files.writeString(
        description, Files.readString(description).replace("@HERE@", SAVED.toString()));
    int before = StoreContents.of(paused.resolve("store.sqlite")).get("windows").size();
    MonitorProcess resumed = MonitorProcess.start(folder, arguments(paused));
    assertThat(resumed.await()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("\"resumed\":true");

    assertThat(StoreContents.of(paused.resolve("store.sqlite")))
        .isEqualTo(StoreContents.of(undisturbed.resolve("store.sqlite")));
    assertThat(before)
        .isBetween(
            1, StoreContents.of(undisturbed.resolve("store.sqlite")).get("windows").size() - 1);
  }

  private static List<String> arguments(Path output) {
    List<String> arguments = new ArrayList<>(List.of("monitor", "--json"));
    arguments.addAll(
        List.of("--frames", "replay:" + SAVED.resolve("run.gsd") + "?T=1.0&dt=0.005&id=small"));
    arguments.addAll(List.of("--tail-fraction", "0.05", "--output", output.toString()));
    return arguments;
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
