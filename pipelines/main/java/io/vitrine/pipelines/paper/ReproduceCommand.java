package io.vitrine.pipelines.paper;

import io.vitrine.analysis.barriers.CountedTime;
import io.vitrine.format.WholeFile;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.JsonSummary;
import io.vitrine.pipelines.run.Runtime;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vitrine reproduce}: the whole paper, every number beside the printed one. */
@Command(
    name = "reproduce",
    description = "Simulate, train, transfer and fit as the paper does; every figure and Table I.",
    footer = {"reproduce --scale smoke", "reproduce --scale small --output runs/small"},
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ReproduceCommand implements Callable<Integer> {
  private final List<Runtime> runtimes;
  private final ToIntFunction<String[]> program;

  @Option(
      names = "--scale",
      paramLabel = "NAME",
      description = {
        "smoke (N=512, four core-minutes), small (N=1000, a quarter of a core-hour: the method, not the",
        "numbers), full (the paper's size; default), or FILE.yaml (there also mixture, density,",
        "dimensions: of another mixture, without the comparison with the paper)"
      })
  private String scale = "full";

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "folder (default: runs/reproduce-SCALE); started again, it continues")
  private Path output;

  @Option(
      names = "--runner",
      paramLabel = "NAME",
      description = "flink or direct (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("UnusedVariable") // the launcher chooses the program by it
  private String runner = "flink";

  @Option(
      names = "--from",
      paramLabel = "TAU|auto",
      description = {
        "count windows from this time on. auto (default): from where each simulation's verdict",
        "says that equilibrium began; 0: all"
      })
  private String from = CountedTime.AUTO;

  @Mixin private JsonSummary json = new JsonSummary();

  /**
   * A command that runs other commands.
   *
   * @param runtimes at hand; stages run on the first
   * @param program runs a command line and returns its exit code
   */
  public ReproduceCommand(List<Runtime> runtimes, ToIntFunction<String[]> program) {
    this.runtimes = runtimes;
    this.program = program;
  }

  @Override
  @SuppressWarnings("SystemOut")
  public Integer call() throws Exception {
    CountedTime.check("--from", from);
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
    WholeFile.write(kept, text);
    // The stages report to people; with --json stdout has one summary and nothing else.
    PrintStream stdout = System.out;
    PrintStream people = json.people();
    PaperFolder folder = new PaperFolder(root);
    PaperReport report;
    try {
      System.setOut(people);
      PaperStages stages =
          new PaperStages(definition, folder, runtimes.get(0).name(), program, people);
      if (!stages.run()) {
        people.println("Paused. The same command continues it.");
        return 0;
      }
      people.println("Stage report");
      report = PaperReport.of(definition, name, folder, from);
      report.write();
    } finally {
      System.setOut(stdout);
    }
    people.println(report.text());
    people.println("Report: " + root.resolve("report.html").toAbsolutePath());
    json.print(report.json());
    return 0;
  }
}
