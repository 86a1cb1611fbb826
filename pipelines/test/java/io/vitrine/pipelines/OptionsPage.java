package io.vitrine.pipelines;

import io.vitrine.pipelines.help.HelpText;
import io.vitrine.pipelines.help.OptionGroups;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code docs/options.md}: every option of every command, from the command line itself. */
final class OptionsPage {
  /** Options that every command has. */
  private static final List<String> EVERYWHERE = List.of("--help", "--version", "--debug");

  private OptionsPage() {}

  static String text() {
    StringBuilder page =
        new StringBuilder(
            """
            # Every option of every command

            This page is written by the build from the command line. `./vitrine COMMAND --help` and the manual page (`./vitrine man`)
            say the same. Every command also has `--help`, `--version` and `--debug` (print the stack trace of a failure).
            """);
    for (CommandLine command : Vitrine.commands(List.of()).getSubcommands().values()) {
      command(page, command.getCommandSpec());
    }
    return page.toString();
  }

  private static void command(StringBuilder page, CommandSpec command) {
    page.append("\n## ").append(command.name()).append("\n\n");
    page.append(escape(HelpText.sentence(command))).append("\n");
    StringBuilder parameters = new StringBuilder();
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      row(parameters, parameter.paramLabel(), parameter);
    }
    OptionGroups.of(command)
        .forEach(
            (heading, options) -> {
              StringBuilder rows = new StringBuilder(parameters);
              parameters.setLength(0);
              for (OptionSpec option : options) {
                if (!EVERYWHERE.contains(option.longestName())) {
                  row(rows, HelpText.name(option), option);
                }
              }
              if (!rows.isEmpty()) {
                boolean only = heading.equals(OptionGroups.ALL);
                page.append(only ? "" : "\n**" + heading + "**\n");
                page.append("\n| option | meaning |\n|---|---|\n").append(rows);
              }
            });
  }

  private static void row(StringBuilder page, String name, ArgSpec argument) {
    page.append("| `").append(name.replace("|", "\\|")).append("` | ");
    StringBuilder meaning = new StringBuilder();
    boolean before = false;
    for (String paragraph : HelpText.paragraphs(argument)) {
      boolean item = paragraph.startsWith("  ");
      meaning.append(meaning.length() == 0 ? "" : item || before ? "<br>" : " ");
      before = item;
      meaning.append(paragraph.strip().replaceAll(" {3,}", ": "));
    }
    page.append(escape(meaning.toString())).append(" |\n");
  }

  private static String escape(String text) {
    return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_");
  }
}
