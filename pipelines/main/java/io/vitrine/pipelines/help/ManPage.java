package io.vitrine.pipelines.help;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page vitrine(1), in the man macros of roff, from the options themselves. */
final class ManPage {
  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  static String of(CommandLine program, String version) {
    ManPage man = new ManPage();
    CommandSpec root = program.getCommandSpec();
    man.page.append(".TH VITRINE 1 \"\" \"").append(escaped(version)).append("\"\n");
    man.heading("NAME");
    man.text("vitrine - " + lowerFirst(HelpText.sentence(root).replaceFirst("[.]$", "")));
    man.heading("SYNOPSIS");
    man.page.append(".B vitrine\n.I COMMAND\n[OPTIONS]\n");
    for (CommandLine command : program.getSubcommands().values()) {
      man.command(command.getCommandSpec());
    }
    man.heading("EXIT STATUS");
    man.term("0", List.of("done or paused"));
    man.term("1", List.of("failure"));
    man.term("2", List.of("wrong command line"));
    man.heading("ENVIRONMENT");
    man.term("JAVA_HOME", List.of("Java to run with"));
    man.term("VITRINE_JAVA_OPTS", List.of("options of Java, such as -Xmx8g"));
    man.term("VITRINE_TOKEN", List.of("asked for by a page whose address is not local"));
    man.term("PGPASSWORD", List.of("password of a PostgreSQL store"));
    man.term("NO_COLOR", List.of("when set, no colours in the terminal"));
    return man.page.toString();
  }

  private void command(CommandSpec command) {
    heading("vitrine " + command.name());
    text(HelpText.sentence(command));
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      term(parameter.paramLabel(), HelpText.paragraphs(parameter));
    }
    OptionGroups.of(command)
        .forEach(
            (heading, options) -> {
              page.append(".SS ").append(escaped(heading)).append('\n');
              options.forEach(o -> term(HelpText.name(o), HelpText.paragraphs(o)));
            });
    List<String> examples = HelpText.exampleLines(command);
    if (!examples.isEmpty()) {
      page.append(".SS Examples\n.nf\n");
      examples.forEach(line -> text("vitrine " + line));
      page.append(".fi\n");
    }
  }

  private void heading(String text) {
    page.append(".SH ").append(escaped(text)).append('\n');
  }

  private void term(String name, List<String> paragraphs) {
    page.append(".TP\n.B ").append(escaped(name)).append('\n');
    for (int p = 0; p < paragraphs.size(); p++) {
      page.append(p == 0 ? "" : ".br\n");
      text(paragraphs.get(p).strip());
    }
  }

  private void text(String line) {
    page.append(escaped(line)).append('\n');
  }

  /** A line that roff shows as it is. */
  private static String escaped(String line) {
    String text = line.replace("\\", "\\e").replace("-", "\\-");
    return text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text;
  }

  private static String lowerFirst(String text) {
    return text.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + text.substring(1);
  }
}
