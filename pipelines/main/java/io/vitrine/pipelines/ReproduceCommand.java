package io.vitrine.pipelines;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vitrine reproduce}: the whole paper, every number beside the printed one. */
@Command(
    name = "reproduce",
    description = "Simulate, train, transfer and fit as the paper does; every figure and Table I.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReproduceCommand implements Callable<Integer> {
  private final List<Runtime> runtimes;

  @Option(
      names = "--scale",
      paramLabel = "NAME",
      description = {
        "smoke (N=512, a minute), small (N=1000, 10 minutes on 2 cores: the method, not the",
        "numbers), full (the paper's size; default), or FILE.yaml"
      })
  private String scale = "full";

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "folder (default: runs/reproduce-SCALE); started again, it goes on")
  private Path output;

  @Option(
      names = "--runner",
      paramLabel = "NAME",
      description = "flink or direct (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("UnusedVariable") // the launcher chooses the program by it
  private String runner = "flink";

  @Option(names = "--json", description = "one machine-readable summary on stdout")
  private boolean json;

  ReproduceCommand(List<Runtime> runtimes) {
    this.runtimes = runtimes;
  }

  @Override
  @SuppressWarnings("SystemOut")
  public Integer call() throws Exception {
    String text = PaperScale.text(scale);
    PaperScale definition = PaperScale.parse(scale, text);
    Path file = Path.of(scale).getFileName();
    String name = file.toString().replaceFirst("\\.ya?ml$", "");
    Path root = output == null ? Path.of("runs", "reproduce-" + name) : output;
    Path kept = root.resolve("definition.yaml");
    if (Files.exists(kept)
        && !PaperScale.parse("kept", Files.readString(kept)).equals(definition)) {
      throw new FailureException(
          root + ": holds another definition (" + kept + "), expected that of " + scale);
    }
    PaperStages.writeAside(kept, text);
    // The stages report to people; with --json stdout has one summary and nothing else.
    PrintStream stdout = System.out;
    PrintStream people = json ? System.err : stdout;
    PaperReport report;
    try {
      System.setOut(people);
      PaperStages stages = new PaperStages(definition, root, runtimes, people);
      if (!stages.run()) {
        people.println("Paused. The same command goes on.");
        return 0;
      }
      report = PaperReport.make(definition, name, stages, root, people);
    } finally {
      System.setOut(stdout);
    }
    people.println(report.table());
    people.println("Report: " + root.resolve("report.html").toAbsolutePath());
    if (json) {
      stdout.println(report.json());
    }
    return 0;
  }
}
