package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.Patience;
import io.vitrine.pipelines.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is paused from elsewhere. */
final class StopCommandTest {
  @TempDir private Path folder;

  /** Works in a folder until it is told to end, or the program that started it is gone. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] args) throws Exception {
      try (RunFolder open = RunFolder.open(Path.of(args[0]))) {
        Files.createFile(open.root().resolve("works"));
        ProcessHandle.current().parent().orElseThrow().onExit().join();
      }
    }
  }

  @Test
  void stop_processThatItsParentDoesNotCollect_isPausedAllTheSame() throws Exception {
    Path run = folder.resolve("run");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    // exec: the parent becomes a program that never waits for the worker.
    String script = "\"$0\" -cp \"$1\" \"$2\" \"$3\" & exec sleep 1d";
    Process parent =
        new ProcessBuilder(
                "sh",
                "-c",
                script,
                java,
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                run.toString())
            .start();
    try {
      Patience.until(() -> Files.exists(run.resolve("works")), parent);
      assertThat(RunFolder.worker(run)).isPositive();
      assertThat(Vitrine.run(List.of(), new String[] {"stop", "--output", run.toString()}))
          .isZero();
      assertThat(RunFolder.worker(run)).isEqualTo(-1);
    } finally {
      parent.destroyForcibly();
    }
  }
}
