package io.vitrine.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vitrine.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which package of science may see which: the arrows of ARCHITECTURE.md.
 *
 * <p>Ordinary tests, not {@code @ArchTest} fields: Surefire 3.5.3 counts and runs none of those.
 */
final class ArrowsTest {
  /** Each package, and what it may see beside itself and the JDK. */
  private static final String[] ARROWS = {
    "model:",
    "geometry: model",
    "dynamics: geometry model",
    "relaxation: dynamics geometry model org.apache.commons.math3",
    "structure: geometry model",
    "engine: geometry model",
    "format: model",
    "format.gsd: format model",
    "format.text: format model com.github.luben.zstd",
    "format.h5md: format format.text model io.jhdf",
    "format.lammps: format format.text model",
    "format.xyz: format format.text model",
    "format.trajectory: format format.gsd format.h5md format.lammps format.text format.xyz model",
    "format.imd: format format.gsd format.trajectory model",
    "format.wire: format model",
    "format.run: format format.trajectory format.wire model io.jhdf",
    "results.bins: model",
    "results.rows: model results.bins",
    "results: model results.bins results.rows",
    "learning.sampling: model",
    "learning: learning.sampling model structure com.fasterxml.jackson",
    "learning.ridge: learning model",
    "analysis.spec: dynamics learning.sampling model relaxation",
    "analysis.window: analysis.spec dynamics format.run format.wire learning learning.ridge"
        + " learning.sampling model results.bins results.rows structure",
    "analysis.sets: analysis.spec analysis.window format.run format.wire learning"
        + " learning.sampling model results results.rows structure",
    "analysis.bursts: analysis.spec analysis.window dynamics format format.run format.wire"
        + " learning learning.sampling model",
    "analysis.barriers: learning model relaxation results results.bins results.rows"
        + " org.apache.commons.math3",
    "analysis: analysis.bursts analysis.sets analysis.spec analysis.window dynamics format.run"
        + " learning.ridge learning.sampling model relaxation results.rows structure",
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.vitrine");

  @ParameterizedTest
  @MethodSource("arrows")
  void package_imports_areOfItsArrows(String arrow) {
    String[] own = arrow.split(": ?", 2);
    Set<String> seen = new TreeSet<>(Set.of("io.vitrine." + own[0]));
    Set<String> libraries = new TreeSet<>(Set.of("java.", "javax."));
    for (String name : own[1].isEmpty() ? new String[0] : own[1].split(" ")) {
      if (name.matches("(com|io|org)\\..*")) {
        libraries.add(name + ".");
      } else {
        seen.add("io.vitrine." + name);
      }
    }
    classes()
        .that()
        .resideInAPackage("io.vitrine." + own[0])
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are of " + seen + " or " + libraries,
                (JavaClass each) ->
                    seen.contains(each.getPackageName())
                        || each.getPackageName().isEmpty()
                        || libraries.stream()
                            .anyMatch(l -> (each.getPackageName() + ".").startsWith(l))))
        .check(CLASSES);
  }

  static String[] arrows() {
    return ARROWS;
  }

  @Test
  void packages_ofScience_allHaveArrows() throws IOException {
    Path sources = TestData.root().resolve("src/science/main/java/io/vitrine");
    Set<String> named = new TreeSet<>();
    for (String arrow : ARROWS) {
      named.add(arrow.substring(0, arrow.indexOf(':')));
    }

    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(sources)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
          .forEach(found::add);
    }
    assertThat(found).isEqualTo(named);
  }

  @Test
  void packages_inScience_areFreeOfCycles() {
    slices().matching("io.vitrine.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
