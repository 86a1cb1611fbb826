package io.vitrine.pipelines;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** No circle between packages, in science, streaming, serving and pipelines. */
final class CyclesTest {
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
}
