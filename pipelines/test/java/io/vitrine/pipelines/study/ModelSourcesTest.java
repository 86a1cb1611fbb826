package io.vitrine.pipelines.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.analysis.spec.Composition;
import io.vitrine.learning.ModelFile;
import io.vitrine.model.FeatureSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSourcesTest {
  @TempDir Path folder;

  private static Optional<Composition> liquid(double density, int a, int b) {
    return Optional.of(Composition.of(density, Map.of("A", a, "B", b)));
  }

  @Test
  void warnings_ofTheShippedModel_areForOtherLiquidsThanKobAndersen() throws Exception {
    ModelFile shipped = ModelFiles.read(List.of()).get("fluidity");
    assertThat(ModelSources.warnings(List.of(shipped), liquid(1.2, 3277, 819))).isEmpty();
    assertThat(ModelSources.warnings(List.of(shipped), Optional.empty())).isEmpty();
    assertThat(ModelSources.warnings(List.of(shipped), liquid(1.296, 500, 500)))
        .singleElement()
        .asString()
        .startsWith(
            "warning: the model fluidity was learnt on another liquid (density 1.200, A 0.800, B 0.200)"
                + " than this one (density 1.296, ");
  }

  @Test
  void warnings_ofAModelThatSaysNothing_areNone() throws Exception {
    Path path = folder.resolve("older.json");
    Files.writeString(path, ShippedModel.text().orElseThrow() + "\n");
    ModelFile older = ModelFiles.read(List.of(path)).get("older");
    assertThat(ModelSources.warnings(List.of(older), liquid(0.9, 500, 500))).isEmpty();
  }

  @Test
  void of_featuresWithTheSpeciesInAnotherOrder_takesTheModelByName() throws Exception {
    FeatureSpec turned = FeatureSpec.standard().withSpecies(List.of("B", "A"));
    assertThat(ModelFiles.withRadiiOf(turned, List.of())).containsKey("fluidity");
    Path path = folder.resolve("own.json");
    Files.writeString(path, ShippedModel.text().orElseThrow());
    FeatureSpec named = FeatureSpec.standard().withSpecies(List.of("Small", "Large"));
    assertThatThrownBy(() -> ModelFiles.of(named, List.of(path)))
        .hasMessage(
            "species of the simulations with --model own must be A, B (names=Small:A,Large:B in"
                + " --frames renames), but was Small, Large");
  }
}
