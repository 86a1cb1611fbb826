package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.learning.sampling.TailAccumulator;
import io.vitrine.results.rows.TrainingCountRow;
import java.util.List;

/** How far the fluidity tails of a simulation have come, as rows of the results store. */
final class TrainingCounts {
  private TrainingCounts() {}

  static List<TrainingCountRow> of(
      String study, String simulation, long windows, TailAccumulator tails, AnalysisSpec spec) {
    TailAccumulator.Tails both = tails.result(spec.tailFraction());
    long n = tails.seen();
    return List.of(
        new TrainingCountRow(
            study, simulation, "low", windows, n, both.low().count(), -1, both.low().threshold()),
        new TrainingCountRow(
            study,
            simulation,
            "high",
            windows,
            n,
            both.high().count(),
            -1,
            both.high().threshold()));
  }
}
