package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves behind when it is killed, paused, refused by Flink, or done. */
final class PauseIT {
  private static final Path GROWN =
      Path.of(System.getProperty("vitrine.root"), "testdata/ka512/ka512_T0.60.extxyz");

  @TempDir private Path folder;

  @Test
  void monitor_killedPausedRefusedAndDone_leavesNothingInTemporaryFolders() throws Exception {
    Path output = folder.resolve("run");
    Path tmp = output.resolve("tmp");
    MonitorProcess killed = MonitorProcess.start(folder, arguments(output, 1000));
    FlinkCluster.awaitCheckpoint(killed, output);
    List<String> ofTheKilled = new ArrayList<>(names(tmp));
    ofTheKilled.remove("flink-web-upload"); // the one name that is always the same
    assertThat(ofTheKilled).anyMatch(name -> name.startsWith("minicluster_"));
    killed.kill();
    assertThat(names(tmp)).containsAll(ofTheKilled);

    MonitorProcess paused = MonitorProcess.start(folder, arguments(output, 1000));
    FlinkCluster.awaitCheckpoint(paused, output);
    assertThat(names(tmp)).doesNotContainAnyElementsOf(ofTheKilled);
    paused.interrupt();
    assertThat(paused.await()).as(paused.err()).isZero();
    assertThat(paused.out()).contains("\"paused\":true");
    assertThat(tmp).doesNotExist();

    Path metadata = new Checkpoints(output.resolve("checkpoints")).newest().orElseThrow();
    byte[] whole = Files.readAllBytes(metadata.resolve("_metadata"));
    Files.write(metadata.resolve("_metadata"), new byte[] {1, 2, 3, 4});
    MonitorProcess refused = MonitorProcess.start(folder, arguments(output, 60));
    assertThat(refused.await()).isEqualTo(1);
    assertThat(refused.err()).doesNotContain("\tat ");
    assertThat(tmp).doesNotExist();

    Files.write(metadata.resolve("_metadata"), whole);
    MonitorProcess done = MonitorProcess.start(folder, arguments(output, 60));
    assertThat(done.await()).as(done.err()).isZero();
    assertThat(output.resolve("DONE")).exists();
    assertThat(tmp).doesNotExist();
    assertThat(names(MonitorProcess.temporary(folder))).isEmpty();
  }

  private static List<String> names(Path path) throws Exception {
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static List<String> arguments(Path output, int until) {
    return List.of(
        "monitor",
        "--frames",
        "follow:" + GROWN + "?T=0.6&dt=0.005&id=a",
        "--until",
        "" + until,
        "--output",
        output.toString(),
        "--json");
  }
}
