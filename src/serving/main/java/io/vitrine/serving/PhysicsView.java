package io.vitrine.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.BarrierAnalysis;
import io.vitrine.analysis.BinomialErrors;
import io.vitrine.analysis.KramersFit;
import io.vitrine.analysis.KramersSettings;
import io.vitrine.analysis.Onset;
import io.vitrine.analysis.RateErrors;
import io.vitrine.analysis.RateTable;
import io.vitrine.analysis.ScoreBins;
import io.vitrine.results.CounterBlock;
import io.vitrine.results.CounterSum;
import java.util.List;

/** P_R, Kramers fits and T0 of one classifier, from the counters as they stand. */
final class PhysicsView {
  private static final double[] RANGES = {0.8, 0.85, Double.POSITIVE_INFINITY};
  private static final int REPLICAS = 100;

  private PhysicsView() {}

  /**
   * @param counters of one model and version
   * @param blocks of the same; where there are none, errors are binomial
   */
  static ObjectNode of(
      Classifier classifier,
      List<CounterSum> counters,
      List<CounterBlock> blocks,
      boolean prefactor) {
    ObjectNode node = Json.object();
    double sigma = classifier.sigma(counters);
    node.put("model", classifier.row().model());
    node.put("version", classifier.row().version());
    node.put("biasName", classifier.biasName());
    Json.put(node, "bias", classifier.bias());
    Json.put(node, "sigma", sigma);
    node.put("prefactor", prefactor);
    if (!Double.isFinite(classifier.bias()) || !(sigma > 0)) {
      node.put("reason", "the classifier's file has no bias or sigma");
      return node;
    }
    ScoreBins bins = new ScoreBins(classifier.bias(), sigma, ScoreBins.DEFAULT_WIDTH);
    RateTable table = bins.table(counters);
    RateErrors errors = blocks.isEmpty() ? new BinomialErrors() : bins.blocks(table, blocks, 1);
    node.put("errors", blocks.isEmpty() ? "binomial" : "block bootstrap");
    table(node, table);
    node.put("replicas", REPLICAS);
    KramersSettings settings = KramersSettings.DEFAULT.replicas(REPLICAS).prefactor(prefactor);
    ArrayNode ranges = node.putArray("ranges");
    for (double below : RANGES) {
      range(ranges.addObject(), BarrierAnalysis.of(table, errors, settings.below(below)));
    }
    return node;
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

  private static void range(ObjectNode node, BarrierAnalysis found) {
    Json.put(node, "below", found.settings().below());
    ArrayNode fits = node.putArray("fits");
    for (KramersFit fit : found.fits()) {
      ObjectNode each = fits.addObject();
      each.put("low", fit.low());
      each.put("high", fit.high());
      Json.put(each, "dE", fit.dE());
      Json.put(each, "dE_error", fit.dEError());
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
    node.put("T0_reason", onset.reason());
  }
}
