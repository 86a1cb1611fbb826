package io.vitrine.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.model.FeatureSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void read_whatWasWritten_isEqualBitForBit() throws IOException {
    Model model = model("fluidity");
    Path path = folder.resolve("fluidity.json");

    Files.writeString(path, ModelJson.text(model));
    Model back = ModelJson.read(path);

    assertThat(back).isEqualTo(model);
    assertThat(back.weights()).isEqualTo(model.weights());
    assertThat(ModelJson.text(back)).isEqualTo(ModelJson.text(model));
    assertThat(back.name()).isEqualTo("fluidity");
  }

  @Test
  void text_model_hasTheKeysOfTheContract() throws IOException {
    JsonNode root = MAPPER.readTree(ModelJson.text(model("m")));

    assertThat(root.fieldNames())
        .toIterable()
        .contains(
            "weights",
            "bias",
            "means",
            "deviations",
            "features",
            "temperature",
            "C",
            "accuracies",
            "bias_scan",
            "convention",
            "training_set",
            "version");
    assertThat(root.get("features").fieldNames())
        .toIterable()
        .containsExactly("radii", "delta", "cutoff", "species");
    assertThat(root.get("training_set").fieldNames()).toIterable().containsExactly("sha256", "n");
  }

  @Test
  void score_handWorkedModel_subtractsTheBias() {
    Model model = model("m");
    double[] f = {99, 3, 5, 7, 9};

    // z = (3-1)/1, (5-2)/2, (7-3)/3, (9-4)/4; w = 0.1, 0.2, 0.3, 0.4; b = 0.25.
    double raw = 0.1 * 2 + 0.2 * 1.5 + 0.3 * (4 / 3.0) + 0.4 * 1.25;
    assertThat(model.raw(f, 1)).isCloseTo(raw, within(1e-15));
    assertThat(model.score(f, 1)).isCloseTo(raw - 0.25, within(1e-15));
  }

  @Test
  void read_onlyWhatIsNeeded_isTaken() throws IOException {
    String text =
        "{\"weights\":[1,2],\"bias\":0,\"means\":[0,0],\"deviations\":[1,1],"
            + "\"features\":{\"radii\":[1],\"delta\":0.2,\"cutoff\":2.2},\"remark\":\"mine\"}";

    Model model = ModelJson.parse("m", text);

    assertThat(model.origin()).isEqualTo(Model.Origin.unknown());
    assertThat(ModelJson.text(model)).doesNotContain("bias_scan");
  }

  @Test
  void read_badModels_nameFileKeyRuleAndValue() throws IOException {
    assertRefused(m -> m.remove("bias"), "bias must be a finite number, but was missing");
    assertRefused(m -> m.putArray("weights").add(1), "weights must have 4 entries, but was 1");
    assertRefused(
        m -> ((ObjectNode) m.get("features")).put("delta", -1),
        "delta must be > 0 and finite, but was -1.0");
    assertRefused(
        m -> m.putArray("deviations").add(1).add(2).add(0).add(1),
        "deviations[2] must be > 0 and finite, but was 0.0");
    assertRefused(
        m -> m.putArray("means").add(1).add("two").add(0).add(1),
        "means[1] must be a finite number, but was \"two\"");
    assertRefused(
        m -> ((ObjectNode) m.get("features")).put("species", "A"),
        "features.species must be an array of names, but was \"A\"");
    assertRefused(
        m -> ((ObjectNode) m.get("features")).putArray("species").add("A").add("B").add("C"),
        "weights must have 6 entries, but was 4");
    assertRefused(m -> m.remove("features"), "features must be an object, but was missing");
    assertRefused(m -> m.put("accuracies", 3), "accuracies must be an object, but was 3");
    assertRefused(
        m -> ((ObjectNode) m.get("bias_scan")).putArray("training").add(1),
        "bias_scan.training must have 3 entries, but was 1");
  }

  @Test
  void read_noJsonOrNoFile_isRefusedByName() throws IOException {
    Path text = Files.writeString(folder.resolve("text.json"), "weights = 3");
    assertThatThrownBy(() -> ModelJson.read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text.json: not JSON");
    assertThatThrownBy(() -> ModelJson.read(folder.resolve("none.json")))
        .hasMessageContaining("none.json: no such file");
  }

  @Test
  void fingerprint_otherBias_differsAndOtherNameDoesNot() {
    Model model = model("m");
    Model moved =
        Model.of("m", model.weights(), 0.26, model.standardization(), model.spec(), model.origin());

    assertThat(ModelJson.fingerprint(model.named("n"))).isEqualTo(ModelJson.fingerprint(model));
    assertThat(ModelJson.fingerprint(moved)).isNotEqualTo(ModelJson.fingerprint(model));
    assertThat(ModelJson.fingerprint(model)).matches("[0-9a-f]{12}");
  }

  private void assertRefused(Consumer<ObjectNode> damage, String reason) throws IOException {
    ObjectNode root = (ObjectNode) MAPPER.readTree(ModelJson.text(model("bad")));
    damage.accept(root);
    Path path = Files.writeString(folder.resolve("bad.json"), root.toString());
    assertThatThrownBy(() -> ModelJson.read(path))
        .isInstanceOf(IOException.class)
        .hasMessage(path + ": " + reason);
  }

  private static Model model(String name) {
    return Model.of(
        name,
        new double[] {0.1, 0.2, 0.3, 0.4},
        0.25,
        Standardization.of(new double[] {1, 2, 3, 4}, new double[] {1, 2, 3, 4}),
        FeatureSpec.evenly(0.7, 2, 0.2),
        new Model.Origin(
            OptionalDouble.of(1.2),
            0.01,
            OptionalDouble.of(1 / 3.0),
            OptionalDouble.empty(),
            OptionalDouble.of(-0.4),
            Map.of("cross_validation", List.of(0.5, 0.6)),
            Map.of("bias", List.of(-1.0, 0.0, 1 / 3.0), "training", List.of(0.5, 0.7, 0.6)),
            Map.of("rule", "fluidity"),
            "ab12",
            628,
            "0.1.0",
            null));
  }
}
