package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.AnalysisSpec;
import io.vitrine.analysis.FluiditySet;
import io.vitrine.analysis.SoftnessRule;
import io.vitrine.analysis.SoftnessSet;
import io.vitrine.analysis.TrainingSpec;
import io.vitrine.format.ShardFolder;
import io.vitrine.format.TrainingSetFile;
import io.vitrine.learning.ModelJson;
import io.vitrine.learning.TrainOptions;
import io.vitrine.learning.Training;
import io.vitrine.model.TrainingSet;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The simulations of the paper through the main job, and what is trained on them.
 *
 * <p>Three jobs, each a run folder that goes on where it was interrupted: {@code fluid} (hot
 * temperatures, tails of p_hop), {@code cold} (softness and test temperature, softness rule), then
 * {@code statistics} (all temperatures from other velocities, scored by all classifiers at once).
 * What is trained in between stands in {@code models/} and {@code training/}.
 */
final class PaperStages {
  static final String SOFTNESS = "S";

  /** Fewer samples of a class than this teach nothing. */
  private static final int FEWEST_SAMPLES = 50;

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

  /** The report of a classifier's training. */
  JsonNode report(String name) throws IOException {
    return new ObjectMapper().readTree(output.resolve("training").resolve(name + ".json").toFile());
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
    train();
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
    Cost cost = Cost.now();
    int exit = Vitrine.run(runtimes, words.toArray(String[]::new));
    cost.addTo(output.resolve("stages").resolve(job + ".json"));
    if (exit != 0) {
      throw new FailureException("stage " + job + " failed (see " + folder + "/logs)");
    }
    return Files.exists(folder.resolve("DONE"));
  }

  private void train() throws IOException, StoreException, FailureException {
    Cost cost = Cost.now();
    TrainingSet test = softness(scale.test().temperature(), "test");
    List<Callable<Void>> tasks = new ArrayList<>();
    double varied = scale.varied();
    List<Double> scan = List.of(1e-4, 1e-3, 1e-2, 1e-1, 1.0, 1e1, 1e2);
    List<Double> fractions = new ArrayList<>(scale.tailFractions());
    fractions.sort(Comparator.reverseOrder()); // the longest first
    for (double f : fractions) {
      String name = fluidity(varied) + "-f" + f;
      tasks.add(() -> one(name, fluid(varied, f, 0, name), test, scan));
    }
    tasks.add(
        () -> one(SOFTNESS, softness(scale.softness().temperature(), SOFTNESS), test, List.of()));
    for (double t : scale.fluid().temperatures()) {
      String name = fluidity(t);
      tasks.add(
          () -> one(name, fluid(t, scale.tailFraction(), scale.thin(), name), test, List.of()));
    }
    String random = fluidity(varied) + "-random";
    tasks.add(() -> one(random, random(varied, random), test, List.of()));
    all(tasks);
    cost.addTo(output.resolve("stages").resolve("training.json"));
  }

  /** Runs them side by side on the cores there are. */
  private static void all(List<Callable<Void>> tasks) throws FailureException {
    ExecutorService cores =
        Executors.newFixedThreadPool(java.lang.Runtime.getRuntime().availableProcessors());
    try {
      for (Future<Void> done : cores.invokeAll(tasks)) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw new FailureException("training failed: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException("training was interrupted", e);
    } finally {
      cores.shutdownNow();
    }
  }

  private Void one(String name, TrainingSet set, TrainingSet test, List<Double> scan)
      throws IOException {
    Path report = output.resolve("training").resolve(name + ".json");
    if (Files.exists(report)) {
      return null;
    }
    TrainOptions options =
        TrainOptions.standard(Vitrine.VERSION).withBulk(true).withDepth(scan.isEmpty());
    Training.Result result =
        Training.run(
            List.of(set),
            Optional.of(test),
            options.withScan(scan),
            TrainingSetFile.sha256(List.of(set(name))),
            part -> {});
    Files.createDirectories(output.resolve("models"));
    ModelJson.write(model(name), result.model());
    Map<String, Object> all = new LinkedHashMap<>(result.report());
    all.put("low", set.count(-1));
    all.put("high", set.count(1));
    all.put("attributes", set.attributes());
    writeAside(report, new ObjectMapper().writeValueAsString(all));
    people.println(
        "  trained "
            + name
            + " on "
            + set.count()
            + ": sigma "
            + result.report().get("sigma")
            + ", b_best "
            + result.report().get("bias_best"));
    return null;
  }

  /** The softness set of a temperature: of the size wanted, or half, a quarter, ... of it. */
  private TrainingSet softness(double temperature, String name)
      throws IOException, FailureException {
    if (Files.exists(set(name))) {
      return TrainingSetFile.read(set(name));
    }
    for (int size = scale.softnessSize(); size >= FEWEST_SAMPLES; size /= 2) {
      SoftnessSet set = softnessSet(temperature, size);
      if (Math.min(set.hops(), set.quiet()) >= FEWEST_SAMPLES) {
        write(name, balanced(set.build(temperature)));
        return TrainingSetFile.read(set(name));
      }
    }
    throw new FailureException(
        "T = "
            + temperature
            + ", p_l "
            + scale.quiet()
            + ": fewer than "
            + FEWEST_SAMPLES
            + " hops or quiet runs of 120 tau; a longer run or more particles give more");
  }

  private SoftnessSet softnessSet(double temperature, int size) throws IOException {
    SoftnessRule rule =
        new SoftnessRule(SoftnessRule.quietThreshold("quiet", scale.quiet()), size, false);
    TrainingSpec training =
        new TrainingSpec(
            TrainingSpec.Label.P_HOP,
            TrainingSpec.TAIL_FRACTION,
            TrainingSpec.TAIL_CAPACITY,
            0,
            false,
            rule);
    AnalysisSpec spec = AnalysisSpec.standard().withTraining(training);
    ShardFolder shards = ShardFolder.at(folder("cold").resolve("shards"));
    FluiditySet bulk = FluiditySet.of(spec).add(shards, id(temperature), 0);
    return SoftnessSet.of(spec, bulk.bulk()).add(shards, id(temperature));
  }

  /** As many of one class as of the other: the first of each, which are drawn by keyed hashes. */
  private static TrainingSet balanced(TrainingSet set) {
    int each = Math.min(set.count(1), set.count(-1));
    TrainingSet.Builder some = TrainingSet.of(set.spec()).attributes(set.attributes());
    for (int label : new int[] {1, -1}) {
      int all = set.count(label);
      int seen = 0;
      for (int i = 0; i < set.count(); i++) {
        // Evenly spread over time: sample k of n is taken where floor(k each / n) steps.
        if (set.labels()[i] == label) {
          long before = (long) seen * each / all;
          seen++;
          if ((long) seen * each / all > before) {
            some.add(label, set.origin(i), set.features(), i * set.spec().featureCount());
          }
        }
      }
    }
    return some.bulk(set.bulk().orElse(null)).build();
  }

  private TrainingSet fluid(double temperature, double fraction, double thin, String name)
      throws IOException, StoreException {
    if (Files.notExists(set(name))) {
      write(name, fluidSet(temperature, fraction, thin).build(temperature));
    }
    return TrainingSetFile.read(set(name));
  }

  private TrainingSet random(double temperature, String name) throws IOException, StoreException {
    if (Files.notExists(set(name))) {
      write(
          name, fluidSet(temperature, scale.tailFraction(), scale.thin()).buildRandom(temperature));
    }
    return TrainingSetFile.read(set(name));
  }

  private FluiditySet fluidSet(double temperature, double fraction, double thin)
      throws IOException, StoreException {
    ShardFolder shards = ShardFolder.at(folder("fluid").resolve("shards"));
    SimulationStatus status = status(temperature);
    // What the run kept of each tail; shards also hold what was displaced later.
    long values = status.windows() * status.simulation().targets();
    int kept = (int) Math.round(scale.largestFraction() * values);
    TrainingSpec training =
        new TrainingSpec(
            TrainingSpec.Label.P_HOP,
            fraction,
            kept,
            (int) Math.round(thin * 1000),
            false,
            SoftnessRule.standard());
    return FluiditySet.of(AnalysisSpec.standard().withTraining(training))
        .add(shards, id(temperature), status.windows());
  }

  private SimulationStatus status(double temperature) throws StoreException {
    try (ResultsReader reader = ResultsReader.open(store("fluid"))) {
      for (SimulationStatus s : reader.simulations("fluid")) {
        if (s.simulation().simulation().equals(id(temperature))) {
          return s;
        }
      }
    }
    throw new IllegalStateException(
        store("fluid") + ": no simulation " + id(temperature) + " in study fluid");
  }

  private void write(String name, TrainingSet set) throws IOException {
    Files.createDirectories(output.resolve("training"));
    TrainingSetFile.write(set(name), set);
  }

  static void writeAside(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Path aside = path.resolveSibling(path.getFileName() + ".part");
    Files.writeString(aside, text);
    Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What a stage cost this process: CPU seconds, seconds by the clock, peak memory. */
  private record Cost(double cpu, long clock) {
    static Cost now() {
      return new Cost(cpuSeconds(), System.nanoTime());
    }

    void addTo(Path file) throws IOException {
      ObjectMapper json = new ObjectMapper();
      JsonNode before = Files.exists(file) ? json.readTree(file.toFile()) : json.createObjectNode();
      ObjectNode node = json.createObjectNode();
      node.put("wall_cpu_seconds", before.path("wall_cpu_seconds").asDouble() + cpuSeconds() - cpu);
      node.put(
          "wall_seconds",
          before.path("wall_seconds").asDouble() + (System.nanoTime() - clock) * 1e-9);
      node.put(
          "wall_peak_megabytes", Math.max(before.path("wall_peak_megabytes").asLong(), peak()));
      writeAside(file, node.toPrettyString() + "\n");
    }

    private static double cpuSeconds() {
      return ProcessHandle.current()
          .info()
          .totalCpuDuration()
          .map(d -> d.toMillis() / 1000.0)
          .orElse(Double.NaN);
    }

    /** Peak resident memory of the process, MB; 0 where the system does not say. */
    private static long peak() throws IOException {
      Path status = Path.of("/proc/self/status");
      if (Files.notExists(status)) {
        return 0;
      }
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
      return 0;
    }
  }
}
