package io.vitrine.results.rows;

import io.vitrine.results.bins.CounterBin;
import java.util.List;

/**
 * Rearrangement counters of one simulation and one version of one classifier, all windows so far;
 * key (study, simulation, model, model version, temperature).
 *
 * <p>Written only where {@code windows} is not smaller than what is stored; then all bins are
 * replaced, in one transaction.
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param model name of the classifier
 * @param modelVersion its version
 * @param temperature set temperature, epsilon / k_B; NaN if unknown (kept as -1, NULL in the view)
 * @param windows windows covered
 * @param bins occupied bins, ascending
 */
public record CounterTotal(
    String study,
    String simulation,
    String model,
    String modelVersion,
    double temperature,
    long windows,
    List<CounterBin> bins)
    implements ResultRow {
  /** Checks the row. */
  public CounterTotal {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.named("model", model);
    Rule.clean("modelVersion", modelVersion);
    Rule.temperature(temperature);
    Rule.notNegative("windows", windows);
    bins = CounterBin.ascending(bins);
  }

  static CounterTotal of(RowCells c) {
    return new CounterTotal(
        c.text(),
        c.text(),
        c.text(),
        c.text(),
        Rule.unknownIfNegative(c.real()),
        c.whole(),
        CounterBin.of(c.numbers()));
  }

  @Override
  public RowKind kind() {
    return RowKind.COUNTER_TOTAL;
  }

  @Override
  public Object[] cells() {
    return new Object[] {
      study,
      simulation,
      model,
      modelVersion,
      Double.isNaN(temperature) ? -1.0 : temperature,
      windows,
      CounterBin.flat(bins)
    };
  }
}
