package io.vitrine.pipelines.train;

import io.vitrine.analysis.spec.Quench;
import io.vitrine.learning.Directions;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.learning.TrainOptions;
import io.vitrine.learning.ridge.RidgeTraining;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSets;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.JsonSummary;
import io.vitrine.pipelines.run.Program;
import io.vitrine.pipelines.study.CheckedOptions;
import io.vitrine.pipelines.study.QuenchChoice;
import io.vitrine.pipelines.study.SpeciesChoice;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code vitrine train}: training sets in, a classifier out; or configurations with a number per
 * particle in, a ridge regression out.
 */
@Command(
    name = "train",
    description = {
      "Train a classifier from training sets, or a ridge regression from configurations whose",
      "particles carry the number to learn."
    },
    footer = {
      "train runs/default/training/fluidity.h5 --output model.json",
      "train hot.h5 --test cold.h5 --output model.json"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class TrainCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "training sets (HDF5), put together")
  private List<Path> sets = new ArrayList<>();

  @Option(
      names = "--learner",
      paramLabel = "svm|ridge",
      description = "svm from training sets, ridge from --frames (default: ${DEFAULT-VALUE})")
  private String learner = "svm";

  @Option(
      names = "--frames",
      paramLabel = "URI",
      description = {
        "ridge: replay:PATH of a file whose every frame is a configuration (repeatable); extended",
        "XYZ or GSD, no time needed"
      })
  private List<String> frames = new ArrayList<>();

  @Option(
      names = "--test-frames",
      paramLabel = "URI",
      description = "ridge: likewise, configurations that are not trained on (repeatable)")
  private List<String> testFrames = new ArrayList<>();

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = {
        "ridge: the number to learn, a column of the extended XYZ file or log/particles/NAME of"
            + " the",
        "GSD file"
      })
  private String label;

  @Option(
      names = "--particles",
      paramLabel = "NAME",
      description = "ridge: species that is trained on (default: A where there is one)")
  private String particles;

  @Option(
      names = "--radii",
      paramLabel = "FROM:TO:STEP",
      description = "ridge: radii of the set radial, sigma (default: ${DEFAULT-VALUE})")
  private String radii = "0.1:5:0.1";

  @Option(
      names = "--delta",
      paramLabel = "D",
      description = "ridge: width of the set radial, sigma (default: ${DEFAULT-VALUE})")
  private double delta = 0.2;

  @Option(
      names = "--features",
      paramLabel = "SET[,SET...]",
      description = {
        "ridge: radial, fine, composition, energy, cage, angular, bond-order (thermal:SET for the",
        "frame as read) and average:N of those before (default:",
        FeatureSets.STANDARD + ";",
        "with --quench " + FeatureSets.STANDARD_QUENCHED + ")"
      })
  private String features;

  @Option(
      names = "--quench",
      paramLabel = "POTENTIAL",
      arity = "0..1",
      fallbackValue = Quench.BY_MIXTURE,
      description = {
        "ridge: features of the inherent structures, by FIRE with the pairs of: mixture",
        "(default), ka (Kob-Andersen, cut at 2.5 sigma_ab) or all-pairs (at 2.5 sigma_AA)"
      })
  private String quench = "off";

  @Option(
      names = "--mixture",
      paramLabel = "NAME|FILE.yaml",
      description = {
        "whose pair potentials --quench and the feature set energy take: a shipped mixture or a",
        "file (default: kob-andersen for A and B in three dimensions)"
      })
  private String mixture;

  @Option(
      names = "--lambda",
      split = ",",
      paramLabel = "X[,X...]",
      description = {
        "ridge: penalties; the one with the largest mean r on configurations left out is taken",
        "(default: 0.1, 0.316, 1, ..., 100000)"
      })
  private List<Double> lambdas = RidgeTraining.standardLambdas();

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "training set of another temperature: b_best is the bias best on it")
  private Path test;

  @Option(names = "--C", description = "soft margin (default: ${DEFAULT-VALUE})")
  private double c = TrainOptions.STANDARD_C;

  @Option(
      names = "--standardize",
      paramLabel = "set|bulk",
      description = "over the training set (default) or over all particles")
  private String standardize = "set";

  @Option(names = "--scan-C", split = ",", description = "values of C to compare")
  private List<Double> scan = new ArrayList<>();

  @Option(names = "--folds", description = "of the cross-validation (default: 5)")
  private int folds = 5;

  @Option(
      names = "--block",
      paramLabel = "TAU",
      description = "grouped folds keep a particle's samples of this long together (default: 50)")
  private double block = 50;

  @Option(names = "--seed", description = "of every draw (default: 1)")
  private long seed = 1;

  @Option(
      names = "--balanced",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "" + Integer.MAX_VALUE,
      description = "as many samples of either class of each set, drawn by the seed; at most N")
  private int balanced;

  @Option(
      names = "--compare",
      paramLabel = "MODEL",
      description = "another classifier: the cosine between both directions (repeatable)")
  private List<Path> compared = new ArrayList<>();

  @Option(names = "--depth", description = "also learning curve and split halves")
  private boolean depth;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "the classifier, JSON (default: ${DEFAULT-VALUE})")
  private Path output = Path.of("model.json");

  @Mixin private JsonSummary json = new JsonSummary();

  @Override
  public Integer call() throws Exception {
    PrintStream people = json.people();
    Map<String, Object> report =
        switch (learner) {
          case "svm" -> svm(people);
          case "ridge" -> ridge(people);
          default -> throw Check.refuse("--learner", "be svm or ridge", "'" + learner + "'");
        };
    json.print(report);
    return 0;
  }

  private Map<String, Object> ridge(PrintStream people) throws FailureException {
    if (frames.isEmpty() || label == null || !sets.isEmpty()) {
      throw Check.refuse(
          "--learner ridge", "come with --frames and --label, no training sets", "without");
    }
    if (lambdas.isEmpty()) {
      throw Check.refuse("--lambda", "name a penalty", "none");
    }
    for (double lambda : lambdas) {
      if (!(lambda >= 0) || Double.isInfinite(lambda)) {
        throw Check.refuse("--lambda", "be >= 0 and finite", lambda);
      }
    }
    QuenchChoice minima = new QuenchChoice(quench, mixture);
    String standard = minima.isOn() ? FeatureSets.STANDARD_QUENCHED : FeatureSets.STANDARD;
    FeatureSets named =
        FeatureSets.parse(
            features == null ? standard : features, CheckedOptions.features(radii, delta));
    RidgeRun run = new RidgeRun(named, label, SpeciesChoice.of(particles), minima, lambdas);
    return run.run(frames, testFrames, output, people);
  }

  private Map<String, Object> svm(PrintStream people) throws IOException, FailureException {
    if (sets.isEmpty() || !frames.isEmpty() || !testFrames.isEmpty() || label != null) {
      throw Check.refuse(
          "--learner svm", "come with training sets, without --frames and --label", sets);
    }
    if (!standardize.equals("set") && !standardize.equals("bulk")) {
      throw Check.refuse("--standardize", "be set or bulk", "'" + standardize + "'");
    }
    TrainOptions options =
        TrainOptions.standard(Program.VERSION)
            .withC(c)
            .withBulk(standardize.equals("bulk"))
            .withFolds(folds)
            .withSeed(seed)
            .withBlock(block)
            .withScan(scan)
            .withDepth(depth);
    if (balanced < 0) {
      throw Check.refuse("--balanced", "be > 0", balanced);
    }
    Map<String, Object> report = TrainingRun.train(sets, test, balanced, options, output, people);
    report.putAll(cosines());
    ((Map<?, ?>) report.getOrDefault("cosines", Map.of()))
        .forEach((name, value) -> people.println("  cosine with " + name + ": " + value));
    return report;
  }

  /** Of the classifier just written with others, by their names. */
  private Map<String, Object> cosines() throws IOException, FailureException {
    Map<String, Double> cosines = new LinkedHashMap<>();
    try {
      double[] own = ModelJson.read(output).weights();
      for (Path path : compared) {
        Model other = ModelJson.read(path);
        cosines.put(other.name(), Directions.cosine(own, other.weights()));
      }
    } catch (IllegalArgumentException e) {
      throw new FailureException(e.getMessage(), e);
    }
    return cosines.isEmpty() ? Map.of() : Map.of("cosines", cosines);
  }
}
