package io.vitrine.pipelines.paper;

import io.vitrine.analysis.barriers.CountedTime;
import io.vitrine.analysis.barriers.HopRates;
import io.vitrine.analysis.barriers.StoredRates;
import io.vitrine.format.run.TrainingSetFile;
import io.vitrine.learning.Directions;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.model.FeatureMoments;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.WindowRow;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what the stages left, and fits it. */
final class PaperReader {
  private static final String STUDY = PaperFolder.STATISTICS;

  private final PaperScale scale;
  private final PaperFolder folder;
  private final Map<String, Model> softness = new LinkedHashMap<>();
  private final Map<String, String> missing = new LinkedHashMap<>();

  private PaperReader(PaperScale scale, PaperFolder folder) {
    this.scale = scale;
    this.folder = folder;
  }

  /**
   * @param from counts windows from here on, as {@link CountedTime} understands it
   */
  static PaperResults read(PaperScale scale, String name, PaperFolder folder, String from)
      throws IOException, StoreException, FailureException {
    return new PaperReader(scale, folder).read(name, from);
  }

  private PaperResults read(String name, String from)
      throws IOException, StoreException, FailureException {
    for (PaperReading reading : scale.readings()) {
      String own = reading.softness();
      if (Files.exists(folder.model(own))) {
        softness.put(own, ModelJson.read(folder.model(own)));
      } else {
        missing.put(own, why(reading));
      }
    }
    FeatureMoments bulk =
        TrainingSetFile.read(folder.set(scale.thermal().test())).bulk().orElseThrow();
    try (ResultsReader store = ResultsReader.open(folder.store(STUDY))) {
      CountedTime counted = CountedTime.of(store, STUDY, from);
      HopRates hops = HopRates.of(store, STUDY, counted);
      List<WindowRow> windows =
          store.rows(WindowRow.class, RowKind.WINDOW, STUDY).stream()
              .filter(w -> counted.counts(w.simulation(), w.timeMillis()))
              .toList();
      Map<String, PaperClassifier> classifiers = new LinkedHashMap<>();
      for (PaperReading reading : scale.readings()) {
        for (String which : scale.classifiers(reading)) {
          boolean scored = reading.isThermal() || !which.equals(reading.softness());
          if (!missing.containsKey(which)) {
            PaperCounts counts =
                scored
                    ? PaperCounts.of(
                        rates(store, counted, which), counted, hops, moments(windows, which))
                    : null;
            classifiers.put(which, classifier(reading, which, bulk, counts));
          }
        }
      }
      return new PaperResults(
          scale,
          name,
          folder,
          counted,
          counted.doubts(counted.simulations().keySet()),
          hops,
          classifiers,
          missing);
    }
  }

  private String why(PaperReading reading) throws IOException {
    for (String set : List.of(reading.softness(), reading.test())) {
      if (Files.exists(folder.none(set))) {
        return Files.readString(folder.none(set)).strip();
      }
    }
    return "not trained";
  }

  private StoredRates rates(ResultsReader store, CountedTime counted, String which)
      throws StoreException, FailureException {
    List<StoredRates> found = StoredRates.of(store, STUDY, counted, which, false);
    if (found.isEmpty() || found.get(0).blocks().isEmpty()) {
      throw new FailureException(
          folder.store(STUDY) + ": nothing is left to count from " + counted.asked());
    }
    return found.get(0);
  }

  private PaperClassifier classifier(
      PaperReading reading, String which, FeatureMoments bulk, PaperCounts counts)
      throws IOException {
    Model model = ModelJson.read(folder.model(which));
    Map<String, Double> cosines = new LinkedHashMap<>();
    Map<String, Double> correlations = new LinkedHashMap<>();
    softness.forEach(
        (name, other) -> {
          cosines.put(name, Directions.cosine(model.weights(), other.weights()));
          correlations.put(name, Directions.correlation(model, other, bulk));
        });
    double temperature = model.origin().temperature().orElse(Double.NaN);
    // The printed row of softness is that of T = 0.45, whatever the scale's temperature.
    double row = which.equals(reading.softness()) ? PaperValues.COLDEST : temperature;
    return new PaperClassifier(
        which,
        reading,
        temperature,
        model,
        folder.report(which),
        folder.report(which + PaperTraining.BY_SET),
        cosines,
        correlations,
        counts,
        scale.printed(row));
  }

  /** Mean, sigma, skewness, excess kurtosis of the score at each temperature, over windows. */
  private SortedMap<Double, double[]> moments(List<WindowRow> windows, String model) {
    TreeMap<Double, double[]> sums = new TreeMap<>();
    for (WindowRow w : windows) {
      if (w.model().equals(model)) {
        double[] sum = sums.computeIfAbsent(scale.temperature(w.simulation()), t -> new double[5]);
        sum[0] += w.score().mean();
        sum[1] += w.score().sigma();
        sum[2] += w.score().skewness();
        sum[3] += w.score().kurtosis();
        sum[4]++;
      }
    }
    for (double[] sum : sums.values()) {
      for (int k = 0; k < 4; k++) {
        sum[k] /= sum[4];
      }
    }
    return sums;
  }
}
