package io.vitrine.runner.flink;

import io.vitrine.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program as users run it: a process of its own, from the jar that is shipped. */
final class MonitorProcess {
  private final Process process;
  private final Path out;
  private final Path err;

  private MonitorProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static MonitorProcess start(Path folder, List<String> arguments) throws IOException {
    return start(folder, 1024, arguments);
  }

  /** With a heap of at most so many MiB. */
  static MonitorProcess start(Path folder, int heap, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heap + "m", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(temporary(folder)));
    command.addAll(List.of("-jar", jar().toString()));
    command.addAll(arguments);
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new MonitorProcess(process, out, err);
  }

  /** The temporary folder of all that is started with a folder. */
  static Path temporary(Path folder) {
    return folder.resolve("java.io.tmpdir");
  }

  static Path jar() throws IOException {
    Path target = Path.of(System.getProperty("vitrine.root"), "runners", "flink", "target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(p -> p.getFileName().toString().matches("runner-flink-.*-all\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("no jar in " + target));
    }
  }

  /** SIGKILL: no handler runs, nothing is flushed. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGSTOP: it does nothing any more, and its connections stay open. */
  void stall() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, "" + process.pid()).inheritIO().start().waitFor();
  }

  /** SIGTERM, which the program takes as Ctrl-C. */
  void interrupt() {
    process.destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end as long as the process works, however slowly; returns the exit code. */
  int await() throws InterruptedException, IOException {
    try {
      return Patience.exit(process);
    } catch (AssertionError e) {
      throw new AssertionError(err(), e);
    }
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }
}
