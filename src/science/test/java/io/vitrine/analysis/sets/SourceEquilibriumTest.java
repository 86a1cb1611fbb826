package io.vitrine.analysis.sets;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.TrainingSet;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.ResultsStore;
import io.vitrine.results.rows.EquilibriumRow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceEquilibriumTest {
  @TempDir private Path folder;
  private String url;

  @BeforeEach
  void store() throws Exception {
    url = "jdbc:sqlite:" + folder.resolve("store.sqlite");
    try (ResultsStore store = ResultsStore.open(url)) {
      store.apply(
          List.of(
              row("cold", 100_000, "too short", 90),
              row("cold", 900_000, "equilibrated", 26.5),
              row("hot", 900_000, "ageing", Double.NaN)));
    }
  }

  private static EquilibriumRow row(String id, long millis, String verdict, double tauAlpha) {
    return new EquilibriumRow(
        "s", id, millis, verdict, 0, tauAlpha, 1, 0, Double.NaN, "the numbers");
  }

  private static TrainingSet set(String... simulations) {
    FeatureSpec spec = FeatureSpec.standard();
    TrainingSet.Builder builder = TrainingSet.of(spec).attribute("rule", "fluidity");
    float[] features = new float[spec.featureCount()];
    for (String simulation : simulations) {
      features[3]++;
      builder.add(1, new TrainingSet.Origin(simulation, 7, 20, 18, 0.3), features, 0);
    }
    return builder.build();
  }

  private TrainingSet added(TrainingSet set) throws Exception {
    Path file = folder.resolve("set.h5");
    try (ResultsReader reader = ResultsReader.open(url)) {
      TrainingSetFile.write(file, SourceEquilibrium.added(set, reader, "s"));
    }
    return TrainingSetFile.read(file);
  }

  @Test
  void added_oneSimulation_carriesItsNewestVerdictAndTheSameSamples() throws Exception {
    TrainingSet set = set("cold", "cold");

    TrainingSet read = added(set);

    assertThat(read.attributes())
        .containsEntry("verdict", "equilibrated")
        .containsEntry("tau_alpha", 26.5)
        .containsEntry("rule", "fluidity");
    assertThat(read.features()).isEqualTo(set.features());
    assertThat(read.simulations()).isEqualTo(set.simulations());
  }

  @Test
  void added_severalSimulations_carriesOneOfEach() throws Exception {
    TrainingSet read = added(set("cold", "hot", "unknown"));

    assertThat(read.attributes())
        .containsEntry("verdict cold", "equilibrated")
        .containsEntry("verdict hot", "ageing")
        .containsEntry("tau_alpha hot", Double.NaN)
        .doesNotContainKeys("verdict", "verdict unknown");
  }
}
