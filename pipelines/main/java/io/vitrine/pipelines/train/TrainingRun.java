package io.vitrine.pipelines.train;

import io.vitrine.format.FileTrouble;
import io.vitrine.format.OutputFile;
import io.vitrine.format.WholeFile;
import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.learning.Balance;
import io.vitrine.learning.ModelJson;
import io.vitrine.learning.TrainOptions;
import io.vitrine.learning.Training;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.run.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Training sets to a classifier, as {@code train} does it and {@code monitor --train} at its end.
 */
public final class TrainingRun {
  private TrainingRun() {}

  /**
   * Trains on sets, writes the model and prints what a person wants to know.
   *
   * @param test softness set for the best bias, or null
   * @param balanced samples of each label, or 0 for all
   * @return the report, ready for JSON
   */
  public static Map<String, Object> train(
      List<Path> sets,
      Path test,
      int balanced,
      TrainOptions options,
      Path output,
      PrintStream people)
      throws FailureException {
    try {
      OutputFile.prepare(output);
      List<TrainingSet> read = new ArrayList<>();
      for (Path path : sets) {
        TrainingSet set = TrainingSetFile.read(path);
        read.add(balanced > 0 ? Balance.of(set, balanced, options.seed()) : set);
      }
      Optional<TrainingSet> testSet =
          test == null ? Optional.empty() : Optional.of(TrainingSetFile.read(test));
      Training.Result result = Training.run(read, testSet, options, sha256(sets), part -> {});
      WholeFile.write(output, ModelJson.text(result.model()));
      Map<String, Object> report = new LinkedHashMap<>(result.report());
      report.put("model", output.toAbsolutePath().normalize().toString());
      result.warnings().forEach(w -> System.err.println("vitrine: warning: " + w));
      people.println(
          "Trained on " + report.get("n") + " samples, sigma " + digits(report.get("sigma")));
      ((Map<?, ?>) report.get("accuracies"))
          .forEach((what, value) -> people.println("  accuracy " + what + ": " + digits(value)));
      people.println("  " + report.get("model"));
      return report;
    } catch (IOException e) {
      throw new FailureException(FileTrouble.of(e), e);
    } catch (IllegalArgumentException e) {
      throw new FailureException(e.getMessage(), e);
    }
  }

  /** A number with three decimals; of several their mean and standard deviation. */
  private static String digits(Object value) {
    if (value instanceof Number number) {
      return String.format(Locale.ROOT, "%.3f", number.doubleValue());
    }
    double[] folds =
        value instanceof double[] array
            ? array
            : value instanceof List<?> list
                ? list.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray()
                : new double[0];
    if (folds.length < 2) {
      return value == null ? "unknown" : value.toString();
    }
    double mean = Arrays.stream(folds).average().orElseThrow();
    double variance = Arrays.stream(folds).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = Math.sqrt(variance / (folds.length - 1));
    return String.format(Locale.ROOT, "%.3f +- %.3f (%d folds)", mean, deviation, folds.length);
  }

  static String sha256(List<Path> files) throws IOException {
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
