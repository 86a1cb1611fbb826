package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.format.WholeFile;
import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.learning.ModelJson;
import io.vitrine.learning.TrainOptions;
import io.vitrine.learning.Training;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.Program;
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
 * The classifiers of the paper, from what the jobs left, for each reading: a fluidity a hot
 * temperature, softness, the same six with features standardized over the training set (named
 * {@code -set}), and those that are compared at one temperature (other fractions, immobile against
 * random). One a core at a time; what is in the folder stays.
 */
final class PaperTraining {
  /** Appended to the name of a classifier whose features are standardized over its set. */
  static final String BY_SET = "-set";

  private static final List<Double> PENALTIES = List.of(1e-4, 1e-3, 1e-2, 1e-1, 1.0, 1e1, 1e2);

  private final PaperScale scale;
  private final PaperFolder folder;
  private final PaperSets sets;
  private final PrintStream people;

  PaperTraining(PaperScale scale, PaperFolder folder, PrintStream people) {
    this.scale = scale;
    this.folder = folder;
    this.sets = new PaperSets(scale, folder);
    this.people = people;
  }

  /** Trains what has not been trained. */
  void run() throws IOException, StoreException, FailureException {
    TrainingSet test = sets.test(scale.thermal()).orElseThrow();
    List<Callable<Void>> tasks = new ArrayList<>();
    for (PaperReading reading : scale.readings()) {
      double varied = scale.varied();
      List<Double> fractions = new ArrayList<>(scale.tailFractions());
      fractions.sort(Comparator.reverseOrder()); // the longest first
      for (double f : fractions) {
        String name = fraction(reading, varied, f);
        tasks.add(() -> one(name, sets.fluid(reading, varied, f, name), test, PENALTIES, true));
      }
      String softness = reading.softness();
      Optional<TrainingSet> rule = sets.softness(reading);
      Optional<TrainingSet> own = sets.test(reading);
      if (rule.isPresent() && own.isPresent()) {
        tasks.add(() -> both(softness, rule.get(), own.get()));
      }
      for (double t : scale.fluid().temperatures()) {
        String name = reading.fluidity(t);
        tasks.add(() -> both(name, sets.fluid(reading, t, scale.tailFraction(), name), test));
      }
      String random = random(reading, varied);
      tasks.add(() -> one(random, sets.random(reading, varied, random), test, List.of(), true));
    }
    all(tasks);
  }

  /** Name of a classifier trained on another fraction of the tails. */
  static String fraction(PaperReading reading, double temperature, double fraction) {
    return reading.fluidity(temperature) + "-f" + fraction;
  }

  /** Name of the classifier of immobile against random particles. */
  static String random(PaperReading reading, double temperature) {
    return reading.fluidity(temperature) + "-random";
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

  /** Standardized over all particles, and over its own set. */
  private Void both(String name, TrainingSet set, TrainingSet test) throws IOException {
    one(name, set, test, List.of(), true);
    return one(name + BY_SET, set, test, List.of(), false);
  }

  private Void one(
      String name, TrainingSet set, TrainingSet test, List<Double> scan, boolean overBulk)
      throws IOException {
    Path report = folder.reportFile(name);
    if (Files.exists(report)) {
      return null;
    }
    TrainOptions options =
        TrainOptions.standard(Program.VERSION)
            .withBulk(overBulk)
            .withDepth(overBulk && scan.isEmpty());
    Training.Result result =
        Training.run(
            List.of(set),
            Optional.of(test),
            options.withScan(scan),
            TrainingSetFile.sha256(List.of(folder.set(name.replaceFirst(BY_SET + "$", "")))),
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
}
