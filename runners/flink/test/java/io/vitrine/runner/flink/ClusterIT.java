package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JobManager and two TaskManagers, processes of their own, one of which is killed. */
final class ClusterIT {
  private static final Path ROOT = Path.of(System.getProperty("vitrine.root"));

  @TempDir private Path folder;

  @AfterEach
  void stopCluster() throws Exception {
    cluster("stop");
  }

  @Test
  void monitor_taskManagerKilled_endsWithTheResultsOfTheEmbeddedRun() throws Exception {
    Path embedded = folder.resolve("embedded");
    MonitorProcess plain = MonitorProcess.start(folder, arguments(embedded, "", List.of()));
    assertThat(plain.await()).as(plain.err()).isZero();

    String master = cluster("start");
    Path output = folder.resolve("cluster-run");
    List<String> onCluster = List.of("--flink-master", master);
    MonitorProcess monitor = MonitorProcess.start(folder, arguments(output, "&pace=4", onCluster));
    Checkpoints checkpoints = new Checkpoints(output.resolve("checkpoints"));
    while (monitor.isAlive() && checkpoints.newest().isEmpty()) {
      Thread.sleep(100);
    }
    assertThat(monitor.isAlive()).as(monitor.err()).isTrue();
    long worker =
        Long.parseLong(Files.readString(folder.resolve("flink/taskmanager-1.pid")).trim());
    assertThat(ProcessHandle.of(worker).orElseThrow().destroyForcibly()).isTrue();
    ProcessHandle.of(worker).ifPresent(p -> p.onExit().join());
    cluster("start");
    assertThat(monitor.await()).as(monitor.err()).isZero();

    assertThat(StoreContents.of(output.resolve("store.sqlite")))
        .isEqualTo(StoreContents.of(embedded.resolve("store.sqlite")));
    assertThat(output.resolve("hops.h5")).hasSameBinaryContentAs(embedded.resolve("hops.h5"));
  }

  private static List<String> arguments(Path output, String pace, List<String> more) {
    Path run = ROOT.resolve("testdata/ka512/ka512_T0.60.gsd");
    List<String> arguments = new ArrayList<>();
    arguments.add("monitor");
    for (String id : List.of("a", "b")) {
      arguments.addAll(List.of("--frames", "replay:" + run + "?T=0.6&dt=0.005&id=" + id + pace));
    }
    arguments.addAll(List.of("--tail-fraction", "0.01", "--output", output.toString()));
    arguments.addAll(List.of("--export", "hops=" + output.resolve("hops.h5")));
    arguments.addAll(more);
    return arguments;
  }

  /** Runs {@code bin/cluster}; returns the last line it prints. */
  private String cluster(String command) throws IOException, InterruptedException {
    Path script = ROOT.resolve("runners/flink/bin/cluster");
    Path out = Files.createTempFile(folder, "cluster", ".txt");
    Process process =
        new ProcessBuilder(script.toString(), command, "--dir", folder.resolve("flink").toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(out).strip();
    assertThat(process.exitValue()).as(text).isZero();
    return text.substring(text.lastIndexOf('\n') + 1);
  }
}
