package io.vitrine.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.barriers.BarrierAnalysis;
import io.vitrine.analysis.barriers.CountedTime;
import io.vitrine.analysis.barriers.KramersFit;
import io.vitrine.analysis.barriers.KramersSettings;
import io.vitrine.analysis.barriers.Onset;
import io.vitrine.analysis.barriers.RateErrors;
import io.vitrine.analysis.barriers.RateTable;
import io.vitrine.analysis.barriers.ScoreBins;
import io.vitrine.analysis.barriers.StoredRates;
import io.vitrine.results.rows.CounterBlock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** P_R, Kramers fits and T0 of one classifier, from the counters as they are. */
final class PhysicsView {
  /** Ends of the ranges of temperatures: the paper's two, and all. */
  private static final double[] RANGES = {
    0.8, KramersSettings.DEFAULT.below(), Double.POSITIVE_INFINITY
  };

  private PhysicsView() {}

  /** What {@code analyze} finds in the same rates with its defaults. */
  static ObjectNode of(StoredRates rates, CountedTime counted) {
    ObjectNode node = Json.object();
    from(node, rates.blocks(), counted);
    node.put("model", rates.model());
    node.put("version", rates.version());
    node.put("biasName", rates.scale().originName());
    Json.put(node, "bias", rates.scale().origin());
    Json.put(node, "sigma", rates.scale().sigma());
    RateTable table = rates.table(ScoreBins.DEFAULT_WIDTH);
    RateErrors errors = rates.errors(table, ScoreBins.DEFAULT_WIDTH, counted);
    node.put("errors", rates.blocks().isEmpty() ? "binomial" : "block bootstrap");
    table(node, table);
    ArrayNode lacks = node.putArray("lacks");
    errors.lacks(table).forEach(lacks::add);
    ArrayNode ranges = node.putArray("ranges");
    for (BarrierAnalysis.Range range :
        BarrierAnalysis.ranges(table, errors, KramersSettings.DEFAULT, RANGES)) {
      range(ranges.addObject(), range);
    }
    return node;
  }

  /** What is counted, and of which simulations it is doubtful that they are in equilibrium. */
  private static void from(ObjectNode node, List<CounterBlock> stored, CountedTime counted) {
    node.put("from", counted.asked());
    Set<String> used = stored.stream().map(CounterBlock::simulation).collect(Collectors.toSet());
    ArrayNode doubts = node.putArray("doubts");
    counted.doubts(used).forEach(doubts::add);
    ObjectNode simulations = node.putObject("simulations");
    counted
        .simulations()
        .forEach(
            (id, own) -> {
              if (used.contains(id)) {
                ObjectNode each = simulations.putObject(id);
                each.put("verdict", own.verdict());
                Json.put(each, "since", own.since());
                Json.put(each, "from", own.from());
                Json.put(each, "tau_alpha", own.tauAlpha());
                Json.put(each, "block_tau", own.blockTau());
              }
            });
  }

  private static void table(ObjectNode node, RateTable table) {
    ArrayNode temperatures = node.putArray("temperatures");
    for (int t = 0; t < table.temperatures(); t++) {
      temperatures.add(table.temperature(t));
    }
    ArrayNode bins = node.putArray("bins");
    for (int b = 0; b < table.bins(); b++) {
      ObjectNode bin = bins.addObject();
      bin.put("low", table.low(b));
      bin.put("high", table.high(b));
      ArrayNode structures = bin.putArray("structures");
      ArrayNode rearranging = bin.putArray("rearranging");
      ArrayNode probability = bin.putArray("probability");
      ArrayNode error = bin.putArray("error");
      for (int t = 0; t < table.temperatures(); t++) {
        structures.add(table.structures(b, t));
        rearranging.add(table.rearranging(b, t));
        Json.add(probability, table.probability(b, t));
        Json.add(error, table.binomialError(b, t));
      }
    }
  }

  private static void range(ObjectNode node, BarrierAnalysis.Range range) {
    BarrierAnalysis found = range.found();
    ArrayNode below = node.putArray("below");
    range.below().forEach(end -> Json.add(below, end));
    ArrayNode fits = node.putArray("fits");
    for (KramersFit fit : found.fits()) {
      ObjectNode each = fits.addObject();
      each.put("low", fit.low());
      each.put("high", fit.high());
      Json.put(each, "dE", fit.dE());
      Json.put(each, "dE_error", fit.dEError());
      Json.put(each, "dE_systematic", fit.dESystematic());
      Json.put(each, "chi2", fit.chiSquared());
      each.put("dof", fit.degreesOfFreedom());
      Json.put(each, "Sigma", fit.sigma());
      Json.put(each, "Sigma_error", fit.sigmaError());
      Json.put(each, "curvature", fit.curvature());
      Json.put(each, "curvature_error", fit.curvatureError());
      each.put("points", fit.points());
      each.put("reason", fit.reason());
    }
    Onset onset = found.onset();
    Json.put(node, "T0", onset.t0());
    Json.put(node, "T0_error", onset.error());
    Json.put(node, "T0_low", onset.low());
    Json.put(node, "T0_high", onset.high());
    Json.put(node, "T0_systematic", onset.systematic());
    Json.put(node, "T0_chi2", onset.chiSquared());
    node.put("T0_dof", onset.degreesOfFreedom());
    node.put("T0_reason", onset.reason());
  }
}
