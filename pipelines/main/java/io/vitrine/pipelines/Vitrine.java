package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.format.FileTrouble;
import io.vitrine.pipelines.compare.CompareCommand;
import io.vitrine.pipelines.help.CompletionCommand;
import io.vitrine.pipelines.help.HelpText;
import io.vitrine.pipelines.help.ManCommand;
import io.vitrine.pipelines.help.Spelling;
import io.vitrine.pipelines.info.InfoCommand;
import io.vitrine.pipelines.monitor.MonitorCommand;
import io.vitrine.pipelines.paper.ReproduceCommand;
import io.vitrine.pipelines.propensity.PropensityCommand;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.HeapBound;
import io.vitrine.pipelines.run.Program;
import io.vitrine.pipelines.run.Runtime;
import io.vitrine.pipelines.simulate.SimulateCommand;
import io.vitrine.pipelines.train.TrainCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

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
    version = "vitrine " + Program.VERSION,
    footer = {"monitor", "monitor --help"},
    synopsisSubcommandLabel = "COMMAND")
public final class Vitrine {
  @CommandLine.Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "show stack traces of failures")
  @SuppressWarnings("UnusedVariable") // read from the arguments, before anything can fail
  private boolean debug;

  private Vitrine() {}

  /** All commands with their options, for running them or writing them down. */
  static CommandLine commands(List<Runtime> runtimes) {
    CommandLine line = new CommandLine(new Vitrine());
    line.addSubcommand(new InfoCommand());
    line.addSubcommand(new MonitorCommand(runtimes));
    line.addSubcommand(new SimulateCommand());
    line.addSubcommand(new ForwardCommand());
    line.addSubcommand(new PropensityCommand());
    line.addSubcommand(new TrainCommand());
    line.addSubcommand(new ScoreCommand());
    line.addSubcommand(new AnalyzeCommand());
    line.addSubcommand(new CompareCommand());
    line.addSubcommand(new ReproduceCommand(runtimes, words -> run(runtimes, words)));
    line.addSubcommand(new ServeCommand());
    line.addSubcommand(new StopCommand(runtimes));
    line.addSubcommand(new CompletionCommand());
    line.addSubcommand(new ManCommand());
    HelpText.install(line);
    return line;
  }

  /** Runs a command with the runtimes at hand and returns the exit code. */
  public static int run(List<Runtime> runtimes, String... args) {
    CommandLine line = commands(runtimes);
    List<String> all = Arrays.asList(args);
    boolean showTrace = all.contains("--debug");
    boolean json = all.contains("--json");
    line.setParameterExceptionHandler(
        (e, arguments) -> {
          PrintWriter err = e.getCommandLine().getErr();
          report(err, json, usage(e), showTrace ? e : null);
          String what = e.getCommandLine() == line ? "commands" : "options";
          err.println("'vitrine " + name(e.getCommandLine()) + "--help' lists the " + what + ".");
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
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      report(line.getErr(), json, HeapBound.exhausted(e).orElseThrow(), showTrace ? e : null);
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  /** What is wrong with the words that were typed, and what may have been meant. */
  private static String usage(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unknown) || unknown.getUnmatched().isEmpty()) {
      return e.getMessage();
    }
    CommandLine command = e.getCommandLine();
    String word = unknown.getUnmatched().get(0);
    if (unknown.isUnknownOption()) {
      String name = word.replaceFirst("=.*", "");
      Set<String> options = command.getCommandSpec().optionsMap().keySet();
      return "unknown option "
          + name
          + Spelling.nearest(name, options).map(Vitrine::meant).orElse("");
    }
    if (command.getParent() == null) {
      Set<String> commands = command.getSubcommands().keySet();
      return "unknown command "
          + word
          + Spelling.nearest(word, commands).map(Vitrine::meant).orElse("");
    }
    return "'" + word + "' is no option, and " + command.getCommandName() + " takes no such word";
  }

  private static String meant(String word) {
    return ", did you mean " + word + "?";
  }

  private static String name(CommandLine line) {
    return line.getParent() == null ? "" : line.getCommandName() + " ";
  }

  private static void report(PrintWriter err, boolean json, String message, Throwable trace) {
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
    if (e instanceof IOException failure) {
      return FileTrouble.of(failure);
    }
    if (e instanceof io.vitrine.results.StoreException) {
      return message == null ? e.toString() : message;
    }
    return HeapBound.exhausted(e).orElse(e + " (--debug shows where)");
  }
}
