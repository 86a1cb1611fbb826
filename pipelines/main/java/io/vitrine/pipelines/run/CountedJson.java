package io.vitrine.pipelines.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.barriers.CountedTime;

/** What of each simulation was counted, for the summaries of commands. */
public final class CountedJson {
  private CountedJson() {}

  /** Adds {@code from}, as it was asked for, and {@code simulations} with what came of it. */
  public static void addTo(ObjectNode node, CountedTime counted) {
    node.put("from", counted.asked());
    ObjectNode simulations = node.putObject("simulations");
    counted
        .simulations()
        .forEach(
            (id, own) -> {
              ObjectNode each = simulations.putObject(id);
              each.put("verdict", own.verdict().isEmpty() ? null : own.verdict());
              each.put("since", known(own.since())).put("from", own.from());
              each.put("tau_alpha", known(own.tauAlpha())).put("block_tau", own.blockTau());
            });
  }

  /** JSON has no NaN. */
  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
