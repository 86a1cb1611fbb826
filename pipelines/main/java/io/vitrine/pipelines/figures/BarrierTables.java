package io.vitrine.pipelines.figures;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.barriers.BarrierAnalysis;
import io.vitrine.analysis.barriers.HopRates;
import io.vitrine.analysis.barriers.KramersFit;
import io.vitrine.analysis.barriers.LiquidState;
import io.vitrine.analysis.barriers.Onset;
import io.vitrine.analysis.barriers.RateTable;
import io.vitrine.analysis.barriers.ScoreShift;
import io.vitrine.analysis.barriers.StoredRates;

/** Barriers and rates as tables and as JSON. */
public final class BarrierTables {
  private BarrierTables() {}

  /** The fits as CSV, a line a bin. */
  public static String fits(BarrierAnalysis analysis) {
    StringBuilder fits =
        new StringBuilder(
            "bin_low,bin_high,dE,dE_error,Sigma,Sigma_error,dE_systematic,chi2,dof,hops,hops_effective\n");
    for (KramersFit f : analysis.fits()) {
      fits.append(f.low()).append(',').append(f.high()).append(',').append(f.dE()).append(',');
      fits.append(f.dEError()).append(',').append(f.sigma()).append(',');
      fits.append(f.sigmaError()).append(',').append(f.dESystematic()).append(',');
      fits.append(f.chiSquared()).append(',').append(f.degreesOfFreedom()).append(',');
      fits.append(f.hops()).append(',').append(f.effectiveHops()).append('\n');
    }
    return fits.toString();
  }

  /** The rates as CSV, a line a bin and temperature. */
  public static String rates(RateTable table) {
    StringBuilder rates =
        new StringBuilder("bin_low,bin_high,temperature,structures,rearranging,P_R,error\n");
    for (int b = 0; b < table.bins(); b++) {
      for (int t = 0; t < table.temperatures(); t++) {
        rates.append(table.low(b)).append(',').append(table.high(b)).append(',');
        rates.append(table.temperature(t)).append(',').append(table.structures(b, t));
        rates.append(',').append(table.rearranging(b, t)).append(',');
        rates.append(table.probability(b, t)).append(',');
        rates.append(table.binomialError(b, t)).append('\n');
      }
    }
    return rates.toString();
  }

  /**
   * What was found, for the JSON summary.
   *
   * @param end of the range of temperatures
   */
  public static ObjectNode json(BarrierAnalysis analysis, double end) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    ArrayNode bins = node.putArray("bins");
    for (KramersFit fit : analysis.fits()) {
      ObjectNode bin = bins.addObject();
      number(bin, "bin_low", fit.low());
      number(bin, "bin_high", fit.high());
      number(bin, "dE", fit.dE());
      number(bin, "dE_error", fit.dEError());
      number(bin, "dE_systematic", fit.dESystematic());
      number(bin, "Sigma", fit.sigma());
      number(bin, "Sigma_error", fit.sigmaError());
      number(bin, "chi2", fit.chiSquared());
      bin.put("dof", fit.degreesOfFreedom());
      bin.put("hops", fit.hops());
      number(bin, "hops_effective", fit.effectiveHops());
      number(bin, "curvature", fit.curvature());
      number(bin, "curvature_error", fit.curvatureError());
      if (!fit.fitted()) {
        bin.put("reason", fit.reason());
      }
    }
    Onset onset = analysis.onset();
    number(node, "T0", onset.t0());
    number(node, "T0_error", onset.error());
    number(node, "T0_low", onset.low());
    number(node, "T0_high", onset.high());
    number(node, "T0_systematic", onset.systematic());
    number(node, "T0_chi2", onset.chiSquared());
    node.put("T0_dof", onset.degreesOfFreedom());
    if (!onset.found()) {
      node.put("T0_reason", onset.reason());
    }
    number(node, "below", end);
    node.put("prefactor", analysis.settings().prefactor());
    node.put("rate", analysis.settings().hazard() ? "hazard" : "probability");
    return node;
  }

  /**
   * The same for rates of hops, with how many hops there are and in how many windows one is seen.
   */
  public static ObjectNode perHop(BarrierAnalysis analysis, double end, HopRates hops) {
    ObjectNode node = json(analysis, end);
    ArrayNode seen = node.putArray("hops");
    hops.byTemperature()
        .forEach(
            (t, d) ->
                seen.addObject()
                    .put("temperature", t)
                    .put("hops", d.hops())
                    .put("windows_per_hop", d.windows()));
    return node;
  }

  /**
   * What speaks for or against an energy that depends on the score alone.
   *
   * @param centred fits at fixed distance from the mean score of each temperature
   */
  public static ObjectNode checks(
      StoredRates rates, BarrierAnalysis fixed, BarrierAnalysis centred, LiquidState state) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    ObjectNode shift = node.putObject("shift");
    ArrayNode means = shift.putArray("mean_x");
    ScoreShift seen = ScoreShift.of(rates);
    seen.means()
        .keySet()
        .forEach(t -> means.addObject().put("temperature", t).put("x", seen.x(t, rates.scale())));
    shift.set("fixed_x", summary(fixed));
    shift.set("fixed_distance", summary(centred));
    ObjectNode liquid = node.putObject("state");
    number(liquid, "state", state.state());
    number(liquid, "error", state.error());
    number(liquid, "score", state.score());
    ArrayNode each = liquid.putArray("temperatures");
    for (LiquidState.AtTemperature one : state.temperatures()) {
      ObjectNode row = each.addObject().put("temperature", one.temperature());
      row.put("blocks", one.blocks()).put("state", one.state());
      row.put("error", one.error()).put("score", one.score());
    }
    return node;
  }

  private static ObjectNode summary(BarrierAnalysis analysis) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    KramersFit zero = analysis.atZero();
    number(node, "dE_at_0", zero == null ? Double.NaN : zero.dE());
    number(node, "dE_at_0_error", zero == null ? Double.NaN : zero.dEError());
    number(node, "chi2", analysis.chiSquared());
    node.put("dof", analysis.degreesOfFreedom());
    return node;
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
