package io.vitrine.analysis.barriers;

import io.vitrine.learning.ModelJson;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.StoreException;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.ModelRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The counters of one version of a classifier in a store: what the page and {@code analyze} fit.
 *
 * @param model name of the classifier
 * @param version its version
 * @param scale zero and unit of x
 * @param counters by temperature
 * @param blocks of time that they are sums of; empty in the first 50 tau of a run, when all is
 *     counted and errors are binomial
 */
public record StoredRates(
    String model,
    String version,
    ScoreScale scale,
    List<CounterSum> counters,
    List<CounterBlock> blocks) {
  /** Freezes the lists. */
  public StoredRates {
    counters = List.copyOf(counters);
    blocks = List.copyOf(blocks);
  }

  /**
   * Those of a study that have counts, by name of the classifier: the newest version of each, or
   * all versions from the newest to the oldest.
   *
   * @param model only this classifier, or this version of it: {@code NAME} or {@code NAME@VERSION};
   *     all where it is empty
   */
  public static List<StoredRates> of(
      ResultsReader store, String study, CountedTime counted, String model, boolean allVersions)
      throws StoreException {
    List<StoredRates> all = new ArrayList<>();
    for (Map.Entry<String, List<String>> each : store.countedVersions(study).entrySet()) {
      String name = each.getKey();
      List<String> versions = each.getValue();
      boolean found = false;
      for (int v = versions.size() - 1; v >= 0 && (!found || allVersions); v--) {
        String version = versions.get(v);
        if (model.isEmpty() || model.equals(name) || model.equals(name + "@" + version)) {
          Optional<StoredRates> rates = of(store, study, counted, name, version);
          rates.ifPresent(all::add);
          found |= rates.isPresent();
        }
      }
    }
    return all;
  }

  private static Optional<StoredRates> of(
      ResultsReader store, String study, CountedTime counted, String model, String version)
      throws StoreException {
    List<CounterBlock> stored = store.counterBlocks(study, model, version);
    List<CounterBlock> blocks = counted.counted(stored);
    List<CounterSum> counters =
        stored.isEmpty()
            ? store.counters(study).stream()
                .filter(c -> c.model().equals(model) && c.modelVersion().equals(version))
                .toList()
            : ScoreBins.sum(model, version, blocks);
    if (counters.isEmpty()) {
      return Optional.empty();
    }
    Optional<ModelRow> row = store.model(study, model, version);
    ScoreScale scale = row.isEmpty() ? ScoreScale.RAW : scale(row.get(), counters);
    return Optional.of(new StoredRates(model, version, scale, counters, blocks));
  }

  private static ScoreScale scale(ModelRow row, List<CounterSum> counters) {
    try {
      return ScoreScale.of(ModelJson.parse(row.model(), row.json()), counters);
    } catch (IOException e) {
      throw new IllegalArgumentException("model " + row.model() + " of the store: " + e, e);
    }
  }

  /** The same with another zero and unit of x. */
  public StoredRates scaled(ScoreScale other) {
    return new StoredRates(model, version, other, counters, blocks);
  }

  /** The rates in bins of x. */
  public RateTable table(double width) {
    return scale.bins(width).table(counters);
  }

  /** Where the errors of such a table come from. */
  public RateErrors errors(RateTable table, double width, CountedTime counted) {
    return blocks.isEmpty()
        ? new BinomialErrors()
        : scale.bins(width).blocks(table, blocks, counted::merge);
  }
}
