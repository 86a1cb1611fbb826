package io.vitrine.pipelines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that users read, and the commands on them. */
public final class DocumentedCommands {
  private static final Path ROOT = Path.of(System.getProperty("vitrine.root"));
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private DocumentedCommands() {}

  /** README.md and the pages of docs. */
  public static List<Path> pages() {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(page -> page.toString().endsWith(".md")).sorted())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Words of each {@code ./vitrine} line in the code blocks of a page, without that word. */
  public static List<List<String>> of(Path page) {
    List<List<String>> commands = new ArrayList<>();
    boolean code = false;
    try {
      for (String line : Files.readString(page).replace("\\\n", " ").lines().toList()) {
        code ^= line.startsWith("```");
        if (code && line.startsWith("./vitrine ")) {
          commands.add(words(line.substring("./vitrine ".length())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return commands;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }
}
