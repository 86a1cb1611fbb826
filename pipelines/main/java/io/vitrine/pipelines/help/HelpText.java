package io.vitrine.pipelines.help;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The help of a command: options in their groups, descriptions wrapped once, examples as they are
 * typed.
 */
public final class HelpText {
  private static final int WIDTH = 80;
  private static final int INDENT = 26;

  private HelpText() {}

  /** Has a command and those below it show their help so. */
  public static void install(CommandLine line) {
    line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    line.getHelpSectionMap()
        .put(
            UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            help -> wrapped(sentence(help.commandSpec()), 0) + "\n");
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, HelpText::parameters);
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpText::options);
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpText::commands);
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, HelpText::examples);
    line.getSubcommands().values().forEach(HelpText::install);
  }

  /** What a command does, in one sentence. */
  public static String sentence(CommandSpec command) {
    String text = String.join(" ", command.usageMessage().description());
    return text.endsWith(".") ? text : text + ".";
  }

  /** A description as paragraphs: lines that were broken are joined, indented ones are items. */
  public static List<String> paragraphs(ArgSpec argument) {
    List<String> paragraphs = new ArrayList<>();
    boolean item = false;
    for (String line : argument.description()) {
      boolean isItem = line.startsWith("  ");
      if (paragraphs.isEmpty() || isItem || item) {
        paragraphs.add(line.stripTrailing());
      } else {
        int last = paragraphs.size() - 1;
        paragraphs.set(last, paragraphs.get(last) + " " + line.strip());
      }
      item = isItem;
    }
    if (argument.required()) {
      int last = paragraphs.size() - 1;
      paragraphs.set(last, paragraphs.get(last) + " (required)");
    }
    return paragraphs;
  }

  /** An option with its value, as one types it. */
  public static String name(OptionSpec option) {
    String names = String.join(", ", option.names());
    if (option.arity().max() == 0) {
      return names;
    }
    String label = option.paramLabel();
    return names + (option.arity().min() == 0 ? "[=" + label + "]" : " " + label);
  }

  /** Commands one may type, without the program's name. */
  public static List<String> exampleLines(CommandSpec command) {
    return List.of(command.usageMessage().footer());
  }

  private static String parameters(Help help) {
    StringBuilder text = new StringBuilder();
    for (PositionalParamSpec parameter : help.commandSpec().positionalParameters()) {
      if (!parameter.hidden()) {
        row(text, help, parameter.paramLabel(), paragraphs(parameter));
      }
    }
    return text.toString();
  }

  private static String options(Help help) {
    StringBuilder text = new StringBuilder();
    OptionGroups.of(help.commandSpec())
        .forEach(
            (heading, options) -> {
              text.append(String.format("%n%s:%n", heading));
              options.forEach(option -> row(text, help, name(option), paragraphs(option)));
            });
    return text.toString();
  }

  private static String commands(Help help) {
    StringBuilder text = new StringBuilder();
    if (!help.subcommands().isEmpty()) {
      text.append(String.format("%nCommands:%n"));
    }
    help.subcommands()
        .forEach(
            (name, command) -> row(text, help, name, List.of(sentence(command.commandSpec()))));
    return text.toString();
  }

  private static String examples(Help help) {
    StringBuilder text = new StringBuilder();
    List<String> lines = exampleLines(help.commandSpec());
    if (!lines.isEmpty()) {
      text.append(String.format("%nExamples:%n"));
      lines.forEach(line -> text.append(String.format("  vitrine %s%n", line)));
    }
    return text.toString();
  }

  /** A name in its column and what it means beside it. */
  private static void row(StringBuilder text, Help help, String name, List<String> paragraphs) {
    text.append("  ").append(help.colorScheme().optionText(name));
    int used = 2 + name.length();
    if (used + 2 > INDENT) {
      text.append(System.lineSeparator());
      used = 0;
    }
    text.append(" ".repeat(INDENT - used));
    for (int p = 0; p < paragraphs.size(); p++) {
      text.append(p == 0 ? "" : " ".repeat(INDENT));
      text.append(wrapped(paragraphs.get(p), INDENT)).append(System.lineSeparator());
    }
  }

  /** A text in lines that fit behind an indent; an item's later lines go in further. */
  static String wrapped(String paragraph, int indent) {
    String lead = paragraph.substring(0, paragraph.length() - paragraph.stripLeading().length());
    StringBuilder text = new StringBuilder(lead);
    String further = " ".repeat(indent + (lead.isEmpty() ? 0 : lead.length() + 2));
    int column = indent + lead.length();
    boolean first = true;
    for (String word : paragraph.strip().split(" ", -1)) {
      if (!first && column + 1 + word.length() > WIDTH - 1) {
        text.append(System.lineSeparator()).append(further);
        column = further.length();
      } else if (!first) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
      first = false;
    }
    return text.toString();
  }
}
