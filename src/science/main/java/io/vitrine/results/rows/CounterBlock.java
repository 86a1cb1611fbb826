package io.vitrine.results.rows;

import io.vitrine.model.Check;
import io.vitrine.results.bins.CounterBin;
import java.util.List;

/**
 * Rearrangement counters of one block of time, for the block bootstrap; key (study, simulation,
 * model, model version, temperature, block length, block). The blocks of a simulation add up to its
 * {@link CounterTotal}.
 *
 * <p>Written only where {@code windows} is not smaller than what is stored. Bins are one text
 * {@code [[index,structures,rearranging],..]}, not rows: a long study has 10^4 blocks.
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param model name of the classifier
 * @param modelVersion its version
 * @param temperature set temperature, epsilon / k_B; NaN if unknown (kept as -1)
 * @param blockMillis length of a block, ms of event time
 * @param block floor(window centre / length)
 * @param windows windows of the block covered so far
 * @param bins occupied bins, ascending
 */
public record CounterBlock(
    String study,
    String simulation,
    String model,
    String modelVersion,
    double temperature,
    long blockMillis,
    long block,
    long windows,
    List<CounterBin> bins)
    implements ResultRow {
  /** Default length of a block: 50 tau. */
  public static final long DEFAULT_MILLIS = 50_000;

  /** Checks the row. */
  public CounterBlock {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.named("model", model);
    Rule.clean("modelVersion", modelVersion);
    Rule.temperature(temperature);
    if (blockMillis <= 0) {
      throw Check.refuse("blockMillis", "be > 0", blockMillis);
    }
    Rule.notNegative("windows", windows);
    bins = CounterBin.ascending(bins);
  }

  static CounterBlock of(RowCells c) {
    return new CounterBlock(
        c.text(),
        c.text(),
        c.text(),
        c.text(),
        Rule.unknownIfNegative(c.real()),
        c.whole(),
        c.whole(),
        c.whole(),
        CounterBin.of(c.numbers()));
  }

  @Override
  public RowKind kind() {
    return RowKind.COUNTER_BLOCK;
  }

  @Override
  public Object[] cells() {
    return new Object[] {
      study,
      simulation,
      model,
      modelVersion,
      Double.isNaN(temperature) ? -1.0 : temperature,
      blockMillis,
      block,
      windows,
      CounterBin.flat(bins)
    };
  }
}
