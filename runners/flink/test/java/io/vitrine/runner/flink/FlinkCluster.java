package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A JobManager and TaskManagers, processes of their own, as {@code bin/cluster} starts them. */
final class FlinkCluster implements AutoCloseable {
  private static final Path SCRIPT =
      Path.of(System.getProperty("vitrine.root"), "runners/flink/bin/cluster");

  private final Path parent;
  private final Path folder;
  private final String address;

  private FlinkCluster(Path parent, String... options) throws IOException, InterruptedException {
    this.parent = parent;
    this.folder = parent.resolve("flink");
    this.address = run("start", options);
  }

  static FlinkCluster start(Path parent, String... options)
      throws IOException, InterruptedException {
    return new FlinkCluster(parent, options);
  }

  /** {@code HOST:PORT} of REST. */
  String address() {
    return address;
  }

  Path folder() {
    return folder;
  }

  /** From here on what the JobManager says of a job may be so old. */
  void answerLate(int seconds) throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("conf/config.yaml"),
        "web.refresh-interval: " + seconds + "000\n",
        StandardOpenOption.APPEND);
    kill("jobmanager");
    startAgain("--taskmanagers", "1");
  }

  /** Starts again what does not run. */
  void startAgain(String... options) throws IOException, InterruptedException {
    run("start", options);
  }

  void kill(String name) throws IOException {
    long pid = Long.parseLong(Files.readString(folder.resolve(name + ".pid")).trim());
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    assertThat(process.destroyForcibly()).isTrue();
    process.onExit().join();
  }

  /** Tasks of the widest step, once all tasks of the only running job run; else 0. */
  int parallelism() throws IOException {
    ClusterRest rest = new ClusterRest(address);
    for (JsonNode entry : rest.get("/jobs/overview").path("jobs")) {
      JsonNode tasks = entry.path("tasks");
      if (entry.path("state").asText().equals("RUNNING")
          && tasks.path("running").asInt() == tasks.path("total").asInt()) {
        int widest = 0;
        for (JsonNode step : rest.get("/jobs/" + entry.path("jid").asText()).path("vertices")) {
          widest = Math.max(widest, step.path("parallelism").asInt());
        }
        return widest;
      }
    }
    return 0;
  }

  /** Waits until the job runs on so many slots. */
  void awaitParallelism(int slots, MonitorProcess monitor)
      throws IOException, InterruptedException {
    while (monitor.isAlive() && parallelism() != slots) {
      Thread.sleep(200);
    }
    assertThat(monitor.isAlive()).as(monitor.err()).isTrue();
  }

  /** Waits until a job whose checkpoints are in a run folder has made one more. */
  static void awaitCheckpoint(MonitorProcess monitor, Path output)
      throws IOException, InterruptedException {
    Checkpoints checkpoints = new Checkpoints(output.resolve("checkpoints"));
    var before = checkpoints.newest();
    while (monitor.isAlive() && checkpoints.newest().equals(before)) {
      Thread.sleep(100);
    }
    assertThat(monitor.isAlive()).as(monitor.err()).isTrue();
  }

  @Override
  public void close() throws IOException {
    try {
      run("stop");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the cluster stops", e);
    }
    assertThat(folder.resolve("tmp")).doesNotExist();
  }

  /** Runs {@code bin/cluster}; returns the last line it prints. */
  private String run(String word, String... options) throws IOException, InterruptedException {
    Path out = Files.createTempFile(parent, "cluster", ".txt");
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), word));
    command.addAll(List.of(options));
    command.addAll(List.of("--dir", folder.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    int exit = Patience.exit(process);
    String text = Files.readString(out).strip();
    assertThat(exit).as(text).isZero();
    return text.substring(text.lastIndexOf('\n') + 1);
  }
}
