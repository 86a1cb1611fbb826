package io.vitrine.pipelines.paper;

import io.vitrine.analysis.barriers.BarrierAnalysis;
import io.vitrine.analysis.barriers.BlockErrors;
import io.vitrine.analysis.barriers.CountedTime;
import io.vitrine.analysis.barriers.HopRates;
import io.vitrine.analysis.barriers.KramersFit;
import io.vitrine.analysis.barriers.KramersSettings;
import io.vitrine.analysis.barriers.LiquidState;
import io.vitrine.analysis.barriers.RateErrors;
import io.vitrine.analysis.barriers.RateTable;
import io.vitrine.analysis.barriers.ScoreBins;
import io.vitrine.analysis.barriers.ScoreShift;
import io.vitrine.analysis.barriers.StoredRates;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the counted runs say of a classifier.
 *
 * @param rates its counters
 * @param table in bins of x
 * @param errors of it
 * @param barriers fits over T &lt; 0.85
 * @param below08 fits over T &lt; 0.8
 * @param everything fits over all temperatures
 * @param perHop fits over T &lt; 0.85 of the rates of hops
 * @param centred fits over T &lt; 0.85 at fixed distance from the mean of each temperature
 * @param state whether the liquid's state matters at fixed score
 * @param moments mean, sigma, skewness and excess kurtosis of w.z less the bias of the SVM
 */
record PaperCounts(
    StoredRates rates,
    RateTable table,
    RateErrors errors,
    BarrierAnalysis barriers,
    BarrierAnalysis below08,
    BarrierAnalysis everything,
    Optional<BarrierAnalysis> perHop,
    BarrierAnalysis centred,
    LiquidState state,
    SortedMap<Double, double[]> moments) {
  private static final KramersSettings SETTINGS = KramersSettings.DEFAULT;
  private static final double WIDTH = ScoreBins.DEFAULT_WIDTH;

  /** Fits everything. */
  static PaperCounts of(
      StoredRates rates, CountedTime counted, HopRates hops, SortedMap<Double, double[]> moments) {
    RateTable table = rates.table(WIDTH);
    BlockErrors errors = rates.scale().bins(WIDTH).blocks(table, rates.blocks(), counted::merge);
    StoredRates centred = ScoreShift.of(rates).centred(rates);
    RateTable distances = centred.table(WIDTH);
    return new PaperCounts(
        rates,
        table,
        errors,
        BarrierAnalysis.of(table, errors, SETTINGS),
        BarrierAnalysis.of(table, errors, SETTINGS.below(0.8)),
        BarrierAnalysis.of(table, errors, SETTINGS.below(Double.POSITIVE_INFINITY)),
        hops.covers(table)
            ? Optional.of(BarrierAnalysis.of(hops.of(table), errors, SETTINGS))
            : Optional.empty(),
        BarrierAnalysis.of(distances, centred.errors(distances, WIDTH, counted), SETTINGS),
        LiquidState.of(table, errors, SETTINGS.below()),
        moments);
  }

  /** The fit of the bin centred at x = 0; null where it could not be fitted. */
  KramersFit atZero() {
    KramersFit zero = barriers.atZero();
    return zero != null && zero.fitted() ? zero : null;
  }
}
