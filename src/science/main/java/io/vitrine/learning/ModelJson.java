package io.vitrine.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Models as JSON that people can read: {@code weights[d], bias, means[d], deviations[d],
 * features{radii, delta, cutoff, species, dimensions (where it is 2), scale_distances (diameter,
 * where they are divided by mean diameters), sets, names}, learner, label, particles, lambda,
 * pearson{}, temperature, C, sigma, bias_train, bias_best, accuracies{}, bias_scan{bias[],
 * training[], ...}, convention{}, training_set{sha256, n}, version}.
 *
 * <p>{@code weights}, {@code bias}, {@code means}, {@code deviations} and {@code features} are
 * needed; the rest says where the model comes from and may be left out or null. Keys not named here
 * are left alone. Numbers are written in full: reading gives the same bits. Every refusal names
 * file, key, rule and value.
 */
public final class ModelJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String SCALE = "scale_distances";
  private static final String DIAMETER = "diameter";
  private static final String SUFFIX = ".json";
  private static final String RIDGE = "ridge";

  private ModelJson() {}

  /** Reads a model; its name is the file's base name without {@code .json}. */
  public static Model read(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException(path + ": no such file, expected a model (JSON)");
    }
    String file = path.getFileName().toString();
    String name = file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
    try {
      return parse(name, Files.readString(path));
    } catch (JsonProcessingException e) {
      throw new IOException(path + ": not JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  /** The JSON of a model: equal models give equal text. */
  public static String text(Model model) {
    Model.Origin origin = model.origin();
    ObjectNode root = MAPPER.createObjectNode();
    Model.Regression regression = origin.regression();
    if (regression != null) {
      root.put("learner", RIDGE);
      root.put("label", regression.label());
      root.put("particles", regression.particles());
    }
    root.set("weights", numbers(model.weights()));
    root.put("bias", model.bias());
    root.set("means", numbers(model.standardization().means()));
    root.set("deviations", numbers(model.standardization().deviations()));
    ObjectNode features = root.putObject("features");
    features.set("radii", numbers(model.spec().radii()));
    features.put("delta", model.spec().delta());
    features.put("cutoff", model.spec().cutoff());
    model.spec().species().forEach(features.putArray("species")::add);
    if (model.spec().dimensions() != 3) {
      features.put("dimensions", model.spec().dimensions());
    }
    if (model.spec().hasScaledDistances()) {
      features.put(SCALE, DIAMETER);
    }
    if (regression != null || !model.sets().isRadialOnly()) {
      features.put("sets", model.sets().toString());
      features.set("names", MAPPER.valueToTree(model.sets().names()));
    }
    if (regression != null) {
      root.put("lambda", regression.lambda());
      root.set("pearson", MAPPER.valueToTree(regression.pearson()));
    }
    put(root, "temperature", origin.temperature());
    put(root, "C", known(origin.c()));
    put(root, "sigma", origin.sigma());
    put(root, "bias_train", origin.biasTrain());
    put(root, "bias_best", origin.biasBest());
    root.set("accuracies", MAPPER.valueToTree(origin.accuracies()));
    if (!origin.biasScan().isEmpty()) {
      root.set("bias_scan", MAPPER.valueToTree(origin.biasScan()));
    }
    root.set("convention", MAPPER.valueToTree(origin.convention()));
    root.putObject("training_set").put("sha256", origin.sha256()).put("n", origin.samples());
    root.put("version", origin.version());
    try {
      return MAPPER.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A model from its JSON. */
  public static Model parse(String name, String text) throws JsonProcessingException {
    JsonNode root = MAPPER.readTree(text);
    if (root == null || !root.isObject()) {
      throw Check.refuse("model", "be a JSON object", root == null ? "empty" : root.getNodeType());
    }
    JsonNode features = root.path("features");
    if (!features.isObject()) {
      throw Check.refuse("features", "be an object", shown(features));
    }
    FeatureSpec radial =
        FeatureSpec.of(
                array(features, "features.", "radii", -1),
                number(features, "features.", "delta"),
                number(features, "features.", "cutoff"))
            .withSpecies(species(features.path("species")))
            .withDimensions(features.path("dimensions").asInt(3))
            .withScaledDistances(scaled(features.path(SCALE)));
    String named = features.path("sets").asText("");
    FeatureSets sets =
        named.isEmpty() ? FeatureSets.radialOnly(radial) : FeatureSets.parse(named, radial);
    int d = sets.count();
    JsonNode set = root.path("training_set");
    Model.Origin origin =
        new Model.Origin(
            optional(root, "temperature"),
            optional(root, "C").orElse(Double.NaN),
            optional(root, "sigma"),
            optional(root, "bias_train"),
            optional(root, "bias_best"),
            map(root, "accuracies"),
            scan(root),
            map(root, "convention"),
            set.path("sha256").asText(""),
            set.path("n").asLong(0),
            root.path("version").asText(""),
            regression(root));
    double[] weights = array(root, "", "weights", d);
    double bias = number(root, "", "bias");
    Standardization standardization =
        Standardization.of(array(root, "", "means", d), array(root, "", "deviations", d));
    return Model.of(name, weights, bias, standardization, sets, origin);
  }

  private static Model.Regression regression(JsonNode root) {
    String learner = root.path("learner").asText("svm");
    if (learner.equals("svm")) {
      return null;
    }
    if (!learner.equals(RIDGE)) {
      throw Check.refuse("learner", "be svm or " + RIDGE, learner);
    }
    return new Model.Regression(
        root.path("label").asText(""),
        root.path("particles").asText(""),
        number(root, "", "lambda"),
        map(root, "pearson"));
  }

  /** Twelve hexadecimal digits that differ where anything in the models differs but the name. */
  public static String fingerprint(Model model) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text(model).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static ArrayNode numbers(double[] values) {
    ArrayNode array = MAPPER.createArrayNode();
    for (double v : values) {
      array.add(v);
    }
    return array;
  }

  private static void put(ObjectNode root, String key, OptionalDouble value) {
    if (value.isPresent()) {
      root.put(key, value.getAsDouble());
    } else {
      root.putNull(key);
    }
  }

  private static OptionalDouble known(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** {@code length} -1 takes any. */
  private static double[] array(JsonNode parent, String prefix, String key, int length) {
    JsonNode node = parent.path(key);
    if (!node.isArray()) {
      throw Check.refuse(prefix + key, "be an array of numbers", shown(node));
    }
    if (length >= 0) {
      Check.length(prefix + key, node.size(), length);
    }
    double[] values = new double[node.size()];
    for (int k = 0; k < values.length; k++) {
      values[k] = finite(prefix + key + "[" + k + "]", node.get(k));
    }
    return values;
  }

  private static double number(JsonNode parent, String prefix, String key) {
    return finite(prefix + key, parent.path(key));
  }

  private static OptionalDouble optional(JsonNode parent, String key) {
    JsonNode node = parent.path(key);
    return node.isMissingNode() || node.isNull()
        ? OptionalDouble.empty()
        : OptionalDouble.of(finite(key, node));
  }

  private static double finite(String key, JsonNode node) {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw Check.refuse(key, "be a finite number", shown(node));
    }
    return node.doubleValue();
  }

  private static boolean scaled(JsonNode node) {
    if (!node.isMissingNode() && !node.isNull() && !node.asText().equals(DIAMETER)) {
      throw Check.refuse("features." + SCALE, "be " + DIAMETER + " or missing", shown(node));
    }
    return node.isTextual();
  }

  /** A and B where nothing is said. */
  private static List<String> species(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Target.A_AND_B;
    }
    List<String> names = new ArrayList<>();
    node.forEach(name -> names.add(name.asText()));
    if (!node.isArray() || names.isEmpty()) {
      throw Check.refuse("features.species", "be an array of names", shown(node));
    }
    return names;
  }

  private static Map<String, Object> map(JsonNode root, String key) {
    JsonNode node = root.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return Map.of();
    }
    if (!node.isObject()) {
      throw Check.refuse(key, "be an object", shown(node));
    }
    Map<String, Object> map = new LinkedHashMap<>();
    node.fields()
        .forEachRemaining(
            e -> map.put(e.getKey(), MAPPER.convertValue(e.getValue(), Object.class)));
    return map;
  }

  /** Curves over the bias, all of one length. */
  private static Map<String, Object> scan(JsonNode root) {
    Map<String, Object> scan = new LinkedHashMap<>();
    for (String key : map(root, "bias_scan").keySet()) {
      JsonNode curves = root.path("bias_scan");
      double[] values = array(curves, "bias_scan.", key, curves.path("bias").size());
      scan.put(key, Arrays.stream(values).boxed().toList());
    }
    return scan;
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode() ? "missing" : node.toString();
  }
}
