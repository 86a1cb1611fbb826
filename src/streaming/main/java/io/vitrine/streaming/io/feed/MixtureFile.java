package io.vitrine.streaming.io.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vitrine.engine.Mixture;
import io.vitrine.engine.PairLaw;
import io.vitrine.model.Check;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * A mixture as YAML: {@code name}, {@code source}, {@code dimensions}, {@code density}, {@code
 * melt}; {@code species}, each with {@code name}, {@code fraction}, {@code mass} (1) and {@code
 * diameter} (sigma of the pair with itself); {@code pairs}, each with {@code between: [A, B]},
 * {@code potential} (lennard-jones, wca, inverse-power, harmonic), {@code epsilon}, {@code sigma},
 * {@code cutoff} and {@code shift} (energy, none, smooth) where the potential leaves a choice, and
 * {@code exponent} of an inverse power. Numbers in units of epsilon_AA, sigma_AA, m_A.
 *
 * <p>What is wrong is refused with file, key, rule and value.
 */
final class MixtureFile {
  private static final double MELT = 2.0;
  private static final Set<String> KEYS =
      Set.of("name", "source", "dimensions", "density", "melt", "species", "pairs");
  private static final Set<String> SPECIES_KEYS = Set.of("name", "fraction", "mass", "diameter");
  private static final Set<String> WCA_KEYS = Set.of("between", "potential", "epsilon", "sigma");
  private static final Set<String> HARMONIC_KEYS = WCA_KEYS;
  private static final Set<String> LENNARD_JONES_KEYS =
      Set.of("between", "potential", "epsilon", "sigma", "cutoff", "shift");
  private static final Set<String> POWER_KEYS =
      Set.of("between", "potential", "exponent", "epsilon", "sigma", "cutoff", "shift");

  private final String file;

  private MixtureFile(String file) {
    this.file = file;
  }

  /** Reads one whole; {@code file} is what refusals call it. */
  static Mixture read(String file, InputStream in) throws IOException {
    ObjectMapper yaml =
        new ObjectMapper(new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION));
    JsonNode root;
    try {
      root = yaml.readTree(in);
    } catch (JsonProcessingException e) {
      String what = e.getOriginalMessage().lines().findFirst().orElse("");
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw Check.refuse(file, "be YAML", what + " (line " + line + ")");
    }
    return new MixtureFile(file).mixture(root);
  }

  /** Reads one of {@link MixtureText}. */
  static Mixture parse(String json) {
    try {
      return new MixtureFile("mixture").mixture(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw Check.refuse("mixture", "be JSON", e.getOriginalMessage());
    }
  }

  private Mixture mixture(JsonNode root) {
    checkKeys("mixture", root, KEYS);
    String name = text("name", root.get("name"));
    int dimensions = whole("dimensions", root.get("dimensions"));
    double density = number("density", root.get("density"));
    double melt = root.has("melt") ? number("melt", root.get("melt")) : MELT;
    List<String> names = names(list("species", root.get("species")));
    List<PairLaw> pairs = pairs(names, list("pairs", root.get("pairs")));
    List<Mixture.Component> components = new ArrayList<>();
    for (int t = 0; t < names.size(); t++) {
      JsonNode species = root.get("species").get(t);
      PairLaw own = pairs.get(indexOf(t, t, names.size()));
      components.add(component(names.get(t), species, own));
    }
    try {
      return new Mixture(name, dimensions, density, melt, components, pairs);
    } catch (IllegalArgumentException e) {
      throw located("", e);
    }
  }

  private List<String> names(JsonNode species) {
    List<String> names = new ArrayList<>();
    for (int t = 0; t < species.size(); t++) {
      String key = "species[" + t + "]";
      checkKeys(key, species.get(t), SPECIES_KEYS);
      names.add(text(key + ".name", species.get(t).get("name")));
    }
    if (Set.copyOf(names).size() < names.size()) {
      throw refuse("species", "have names of their own", names);
    }
    return names;
  }

  private Mixture.Component component(String name, JsonNode species, PairLaw own) {
    String key = "species " + name;
    try {
      return new Mixture.Component(
          name,
          number(key + ".fraction", species.get("fraction")),
          species.has("mass") ? number(key + ".mass", species.get("mass")) : 1,
          species.has("diameter")
              ? number(key + ".diameter", species.get("diameter"))
              : own.sigma());
    } catch (IllegalArgumentException e) {
      throw located("species: ", e);
    }
  }

  private List<PairLaw> pairs(List<String> names, JsonNode pairs) {
    int n = names.size();
    PairLaw[] laws = new PairLaw[n * (n + 1) / 2];
    for (int k = 0; k < pairs.size(); k++) {
      String key = "pairs[" + k + "]";
      JsonNode between = pairs.get(k).get("between");
      if (between == null || !between.isArray() || between.size() != 2) {
        throw refuse(key + ".between", "name two species, [A, B]", shown(between));
      }
      int first = names.indexOf(between.get(0).asText());
      int second = names.indexOf(between.get(1).asText());
      if (first < 0 || second < 0) {
        throw refuse(key + ".between", "name species of " + names, shown(between));
      }
      int index = indexOf(first, second, n);
      String pair = between.get(0).asText() + "-" + between.get(1).asText();
      if (laws[index] != null) {
        throw refuse("pairs", "hold each pair of species once", pair + " twice");
      }
      laws[index] = law("pair " + pair, pairs.get(k));
    }
    for (int first = 0; first < n; first++) {
      for (int second = first; second < n; second++) {
        if (laws[indexOf(first, second, n)] == null) {
          String pair = names.get(first) + "-" + names.get(second);
          throw refuse("pairs", "hold each pair of species once", "without " + pair);
        }
      }
    }
    return Arrays.asList(laws);
  }

  /** Where a pair of types is among 00, 01, ..., 11, 12, ... */
  private static int indexOf(int type, int other, int n) {
    int low = Math.min(type, other);
    return low * n - low * (low - 1) / 2 + Math.max(type, other) - low;
  }

  private PairLaw law(String key, JsonNode node) {
    String potential = text(key + ".potential", node.get("potential"));
    Set<String> keys =
        switch (potential) {
          case "lennard-jones" -> LENNARD_JONES_KEYS;
          case "inverse-power" -> POWER_KEYS;
          case "wca" -> WCA_KEYS;
          case "harmonic" -> HARMONIC_KEYS;
          default ->
              throw refuse(
                  key + ".potential",
                  "be lennard-jones, wca, inverse-power or harmonic",
                  "'" + potential + "'");
        };
    checkKeys(key + " (" + potential + ")", node, keys);
    double epsilon = number(key + ".epsilon", node.get("epsilon"));
    double sigma = number(key + ".sigma", node.get("sigma"));
    try {
      return switch (potential) {
        case "wca" -> PairLaw.wca(epsilon, sigma);
        case "harmonic" -> PairLaw.harmonic(epsilon, sigma);
        default -> {
          double cutoff = number(key + ".cutoff", node.get("cutoff"));
          PairLaw law =
              keys == POWER_KEYS
                  ? PairLaw.inversePower(
                      whole(key + ".exponent", node.get("exponent")), epsilon, sigma, cutoff)
                  : PairLaw.lennardJones(epsilon, sigma, cutoff);
          yield node.has("shift") ? law.with(cut(key + ".shift", node.get("shift"))) : law;
        }
      };
    } catch (IllegalArgumentException e) {
      throw located(key + ": ", e);
    }
  }

  private PairLaw.Cut cut(String key, JsonNode node) {
    String text = text(key, node);
    return switch (text) {
      case "energy" -> PairLaw.Cut.ENERGY;
      case "none" -> PairLaw.Cut.NONE;
      case "smooth" -> PairLaw.Cut.SMOOTH;
      default -> throw refuse(key, "be energy, none or smooth", "'" + text + "'");
    };
  }

  private void checkKeys(String where, JsonNode node, Set<String> allowed) {
    if (!node.isObject()) {
      throw refuse(where, "hold keys and values", shown(node));
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String key = names.next();
      if (!allowed.contains(key)) {
        throw refuse(
            "key '" + key + "' of " + where,
            "be one of " + allowed.stream().sorted().toList(),
            shown(node.get(key)));
      }
    }
  }

  private JsonNode list(String key, JsonNode node) {
    if (node == null || !node.isArray() || node.isEmpty()) {
      throw refuse(key, "be a list with at least one entry", shown(node));
    }
    return node;
  }

  private String text(String key, JsonNode node) {
    if (node == null || !node.isValueNode() || node.isNull() || node.asText().isBlank()) {
      throw refuse(key, "be a word", shown(node));
    }
    return node.asText();
  }

  private double number(String key, JsonNode node) {
    if (node == null || !node.isNumber()) {
      throw refuse(key, "be a number", shown(node));
    }
    return node.doubleValue();
  }

  private int whole(String key, JsonNode node) {
    if (node == null || !node.isInt()) {
      throw refuse(key, "be a whole number", shown(node));
    }
    return node.intValue();
  }

  private static String shown(JsonNode node) {
    return node == null || node.isNull() ? "absent" : node.toString();
  }

  private IllegalArgumentException refuse(String key, String rule, Object value) {
    return Check.refuse(file + ": " + key, rule, value);
  }

  /** A refusal of the engine, with the place; one of ours has it already. */
  private IllegalArgumentException located(String key, IllegalArgumentException e) {
    return e.getMessage().startsWith(file + ": ")
        ? e
        : new IllegalArgumentException(file + ": " + key + e.getMessage(), e);
  }
}
