package io.vitrine.pipelines.monitor;

import io.vitrine.results.rows.TrainingCountRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far the training sets have come, for people: samples of the tails, and of hops and quiet runs
 * how many of those wanted and how much longer the rest takes at the rate so far.
 */
final class SampleCounts {
  private SampleCounts() {}

  /**
   * One line, such as {@code samples: tails 418, hops 574/3800 (287 tau more), quiet 0/3800}.
   *
   * @param rows of the simulations watched
   * @param intervals between windows of each simulation, tau
   */
  static String describe(List<TrainingCountRow> rows, Map<String, Double> intervals) {
    long tails =
        rows.stream().filter(row -> row.target() < 0).mapToLong(TrainingCountRow::samples).sum();
    StringBuilder text = new StringBuilder("samples: tails ").append(tails);
    for (String rule : List.of("hops", "quiet")) {
      long samples = 0;
      long target = 0;
      double rate = 0;
      for (TrainingCountRow row : rows) {
        if (row.rule().equals(rule)) {
          samples += row.samples();
          target += row.target();
          double tau = row.windows() * intervals.getOrDefault(row.simulation(), 1.0);
          rate += row.samples() < row.target() && tau > 0 ? row.samples() / tau : 0;
        }
      }
      if (target > 0) {
        text.append(", ").append(rule).append(' ').append(samples).append('/').append(target);
        if (samples < target && rate > 0) {
          text.append(String.format(Locale.ROOT, " (%.0f tau more)", (target - samples) / rate));
        }
      }
    }
    return text.toString();
  }
}
