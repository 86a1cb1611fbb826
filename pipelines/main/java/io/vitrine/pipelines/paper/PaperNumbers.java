package io.vitrine.pipelines.paper;

import io.vitrine.analysis.barriers.KramersSettings;
import io.vitrine.analysis.barriers.RateTable;
import io.vitrine.format.WholeFile;
import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.model.FeatureMoments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbers that barriers, T0, sigma, cosines and correlations can be computed from again: {@code
 * rates.csv} (counts by classifier, bin of x and temperature, with the design effect that the fit
 * divides them by) and {@code covariances.csv} (of the features of all particles, by temperature: a
 * line a row of the upper triangle).
 */
final class PaperNumbers {
  private PaperNumbers() {}

  static void write(PaperResults results, Path folder) throws IOException {
    Files.createDirectories(folder);
    StringBuilder rates =
        new StringBuilder("model,bin_low,bin_high,temperature,structures,rearranging,effect\n");
    for (PaperClassifier c : results.classifiers().values()) {
      if (c.isCounted()) {
        append(rates, c.name(), c.counts());
      }
    }
    WholeFile.write(folder.resolve("rates.csv"), rates.toString());
    StringBuilder covariances = new StringBuilder();
    bulks(results).forEach((name, bulk) -> append(covariances, name, bulk));
    WholeFile.write(folder.resolve("covariances.csv"), covariances.toString());
  }

  private static void append(StringBuilder text, String name, PaperCounts counts) {
    KramersSettings settings = counts.barriers().settings();
    RateTable table = counts.table();
    double[][] effects = counts.errors().effects(table, settings.replicas(), settings.seed());
    for (int b = 0; b < table.bins(); b++) {
      for (int t = 0; t < table.temperatures(); t++) {
        text.append(name).append(',').append(table.low(b)).append(',').append(table.high(b));
        text.append(',').append(table.temperature(t)).append(',');
        text.append(table.structures(b, t)).append(',').append(table.rearranging(b, t));
        text.append(',').append(effects[b][t]).append('\n');
      }
    }
  }

  /**
   * By what they are of: the name of a classifier whose training set holds them, or of a test set.
   */
  private static SortedMap<String, FeatureMoments> bulks(PaperResults results) throws IOException {
    SortedMap<String, FeatureMoments> bulks = new TreeMap<>();
    PaperReading thermal = results.scale().thermal();
    for (PaperClassifier c : results.classifiers().values()) {
      // Fluidities of all readings come from one run: one of them is enough.
      if (c.isSoftness() || c.reading().equals(thermal)) {
        Optional<FeatureMoments> bulk = TrainingSetFile.read(results.folder().set(c.name())).bulk();
        bulk.ifPresent(moments -> bulks.put(c.name(), moments));
      }
    }
    bulks.put(
        thermal.test(),
        TrainingSetFile.read(results.folder().set(thermal.test())).bulk().orElseThrow());
    return bulks;
  }

  private static void append(StringBuilder text, String name, FeatureMoments bulk) {
    int d = bulk.featureCount();
    for (int k = 0; k < d; k++) {
      text.append(name).append(',').append(k);
      for (int l = k; l < d; l++) {
        text.append(String.format(Locale.ROOT, ",%.9e", bulk.covariance()[k * d + l]));
      }
      text.append('\n');
    }
  }
}
