package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.results.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The simulations of the paper through the main job, and what is trained on them.
 *
 * <p>Three jobs, each a run folder that goes on where it was interrupted: {@code fluid} (hot
 * temperatures, tails of p_hop), {@code cold} (softness and test temperature, softness rule), then
 * {@code statistics} (all temperatures from other velocities, scored by all classifiers at once).
 * What {@link PaperTraining} makes in between stands in {@code models/} and {@code training/}.
 */
final class PaperStages {
  static final String SOFTNESS = "S";

  private final PaperScale scale;
  private final Path output;
  private final List<Runtime> runtimes;
  private final PrintStream people;

  PaperStages(PaperScale scale, Path output, List<Runtime> runtimes, PrintStream people) {
    this.scale = scale;
    this.output = output;
    this.runtimes = runtimes;
    this.people = people;
  }

  /** Name of a fluidity classifier. */
  static String fluidity(double temperature) {
    return "F" + temperature;
  }

  Path folder(String job) {
    return output.resolve("runs").resolve(job);
  }

  String store(String job) {
    return "jdbc:sqlite:" + folder(job).resolve("store.sqlite");
  }

  Path model(String name) {
    return output.resolve("models").resolve(name + ".json");
  }

  Path set(String name) {
    return output.resolve("training").resolve(name + ".h5");
  }

  Path reportFile(String name) {
    return output.resolve("training").resolve(name + ".json");
  }

  /** The report of a classifier's training. */
  JsonNode report(String name) throws IOException {
    return new ObjectMapper().readTree(reportFile(name).toFile());
  }

  /** Names of the six classifiers: fluidities by temperature, then softness. */
  List<String> classifiers() {
    List<String> names = new ArrayList<>();
    scale.fluid().temperatures().forEach(t -> names.add(fluidity(t)));
    names.add(SOFTNESS);
    return names;
  }

  /** Runs what has not been run; false when it was interrupted. */
  boolean run() throws FailureException, StoreException, IOException {
    if (!monitor(
        "fluid",
        scale.fluid().temperatures(),
        scale.fluid().until(),
        scale.seed(),
        List.of(
            "--no-model",
            "--immobile-vs-random",
            "--softness-size",
            "1",
            "--tail-fraction",
            String.valueOf(scale.largestFraction())))) {
      return false;
    }
    List<Double> cold = List.of(scale.softness().temperature(), scale.test().temperature());
    if (!monitor(
        "cold",
        cold,
        Math.max(scale.softness().until(), scale.test().until()),
        scale.seed(),
        List.of(
            "--no-model",
            "--quiet",
            scale.quiet(),
            "--softness-size",
            String.valueOf(scale.softnessSize())))) {
      return false;
    }
    StageCost cost = StageCost.now();
    new PaperTraining(scale, this, people).run();
    cost.addTo(output.resolve("stages").resolve("training.json"));
    List<String> arguments = new ArrayList<>(List.of("--softness-size", "1"));
    for (String name : classifiers()) {
      arguments.add("--model");
      arguments.add(model(name).toString());
    }
    return monitor(
        "statistics",
        scale.statistics().temperatures(),
        scale.statistics().until(),
        scale.seed() + 1,
        arguments);
  }

  static String id(double temperature) {
    return "T" + temperature;
  }

  private boolean monitor(
      String job, List<Double> temperatures, double until, long seed, List<String> more)
      throws FailureException, IOException {
    Path folder = folder(job);
    if (Files.exists(folder.resolve("DONE"))) {
      people.println("Stage " + job + ": done");
      return true;
    }
    people.println("Stage " + job + ": " + temperatures + " until " + until + " tau");
    List<String> words = new ArrayList<>(List.of("monitor", "--study", job));
    for (double t : temperatures) {
      words.add("--frames");
      words.add("simulate:?T=" + t + "&N=" + scale.particles() + "&seed=" + seed + "&id=" + id(t));
    }
    words.addAll(List.of("--until", String.valueOf(until), "--output", folder.toString()));
    words.addAll(List.of("--runner", runtimes.get(0).name()));
    words.addAll(more);
    StageCost cost = StageCost.now();
    int exit = Vitrine.run(runtimes, words.toArray(String[]::new));
    cost.addTo(output.resolve("stages").resolve(job + ".json"));
    if (exit != 0) {
      throw new FailureException("stage " + job + " failed (see " + folder + "/logs)");
    }
    return Files.exists(folder.resolve("DONE"));
  }

  static void writeAside(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Path aside = path.resolveSibling(path.getFileName() + ".part");
    Files.writeString(aside, text);
    Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
