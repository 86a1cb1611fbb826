package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.engine.Mixture;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.engine.StartConfigurations;
import io.vitrine.model.Check;
import io.vitrine.model.Particles;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.RunFolder;
import io.vitrine.pipelines.study.SpeciesChoice;
import io.vitrine.pipelines.study.StudyFile;
import io.vitrine.streaming.io.feed.FrameUri;
import io.vitrine.streaming.io.feed.Mixtures;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How much of the paper is simulated: a file of {@code pipelines/definitions} or of one's own.
 *
 * @param particles N of every simulation
 * @param seed of the simulations that are trained on
 * @param tailFraction fraction f of each tail that the classifiers are trained on
 * @param tailFractions fractions that are compared at T = 1.2 (or the nearest)
 * @param softnessSize hops and quiet runs wanted at the temperature of softness
 * @param readings of what the paper leaves open, side by side; one or more of frames as they are
 * @param fluid training temperatures above onset
 * @param softness temperature softness is trained at
 * @param test temperature of the test set
 * @param statistics the runs in which all classifiers score and rearrangements are counted
 * @param mixture name or file of another mixture than the paper's, or null
 * @param density of another density than the mixture's, or null
 * @param dimensions of the mixture, to be refused where it has others, or null
 */
record PaperScale(
    int particles,
    long seed,
    double tailFraction,
    List<Double> tailFractions,
    int softnessSize,
    List<PaperReading> readings,
    Stretch fluid,
    Stretch softness,
    Stretch test,
    CountingRuns statistics,
    String mixture,
    Double density,
    Integer dimensions) {

  /** Keys that may be left out: then the paper's mixture is meant, and the mixture's own. */
  private static final Set<String> OPTIONAL = Set.of("mixture", "density", "dimensions");

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE);

  /**
   * Simulations of equal length.
   *
   * @param temperatures epsilon / k_B
   * @param until last time, tau
   */
  record Stretch(List<Double> temperatures, double until) {
    Stretch {
      temperatures = List.copyOf(temperatures);
      temperatures.forEach(t -> Check.positive("temperature", t));
      Check.positive("until", until);
    }

    double temperature() {
      return temperatures.get(0);
    }
  }

  PaperScale {
    Check.positive("particles", particles);
    Check.positive("softness-size", softnessSize);
    readings = List.copyOf(readings);
    List<String> quiets =
        readings.stream()
            .filter(PaperReading::isThermal)
            .map(PaperReading::quiet)
            .distinct()
            .toList();
    if (quiets.size() != 1) {
      throw Check.refuse(
          "readings", "have one p_l for the frames as they are, which one run collects", quiets);
    }
    tailFractions = List.copyOf(tailFractions);
    if (density != null) {
      Check.positive("density", density);
    }
    int space = Mixtures.of(mixture == null ? Mixtures.DEFAULT : mixture).dimensions();
    if (dimensions != null && dimensions != space) {
      throw Check.refuse("dimensions", "be those of the mixture, " + space, dimensions);
    }
  }

  /** Whether this is the paper's mixture, whose numbers are printed. */
  boolean isThePapers() {
    return (mixture == null || mixture.equals(Mixtures.DEFAULT)) && density == null;
  }

  /** What is printed of a classifier; null where nothing is. */
  PaperValues printed(double temperature) {
    return isThePapers() ? PaperValues.TABLE.get(temperature) : null;
  }

  /** Where the frames of a simulation that is trained on come from. */
  FrameUri frames(double temperature) {
    return frames(temperature, seed, PaperFolder.id(temperature), 0);
  }

  /** Where the frames of a counted run come from. */
  FrameUri frames(CountingRuns.Run run) {
    return frames(run.temperature(), run.seed(), run.id(), run.rest());
  }

  private FrameUri frames(double temperature, long seedOfRun, String id, long rest) {
    String uri = "simulate:?T=" + temperature + "&N=" + particles + "&seed=" + seedOfRun;
    uri += "&id=" + id;
    uri += rest == 0 ? "" : "&equilibrate=" + rest;
    uri += mixture == null ? "" : "&mixture=" + mixture.replace("%", "%25").replace("&", "%26");
    return FrameUri.parse(density == null ? uri : uri + "&density=" + density);
  }

  /** What is measured: as by default, of the species and dimensions of the mixture. */
  AnalysisSpec analysis() throws FailureException {
    Mixture simulated = frames(fluid.temperature()).mixture();
    Particles all = new MixtureSpec(particles, simulated).particles();
    return AnalysisSpec.standard()
        .withTargets(SpeciesChoice.of(null).choose(simulated.name(), SpeciesChoice.counts(all)))
        .withDimensions(simulated.dimensions());
  }

  /** The reading whose test set all fluidities are tested on: the first of frames as they are. */
  PaperReading thermal() {
    return readings.stream().filter(PaperReading::isThermal).findFirst().orElseThrow();
  }

  /** Names of a reading's classifiers: fluidities by temperature, then softness. */
  List<String> classifiers(PaperReading reading) {
    List<String> names = new ArrayList<>();
    fluid.temperatures().forEach(t -> names.add(reading.fluidity(t)));
    names.add(reading.softness());
    return names;
  }

  /** The runs in which rearrangements are counted. */
  List<CountingRuns.Run> counted() {
    Set<Double> trained = new TreeSet<>(fluid.temperatures());
    trained.addAll(softness.temperatures());
    trained.addAll(test.temperatures());
    return statistics.runs(
        trained, seed, t -> isThePapers() ? StartConfigurations.seeds(particles, t) : List.of());
  }

  /** Set temperature of a simulation. */
  double temperature(String simulation) {
    String id = simulation.replaceFirst("-r\\d+$", "");
    return Stream.of(
            fluid.temperatures(),
            softness.temperatures(),
            test.temperatures(),
            statistics.temperatures())
        .flatMap(List::stream)
        .filter(t -> PaperFolder.id(t).equals(id))
        .findFirst()
        .orElseThrow(() -> Check.refuse("simulation", "be one of the definition's", simulation));
  }

  /** Largest fraction that is collected. */
  double largestFraction() {
    return Math.max(
        tailFraction, tailFractions.stream().mapToDouble(Double::doubleValue).max().orElse(0));
  }

  /** The training temperature whose choices are varied. */
  double varied() {
    double best = fluid.temperature();
    for (double t : fluid.temperatures()) {
      if (Math.abs(t - 1.2) < Math.abs(best - 1.2)) {
        best = t;
      }
    }
    return best;
  }

  /** Text of a definition: a shipped one by name, or a file. */
  static String text(String name) throws FailureException {
    try {
      if (StudyFile.isNamedBy(name)) {
        return Files.readString(Path.of(name));
      }
      try (InputStream in = PaperScale.class.getResourceAsStream("definitions/" + name + ".yaml")) {
        if (in == null || !name.matches("[a-z]+")) {
          throw Check.refuse("--scale", "be smoke, small, full or FILE.yaml", "'" + name + "'");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new FailureException(name + ": cannot be read: " + RunFolder.reason(e), e);
    }
  }

  static PaperScale parse(String name, String text) {
    try {
      JsonNode tree = YAML.readTree(text);
      require(tree, PaperScale.class, "definition " + name + ": ");
      return YAML.treeToValue(tree, PaperScale.class);
    } catch (ValueInstantiationException e) {
      // A value that is refused; the parser would name our class.
      throw new IllegalArgumentException(
          "definition " + name + ": " + e.getCause().getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("definition " + name + ": " + e.getOriginalMessage(), e);
    }
  }

  /** Refuses a tree that lacks a key, with its name. */
  private static void require(JsonNode tree, Class<?> type, String where) {
    for (RecordComponent part : type.getRecordComponents()) {
      String key = new PropertyNamingStrategies.KebabCaseStrategy().translate(part.getName());
      if (!tree.has(key) && !OPTIONAL.contains(key)) {
        throw new IllegalArgumentException(where + "expected the key '" + key + "', found none");
      }
      if (part.getType().isRecord()) {
        require(tree.get(key), part.getType(), where + key + ": ");
      }
      if (key.equals("readings")) {
        for (JsonNode reading : tree.get(key)) {
          require(reading, PaperReading.class, where + key + ": ");
        }
      }
    }
  }
}
