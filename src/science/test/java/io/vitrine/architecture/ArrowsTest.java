package io.vitrine.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/**
 * Which package of science may see which: the arrows of ARCHITECTURE.md.
 *
 * <p>Ordinary tests, not {@code @ArchTest} fields: Surefire 3.5.3 counts and runs none of those.
 */
final class ArrowsTest {
  private static final String[] JDK = {"java..", "javax.."};
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.vitrine");

  @Test
  void model_imports_areOfItsArrows() {
    mayImport("model").check(CLASSES);
  }

  @Test
  void geometry_imports_areOfItsArrows() {
    mayImport("geometry", "io.vitrine.model..").check(CLASSES);
  }

  @Test
  void dynamics_imports_areOfItsArrows() {
    mayImport("dynamics", "io.vitrine.geometry..", "io.vitrine.model..").check(CLASSES);
  }

  @Test
  void relaxation_imports_areOfItsArrows() {
    mayImport(
            "relaxation",
            "io.vitrine.dynamics..",
            "io.vitrine.geometry..",
            "io.vitrine.model..",
            "org.apache.commons.math3..")
        .check(CLASSES);
  }

  @Test
  void structure_imports_areOfItsArrows() {
    mayImport("structure", "io.vitrine.geometry..", "io.vitrine.model..").check(CLASSES);
  }

  @Test
  void engine_imports_areOfItsArrows() {
    mayImport("engine", "io.vitrine.geometry..", "io.vitrine.model..").check(CLASSES);
  }

  @Test
  void format_imports_areOfItsArrows() {
    mayImport("format", "io.vitrine.model..", "io.jhdf..", "com.github.luben.zstd..")
        .check(CLASSES);
  }

  @Test
  void results_imports_areOfItsArrows() {
    mayImport("results", "io.vitrine.model..").check(CLASSES);
  }

  @Test
  void learning_imports_areOfItsArrows() {
    mayImport("learning", "io.vitrine.model..", "io.vitrine.structure..", "com.fasterxml.jackson..")
        .check(CLASSES);
  }

  @Test
  void analysis_imports_areOfItsArrows() {
    mayImport(
            "analysis",
            "io.vitrine.model..",
            "io.vitrine.geometry..",
            "io.vitrine.structure..",
            "io.vitrine.dynamics..",
            "io.vitrine.relaxation..",
            "io.vitrine.format..",
            "io.vitrine.results..",
            "io.vitrine.learning..",
            "org.apache.commons.math3..")
        .check(CLASSES);
  }

  @Test
  void packages_inScience_areFreeOfCycles() {
    slices().matching("io.vitrine.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  private static ArchRule mayImport(String name, String... others) {
    String own = "io.vitrine." + name + "..";
    return classes()
        .that()
        .resideInAPackage(own)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(JDK).or(resideInAnyPackage(own)).or(resideInAnyPackage(others)))
        .allowEmptyShould(true);
  }
}
