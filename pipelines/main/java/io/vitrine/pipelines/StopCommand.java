package io.vitrine.pipelines;

import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.JsonSummary;
import io.vitrine.pipelines.run.RunFolder;
import io.vitrine.pipelines.run.Runtime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code vitrine stop}: pauses the run of a folder, as Ctrl-C in its terminal would: one more
 * checkpoint, then the end; the command that started it continues it.
 */
@Command(
    name = "stop",
    description = "Pause a run; the command that started it continues it.",
    footer = {"stop --output runs/default", "stop --output runs/cluster --savepoint"},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StopCommand implements Callable<Integer> {
  private static final long PATIENCE_SECONDS = 180;
  private static final long POLL_MILLIS = 50;

  private final List<Runtime> runtimes;

  @Option(names = "--output", paramLabel = "DIR", required = true, description = "run folder")
  private Path output;

  @Option(
      names = "--savepoint",
      description = "on a cluster a job is always stopped with a savepoint; this option says so")
  @SuppressWarnings("UnusedVariable") // said for clarity; there is one way to stop
  private boolean savepoint;

  @Mixin private JsonSummary json = new JsonSummary();

  StopCommand(List<Runtime> runtimes) {
    this.runtimes = runtimes;
  }

  @Override
  public Integer call() throws Exception {
    if (!Files.isDirectory(output)) {
      throw new FailureException(output + ": no such folder, expected the run folder of a study");
    }
    long worker = RunFolder.worker(output);
    boolean stopped = worker < 0 ? stopOnCluster() : stopProcess(worker);
    if (!stopped) {
      throw new FailureException(output + ": nothing runs for this folder, expected a running job");
    }
    json.people().println("Paused. The command that started it continues it.");
    json.print(Map.of("paused", true));
    return 0;
  }

  private boolean stopProcess(long pid) throws Exception {
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process == null) {
      throw new FailureException(
          output + ": process " + pid + " works in it, but not on this machine; stop it there");
    }
    json.people().println("Waiting for process " + pid + " to pause ...");
    process.destroy(); // SIGTERM, taken as Ctrl-C
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    // Not until the process is gone: one that its parent does not collect never is.
    while (RunFolder.worker(output) == pid) {
      if (System.nanoTime() > end) {
        throw new FailureException(
            output
                + ": process "
                + pid
                + " still works in it after "
                + PATIENCE_SECONDS
                + " s, expected a pause (a second SIGTERM ends it at once)");
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  private boolean stopOnCluster() throws Exception {
    try (RunFolder folder = RunFolder.open(output)) {
      for (Runtime runtime : runtimes) {
        if (runtime.stop(folder)) {
          return true;
        }
      }
      return false;
    }
  }
}
