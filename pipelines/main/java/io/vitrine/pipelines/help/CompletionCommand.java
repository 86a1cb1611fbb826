package io.vitrine.pipelines.help;

import io.vitrine.model.Check;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine completion}: what a shell needs to complete commands and options. */
@Command(
    name = "completion",
    description = "Print the completion of commands and options for a shell.",
    footer = {
      "completion bash > ~/.local/share/bash-completion/completions/vitrine",
      "completion fish > ~/.config/fish/completions/vitrine.fish"
    },
    mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec self;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
  private String shell;

  @Override
  public Integer call() {
    CommandLine program = self.root().commandLine();
    System.out.print(
        switch (shell) {
          // The script for bash turns on bashcompinit where zsh reads it.
          case "bash", "zsh" -> AutoComplete.bash("vitrine", program);
          case "fish" -> fish(program);
          default -> throw Check.refuse("SHELL", "be bash, zsh or fish", "'" + shell + "'");
        });
    return 0;
  }

  private static String fish(CommandLine program) {
    StringBuilder text = new StringBuilder();
    program
        .getSubcommands()
        .forEach(
            (name, command) -> {
              String what = HelpText.sentence(command.getCommandSpec());
              text.append("complete -c vitrine -n __fish_use_subcommand -f -a ").append(name);
              text.append(" -d ").append(quoted(what)).append('\n');
              for (OptionSpec option : command.getCommandSpec().options()) {
                if (option.hidden()) {
                  continue;
                }
                text.append("complete -c vitrine -n '__fish_seen_subcommand_from ");
                text.append(name).append('\'');
                for (String each : option.names()) {
                  text.append(each.startsWith("--") ? " -l " : " -s ");
                  text.append(each.replaceFirst("^--?", ""));
                }
                // Only a value that must be there is a word of its own.
                text.append(option.arity().min() > 0 ? " -r" : "").append(" -d ");
                text.append(quoted(HelpText.paragraphs(option).get(0))).append('\n');
              }
            });
    return text.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
