package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vitrine.pipelines.help.HelpText;
import io.vitrine.pipelines.help.OptionGroups;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/** Help, manual page and completion, which all come from the command line itself. */
final class HelpTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private static Stream<CommandLine> commands() {
    CommandLine program = Vitrine.commands(List.of());
    return Stream.concat(Stream.of(program), program.getSubcommands().values().stream());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_anyCommand_fits80ColumnsAndEndsWithTwoExamplesThatParse(CommandLine command) {
    String help = command.getUsageMessage(Ansi.OFF);
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    List<String> examples = HelpText.exampleLines(command.getCommandSpec());
    assertThat(examples).hasSize(2);
    assertThat(help).contains("Examples:").endsWith("  vitrine " + examples.get(1) + "\n");
    for (String example : examples) {
      List<String> words = new ArrayList<>();
      Matcher word = WORD.matcher(example.replaceFirst(" [|>] .*", ""));
      while (word.find()) {
        words.add(word.group(1) == null ? word.group(2) : word.group(1));
      }
      assertThatCode(() -> Vitrine.commands(List.of()).parseArgs(words.toArray(String[]::new)))
          .as(example)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void help_monitor_hasEveryOptionInOneGroupAndTheEightThatMatterFirst() {
    CommandLine monitor = Vitrine.commands(List.of()).getSubcommands().get("monitor");
    Map<String, List<OptionSpec>> groups = OptionGroups.of(monitor.getCommandSpec());
    assertThat(groups.values().stream().flatMap(List::stream))
        .doesNotContainNull()
        .doesNotHaveDuplicates()
        .containsAll(monitor.getCommandSpec().options());
    assertThat(groups.values().iterator().next()).hasSize(8);
    assertThat(groups.get("Others"))
        .extracting(OptionSpec::longestName)
        .containsExactlyInAnyOrder("--help", "--version", "--debug");
  }

  @Test
  void help_program_listsEveryCommandWithItsWholeSentence() {
    CommandLine program = Vitrine.commands(List.of());
    String help = program.getUsageMessage(Ansi.OFF).replaceAll("\\s+", " ");
    program
        .getSubcommands()
        .forEach(
            (name, command) ->
                assertThat(help)
                    .contains(" " + name + " " + HelpText.sentence(command.getCommandSpec())));
  }

  @Test
  void man_page_isCleanRoffWithEveryOption(@TempDir Path folder) throws Exception {
    Ran ran = Ran.run(List.of(), "man");
    assertThat(ran.exit()).isZero();
    commands()
        .flatMap(command -> command.getCommandSpec().options().stream())
        .forEach(o -> assertThat(ran.out()).contains(o.longestName().replace("-", "\\-")));
    Path page = folder.resolve("vitrine.1");
    Files.writeString(page, ran.out());
    assumeTrue(isThere("groff"), "groff is not there");
    Path said = folder.resolve("said");
    Process groff =
        new ProcessBuilder("groff", "-man", "-ww", "-Tutf8", page.toString())
            .redirectError(said.toFile())
            .redirectOutput(folder.resolve("page.txt").toFile())
            .start();
    assertThat(groff.waitFor()).isZero();
    assertThat(said).isEmptyFile();
    String shown = Files.readString(folder.resolve("page.txt")).replaceAll(".\b", "");
    assertThat(shown).contains("--hop-threshold P\n").contains("vitrine serve runs/default\n");
  }

  @Test
  void completion_bash_completesCommandsAndOptions(@TempDir Path folder) throws Exception {
    Ran ran = Ran.run(List.of(), "completion", "bash");
    Path script = folder.resolve("vitrine.bash");
    Files.writeString(script, ran.out());
    assumeTrue(isThere("bash"), "bash is not there");
    assertThat(completed(script, folder, "vitrine", "mon")).containsExactly("monitor");
    assertThat(completed(script, folder, "vitrine", "monitor", "--until"))
        .contains("--until", "--until-quiet")
        .doesNotContain("--frames");
  }

  @Test
  void completion_fishAndOthers_namesOptionsOrIsRefused() {
    Ran fish = Ran.run(List.of(), "completion", "fish");
    assertThat(fish.out())
        .contains("complete -c vitrine -n __fish_use_subcommand -f -a monitor -d ")
        .contains("complete -c vitrine -n '__fish_seen_subcommand_from monitor' -l until -r -d ");
    assertThat(Ran.run(List.of(), "completion", "tcsh").err())
        .contains("SHELL must be bash, zsh or fish, but was 'tcsh'");
  }

  private static List<String> completed(Path script, Path folder, String... words)
      throws Exception {
    Path out = folder.resolve("completed");
    String ask =
        "source '"
            + script
            + "'; COMP_WORDS=("
            + String.join(" ", words)
            + "); COMP_CWORD="
            + (words.length - 1)
            + "; COMP_LINE=\"${COMP_WORDS[*]}\"; _complete_vitrine; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", ask)
            .redirectOutput(out.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(bash.waitFor()).isZero();
    return Files.readAllLines(out).stream().map(String::strip).toList();
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
