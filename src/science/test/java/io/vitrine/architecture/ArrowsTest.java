package io.vitrine.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package of science may see which: the arrows of ARCHITECTURE.md. */
@AnalyzeClasses(packages = "io.vitrine", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArrowsTest {
  private static final String[] JDK = {"java..", "javax.."};

  @ArchTest static final ArchRule MODEL_SEES_ONLY_THE_JDK = mayImport("model");

  @ArchTest static final ArchRule GEOMETRY = mayImport("geometry", "io.vitrine.model..");

  @ArchTest
  static final ArchRule DYNAMICS =
      mayImport("dynamics", "io.vitrine.geometry..", "io.vitrine.model..");

  @ArchTest
  static final ArchRule STRUCTURE =
      mayImport("structure", "io.vitrine.geometry..", "io.vitrine.model..");

  @ArchTest
  static final ArchRule ENGINE = mayImport("engine", "io.vitrine.geometry..", "io.vitrine.model..");

  @ArchTest
  static final ArchRule FORMAT =
      mayImport("format", "io.vitrine.model..", "io.jhdf..", "com.github.luben.zstd..");

  @ArchTest static final ArchRule RESULTS = mayImport("results", "io.vitrine.model..");

  @ArchTest
  static final ArchRule LEARNING =
      mayImport(
          "learning",
          "io.vitrine.model..",
          "io.vitrine.structure..",
          "de.bwaldvogel.liblinear..",
          "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule ANALYSIS =
      mayImport(
          "analysis",
          "io.vitrine.model..",
          "io.vitrine.geometry..",
          "io.vitrine.structure..",
          "io.vitrine.dynamics..",
          "io.vitrine.format..",
          "io.vitrine.results..",
          "io.vitrine.learning..",
          "org.apache.commons.math3..");

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("io.vitrine.(*)..").should().beFreeOfCycles();

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
