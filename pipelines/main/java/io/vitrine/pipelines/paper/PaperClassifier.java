package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.analysis.barriers.BarrierAnalysis;
import io.vitrine.analysis.barriers.KramersFit;
import io.vitrine.analysis.barriers.RateErrors;
import io.vitrine.analysis.barriers.RateTable;
import io.vitrine.learning.Model;
import java.util.SortedMap;

/** What is known of one classifier of the paper; {@code printed} is its row of Table I, or null. */
record PaperClassifier(
    String name,
    double temperature,
    Model model,
    JsonNode report,
    double cosine,
    RateTable table,
    RateErrors errors,
    BarrierAnalysis barriers,
    BarrierAnalysis below08,
    BarrierAnalysis everything,
    SortedMap<Double, double[]> moments,
    PaperValues printed) {
  double sigma() {
    return report.path("sigma").asDouble(Double.NaN);
  }

  double best() {
    return report.path("bias_best").asDouble(Double.NaN);
  }

  /** dE of the bin centred at x = 0. */
  KramersFit atZero() {
    for (KramersFit fit : barriers.fits()) {
      if (Math.abs(fit.low() + fit.high()) < 1e-9) {
        return fit;
      }
    }
    return null;
  }

  boolean isSoftness() {
    return name.equals(PaperFolder.SOFTNESS);
  }
}
