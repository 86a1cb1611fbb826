package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/**
 * The command line. Exit codes: 0 done or paused, 1 failure, 2 usage.
 *
 * <p>A failure is one line on stderr; with {@code --json} also {@code {"error": "..."}} on stdout;
 * the stack trace only with {@code --debug}.
 */
@Command(
    name = "vitrine",
    description = "Watches glass-forming molecular dynamics while it runs.",
    mixinStandardHelpOptions = true,
    version = "vitrine " + Vitrine.VERSION,
    synopsisSubcommandLabel = "COMMAND")
public final class Vitrine {
  /** Version of the program, stored with every model and run. */
  public static final String VERSION = "0.1.0";

  @CommandLine.Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "show stack traces of failures")
  @SuppressWarnings("UnusedVariable") // read from the arguments, before anything can fail
  private boolean debug;

  private Vitrine() {}

  /** Runs a command with the runtimes at hand and returns the exit code. */
  public static int run(List<Runtime> runtimes, String... args) {
    CommandLine line = new CommandLine(new Vitrine());
    line.addSubcommand(new MonitorCommand(runtimes));
    line.addSubcommand(new SimulateCommand());
    line.addSubcommand(new ForwardCommand());
    line.addSubcommand(new TrainCommand());
    line.addSubcommand(new ScoreCommand());
    line.addSubcommand(new AnalyzeCommand());
    line.addSubcommand(new ReproduceCommand(runtimes));
    line.addSubcommand(new ServeCommand());
    line.addSubcommand(new StopCommand(runtimes));
    List<String> all = Arrays.asList(args);
    boolean showTrace = all.contains("--debug");
    boolean json = all.contains("--json");
    line.setParameterExceptionHandler(
        (e, arguments) -> {
          PrintWriter err = e.getCommandLine().getErr();
          report(err, json, e.getMessage(), showTrace ? e : null);
          err.println("'vitrine " + name(e.getCommandLine()) + "--help' lists the options.");
          return CommandLine.ExitCode.USAGE;
        });
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          report(command.getErr(), json, message(e), showTrace ? e : null);
          return e instanceof IllegalArgumentException
              ? CommandLine.ExitCode.USAGE
              : CommandLine.ExitCode.SOFTWARE;
        });
    if (args.length == 0) {
      line.usage(System.out);
      return CommandLine.ExitCode.OK;
    }
    return line.execute(args);
  }

  private static String name(CommandLine line) {
    return line.getParent() == null ? "" : line.getCommandName() + " ";
  }

  private static void report(PrintWriter err, boolean json, String message, Exception trace) {
    String firstLine = message.lines().findFirst().orElse(message);
    err.println("vitrine: " + firstLine);
    if (trace != null) {
      trace.printStackTrace(err);
    }
    err.flush();
    if (json) {
      ObjectNode node = new ObjectMapper().createObjectNode().put("error", firstLine);
      System.out.println(node);
    }
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    if (e instanceof FailureException || e instanceof IllegalArgumentException) {
      return message;
    }
    if (e instanceof io.vitrine.results.StoreException || e instanceof java.io.IOException) {
      return message == null ? e.toString() : message;
    }
    return e + " (--debug shows where)";
  }
}
