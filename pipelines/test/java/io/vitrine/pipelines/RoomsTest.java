package io.vitrine.pipelines;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rooms of streaming, serving and pipelines: which of them see which, and that all rooms are
 * small enough to find something in. The arrows of science are tested there.
 */
final class RoomsTest {
  private static final int MOST_FILES = 26;
  private static final int MOST_LINES = 400;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.vitrine");

  @Test
  void packages_ofAllModules_areFreeOfCycles() {
    ArchRule free = slices().matching("io.vitrine.(**)").should().beFreeOfCycles();
    free.check(CLASSES);
  }

  /** What a room may see of streaming, serving and pipelines; of science it may see all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "streaming.coders : ''",
        "streaming.io.feed : ''",
        "streaming.io : streaming.coders streaming.io.feed",
        "streaming.transforms : streaming.coders streaming.io streaming.io.feed",
        "serving.alarms : ''",
        "serving : serving.alarms",
        "pipelines.run : serving serving.alarms streaming.io.feed",
        "pipelines.study : pipelines.run streaming.io.feed streaming.transforms",
        "pipelines.help : pipelines.run",
        "pipelines.figures : ''",
        "pipelines.info : pipelines.run pipelines.study streaming.io.feed",
        "pipelines.simulate : pipelines.run streaming.io.feed",
        "pipelines.propensity : pipelines.run streaming.io.feed",
        "pipelines.train : pipelines.run pipelines.study streaming.io.feed streaming.transforms",
        "pipelines.compare : pipelines.run streaming.io.feed streaming.transforms",
        "pipelines.paper : pipelines.figures pipelines.run pipelines.study streaming.io.feed",
        "pipelines.monitor : pipelines.run pipelines.study pipelines.train serving.alarms"
            + " streaming.io streaming.io.feed streaming.transforms",
      })
  void room_imports_areOfItsArrows(String room, String others) {
    List<String> seen = List.of(others.split(" "));
    classes()
        .that()
        .resideInAPackage("io.vitrine." + room)
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are of " + room + " or " + seen,
                (JavaClass each) ->
                    !each.getPackageName()
                            .matches("io\\.vitrine\\.(streaming|serving|pipelines)\\b.*")
                        || each.getPackageName().equals("io.vitrine." + room)
                        || seen.contains(each.getPackageName().replace("io.vitrine.", ""))))
        .check(CLASSES);
  }

  @Test
  void packages_ofMainCode_haveAPackageInfoAndFewFiles() throws IOException {
    Map<Path, Integer> files = new TreeMap<>();
    sources(path -> path.toString().contains("/main/java/"))
        .forEach(file -> files.merge(file.getParent(), 1, Integer::sum));

    assertThat(files).hasSizeGreaterThan(40);
    files.forEach(
        (folder, count) -> {
          assertThat(folder.resolve("package-info.java")).exists();
          assertThat(count).as(folder.toString()).isLessThanOrEqualTo(MOST_FILES);
        });
  }

  @Test
  void files_ofCodeAndTests_areShort() throws IOException {
    for (Path file : sources(path -> true).toList()) {
      try (Stream<String> lines = Files.lines(file)) {
        assertThat(lines.count()).as(file.toString()).isLessThanOrEqualTo(MOST_LINES);
      }
    }
  }

  /** A step with state has a test of its own that sends it elements in an order it decides. */
  @Test
  void transforms_withState_haveATestWithAStream() throws IOException {
    int found = 0;
    for (Path file : sources(path -> path.toString().contains("/streaming/main/java/")).toList()) {
      if (Files.readString(file).contains("@StateId(")) {
        String test =
            file.toString()
                .replace("/main/java/", "/test/java/")
                .replaceFirst("\\.java$", "Test.java");
        assertThat(Path.of(test)).content().contains("TestStream");
        found++;
      }
    }
    assertThat(found).isGreaterThan(5);
  }

  private static Stream<Path> sources(Predicate<Path> wanted) throws IOException {
    Path root = Path.of(System.getProperty("vitrine.root", "."));
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(path -> path.toString().endsWith(".java"))
          .filter(path -> path.toString().matches(".*/(main|test)/java/.*"))
          .filter(path -> !path.toString().contains("/target/"))
          .filter(wanted)
          .toList()
          .stream();
    }
  }
}
