package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.analysis.sets.FluiditySet;
import io.vitrine.analysis.sets.SoftnessSet;
import io.vitrine.analysis.sets.SourceEquilibrium;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.SoftnessRule;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.format.WholeFile;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.learning.ModelJson;
import io.vitrine.learning.TrainOptions;
import io.vitrine.learning.Training;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.Program;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * The classifiers of the paper, from what the jobs {@code fluid} and {@code cold} left: a fluidity
 * a hot temperature, softness, and those that are compared with them at one temperature (other
 * fractions, immobile against random). One a core at a time; what is in the folder stays.
 */
final class PaperTraining {
  /** Fewer samples of a class than this teach nothing. */
  private static final int FEWEST_SAMPLES = 50;

  private final PaperScale scale;
  private final PaperFolder folder;
  private final PrintStream people;

  PaperTraining(PaperScale scale, PaperFolder folder, PrintStream people) {
    this.scale = scale;
    this.folder = folder;
    this.people = people;
  }

  /** Trains what has not been trained. */
  void run() throws IOException, StoreException, FailureException {
    TrainingSet test = softness(scale.test().temperature(), "test");
    List<Callable<Void>> tasks = new ArrayList<>();
    double varied = scale.varied();
    List<Double> scan = List.of(1e-4, 1e-3, 1e-2, 1e-1, 1.0, 1e1, 1e2);
    List<Double> fractions = new ArrayList<>(scale.tailFractions());
    fractions.sort(Comparator.reverseOrder()); // the longest first
    for (double f : fractions) {
      String name = PaperFolder.fluidity(varied) + "-f" + f;
      tasks.add(() -> one(name, fluid(varied, f, 0, name), test, scan));
    }
    tasks.add(
        () ->
            one(
                PaperFolder.SOFTNESS,
                softness(scale.softness().temperature(), PaperFolder.SOFTNESS),
                test,
                List.of()));
    for (double t : scale.fluid().temperatures()) {
      String name = PaperFolder.fluidity(t);
      tasks.add(
          () -> one(name, fluid(t, scale.tailFraction(), scale.thin(), name), test, List.of()));
    }
    String random = PaperFolder.fluidity(varied) + "-random";
    tasks.add(() -> one(random, random(varied, random), test, List.of()));
    all(tasks);
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
    Path report = folder.reportFile(name);
    if (Files.exists(report)) {
      return null;
    }
    TrainOptions options =
        TrainOptions.standard(Program.VERSION).withBulk(true).withDepth(scan.isEmpty());
    Training.Result result =
        Training.run(
            List.of(set),
            Optional.of(test),
            options.withScan(scan),
            TrainingSetFile.sha256(List.of(folder.set(name))),
            part -> {});
    WholeFile.write(folder.model(name), ModelJson.text(result.model()));
    Map<String, Object> all = new LinkedHashMap<>(result.report());
    all.put("low", set.count(-1));
    all.put("high", set.count(1));
    all.put("attributes", set.attributes());
    WholeFile.write(report, new ObjectMapper().writeValueAsString(all));
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
      throws IOException, StoreException, FailureException {
    if (Files.exists(folder.set(name))) {
      return TrainingSetFile.read(folder.set(name));
    }
    for (int size = scale.softnessSize(); size >= FEWEST_SAMPLES; size /= 2) {
      SoftnessSet set = softnessSet(temperature, size);
      if (Math.min(set.hops(), set.quiet()) >= FEWEST_SAMPLES) {
        write("cold", name, balanced(set.build(temperature)));
        return TrainingSetFile.read(folder.set(name));
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

  private SoftnessSet softnessSet(double temperature, int size)
      throws IOException, FailureException {
    TrainingSpec training =
        new TrainingSpec(
            TrainingSpec.Label.P_HOP,
            TrainingSpec.TAIL_FRACTION,
            TrainingSpec.TAIL_CAPACITY,
            0,
            false,
            scale.softnessRule(size));
    AnalysisSpec spec = scale.analysis().withTraining(training);
    ShardFolder shards = ShardFolder.at(folder.job("cold").resolve("shards"));
    FluiditySet bulk = FluiditySet.of(spec).add(shards, PaperFolder.id(temperature), 0);
    return SoftnessSet.of(spec, bulk.bulk()).add(shards, PaperFolder.id(temperature));
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
      throws IOException, StoreException, FailureException {
    if (Files.notExists(folder.set(name))) {
      write("fluid", name, fluidSet(temperature, fraction, thin).build(temperature));
    }
    return TrainingSetFile.read(folder.set(name));
  }

  private TrainingSet random(double temperature, String name)
      throws IOException, StoreException, FailureException {
    if (Files.notExists(folder.set(name))) {
      write(
          "fluid",
          name,
          fluidSet(temperature, scale.tailFraction(), scale.thin()).buildRandom(temperature));
    }
    return TrainingSetFile.read(folder.set(name));
  }

  private FluiditySet fluidSet(double temperature, double fraction, double thin)
      throws IOException, StoreException, FailureException {
    ShardFolder shards = ShardFolder.at(folder.job("fluid").resolve("shards"));
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
    return FluiditySet.of(scale.analysis().withTraining(training))
        .add(shards, PaperFolder.id(temperature), status.windows());
  }

  private SimulationStatus status(double temperature) throws StoreException {
    try (ResultsReader reader = ResultsReader.open(folder.store("fluid"))) {
      for (SimulationStatus s : reader.simulations("fluid")) {
        if (s.simulation().simulation().equals(PaperFolder.id(temperature))) {
          return s;
        }
      }
    }
    throw new IllegalStateException(
        folder.store("fluid")
            + ": no simulation "
            + PaperFolder.id(temperature)
            + " in study fluid");
  }

  private void write(String job, String name, TrainingSet set) throws IOException, StoreException {
    Files.createDirectories(folder.set(name).getParent());
    try (ResultsReader store = ResultsReader.open(folder.store(job))) {
      TrainingSetFile.write(folder.set(name), SourceEquilibrium.added(set, store, job));
    }
  }
}
