package io.vitrine.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Classes, packages and options that the documents name are there. */
final class DocumentedNamesTest {
  private static final Path ROOT = Path.of(System.getProperty("vitrine.root", "."));

  /** Names of others. */
  private static final Set<String> FOREIGN =
      Set.of("MapState", "NoClassDefFoundError", "StandardScaler", "TestStream");

  /** A class of two words or more, with a member or without; one of one word has a member. */
  private static final Pattern CLASS =
      Pattern.compile(
          "`([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+|[A-Z][a-z]+(?=\\.[a-z]))(?:\\.(\\w+))?`");

  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");
  private static final Pattern STEP = Pattern.compile("\\b([A-Z][a-z]+(?:[A-Z][a-zA-Z]*)+)\\b");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[A-Za-z][\\w-]*");

  @Test
  void classes_inBackticks_exist() throws IOException {
    Map<String, String> sources = sources();
    int found = 0;
    for (Path page : pages()) {
      Matcher named = CLASS.matcher(Files.readString(page));
      while (named.find()) {
        if (FOREIGN.contains(named.group(1))) {
          continue;
        }
        assertThat(sources.keySet()).as(page + ": " + named.group()).contains(named.group(1));
        if (named.group(2) != null) {
          assertThat(sources.get(named.group(1)))
              .as(page + ": " + named.group())
              .containsPattern("\\b" + named.group(2) + "\\b");
        }
        found++;
      }
    }
    assertThat(found).isGreaterThan(70);
  }

  @Test
  void steps_ofTheDrawnJourney_exist() throws IOException {
    String drawn = Files.readString(ROOT.resolve("ARCHITECTURE.md")).split("```", -1)[1];
    Matcher step = STEP.matcher(drawn);
    Set<String> declared = sources().keySet();
    int found = 0;
    while (step.find()) {
      assertThat(declared).contains(step.group(1));
      found++;
    }
    assertThat(found).isGreaterThan(10);
  }

  @Test
  void rooms_ofTheMap_areTheFoldersWithCode() throws IOException {
    Set<String> drawn = new TreeSet<>();
    for (String line : Files.readAllLines(ROOT.resolve("ARCHITECTURE.md"))) {
      if (line.matches("\\| `.*")) {
        String before = "";
        Matcher room = Pattern.compile("`([^`]+)`").matcher(line.split("\\|", -1)[1]);
        while (room.find()) {
          // ".h5md" after "format.gsd" is format.h5md.
          String name =
              room.group(1).startsWith(".")
                  ? before.substring(0, before.lastIndexOf('.')) + room.group(1)
                  : room.group(1);
          before = before.isEmpty() || !room.group(1).startsWith(".") ? name : before;
          drawn.add(name);
        }
      }
    }
    Set<String> rooms = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(DocumentedNamesTest::isMain).toList()) {
        Path folder = file.getParent();
        rooms.add(folder.toString().replaceFirst(".*/main/java/io/vitrine/", "").replace('/', '.'));
      }
    }
    // Without steps of its own, and run by hand.
    rooms.removeAll(Set.of("streaming", "benchmarks"));

    assertThat(drawn).isEqualTo(rooms);
  }

  @Test
  void options_onAllPages_exist() throws IOException {
    Set<String> known = new TreeSet<>();
    for (CommandLine command : Vitrine.commands(List.of()).getSubcommands().values()) {
      known.addAll(command.getCommandSpec().optionsMap().keySet());
    }
    // Of runners/flink/bin/cluster.
    known.addAll(Set.of("--dir", "--taskmanagers", "--slots"));
    for (Path page : pages()) {
      Matcher option = OPTION.matcher(Files.readString(page));
      while (option.find()) {
        assertThat(known).as(page.toString()).contains(option.group());
      }
    }
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String name : List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")) {
      pages.add(ROOT.resolve(name));
    }
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
    }
    return pages;
  }

  private static boolean isMain(Path file) {
    String path = file.toString();
    return path.endsWith(".java")
        && path.contains("/main/java/io/vitrine/")
        && !path.contains("/target/");
  }

  /** The text of each file with code, by the classes it declares. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file :
          files
              .filter(path -> path.toString().endsWith(".java"))
              .filter(path -> !path.toString().contains("/target/"))
              .toList()) {
        String text = Files.readString(file);
        Matcher declared = DECLARED.matcher(text);
        while (declared.find()) {
          sources.merge(declared.group(1), text, String::concat);
        }
      }
    }
    return sources;
  }
}
