package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.format.TrainingSetFile;
import io.vitrine.learning.Balance;
import io.vitrine.learning.Directions;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.learning.TrainOptions;
import io.vitrine.learning.Training;
import io.vitrine.model.Check;
import io.vitrine.model.TrainingSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine train}: training sets in, a classifier out. */
@Command(
    name = "train",
    description = "Train a classifier from training sets.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "training sets (HDF5), put together")
  private List<Path> sets = new ArrayList<>();

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

  @Option(names = "--json", description = "one machine-readable summary on stdout")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (!standardize.equals("set") && !standardize.equals("bulk")) {
      throw Check.refuse("--standardize", "be set or bulk", "'" + standardize + "'");
    }
    TrainOptions options =
        TrainOptions.standard(Vitrine.VERSION)
            .withC(c)
            .withBulk(standardize.equals("bulk"))
            .withFolds(folds)
            .withSeed(seed)
            .withBlock(block)
            .withScan(scan)
            .withDepth(depth);
    PrintStream people = json ? System.err : System.out;
    if (balanced < 0) {
      throw Check.refuse("--balanced", "be > 0", balanced);
    }
    Map<String, Object> report = train(sets, test, balanced, options, output, people);
    report.putAll(cosines());
    ((Map<?, ?>) report.getOrDefault("cosines", Map.of()))
        .forEach((name, value) -> people.println("  cosine with " + name + ": " + value));
    if (json) {
      System.out.println(new ObjectMapper().writeValueAsString(report));
    }
    return 0;
  }

  /** Of the classifier just written with others, by their names. */
  private Map<String, Object> cosines() throws FailureException {
    Map<String, Double> cosines = new LinkedHashMap<>();
    try {
      double[] own = ModelJson.read(output).weights();
      for (Path path : compared) {
        Model other = ModelJson.read(path);
        cosines.put(other.name(), Directions.cosine(own, other.weights()));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new FailureException(e.getMessage(), e);
    }
    return cosines.isEmpty() ? Map.of() : Map.of("cosines", cosines);
  }

  static Map<String, Object> train(
      List<Path> sets,
      Path test,
      int balanced,
      TrainOptions options,
      Path output,
      PrintStream people)
      throws FailureException {
    try {
      List<TrainingSet> read = new ArrayList<>();
      for (Path path : sets) {
        TrainingSet set = TrainingSetFile.read(path);
        read.add(balanced > 0 ? Balance.of(set, balanced, options.seed()) : set);
      }
      Optional<TrainingSet> testSet =
          test == null ? Optional.empty() : Optional.of(TrainingSetFile.read(test));
      Training.Result result = Training.run(read, testSet, options, sha256(sets), part -> {});
      ModelJson.write(output, result.model());
      Map<String, Object> report = new LinkedHashMap<>(result.report());
      report.put("model", output.toAbsolutePath().normalize().toString());
      result.warnings().forEach(w -> System.err.println("vitrine: warning: " + w));
      people.println("Trained on " + report.get("n") + " samples, sigma " + report.get("sigma"));
      ((Map<?, ?>) report.get("accuracies"))
          .forEach((what, value) -> people.println("  accuracy " + what + ": " + value));
      people.println("  " + report.get("model"));
      return report;
    } catch (IOException e) {
      throw new FailureException(RunFolder.reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new FailureException(e.getMessage(), e);
    }
  }

  private static String sha256(List<Path> files) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
          in.transferTo(java.io.OutputStream.nullOutputStream());
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
