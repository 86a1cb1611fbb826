package io.vitrine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

final class BarrierAnalysisTest {
  private static final KramersSettings QUICK = new KramersSettings(0.85, true, 10, 100, 7);

  @Test
  void of_noiselessCounts_givesBackBarriersAndOnset() {
    BarrierAnalysis found =
        BarrierAnalysis.of(SyntheticRates.exact(1_000_000_000_000L), new BinomialErrors(), QUICK);

    for (KramersFit fit : found.fits()) {
      double x = (fit.low() + fit.high()) / 2;
      assertThat(fit.dE()).isCloseTo(SyntheticRates.dE(x), within(1e-5));
      assertThat(fit.sigma()).isCloseTo(SyntheticRates.sigma(x), within(1e-5));
      assertThat(fit.points()).isEqualTo(8);
    }
    assertThat(found.onset().t0()).isCloseTo(SyntheticRates.T0, within(1e-5));
    assertThat(found.onset().level()).isCloseTo(SyntheticRates.LEVEL, within(1e-5));
  }

  /**
   * 200 seeds. The 68% intervals must hold the truth in 68% +- 7% of the cases: for T0 the standard
   * error of 200 trials is 3.3%, for 1800 fits 1.1%.
   */
  @Test
  void of_twoHundredSeeds_coversTheTruthInTwoThirdsOfThem() {
    int fits = 0;
    int slopes = 0;
    int levels = 0;
    int onsets = 0;
    for (int seed = 0; seed < 200; seed++) {
      RateTable table = SyntheticRates.draw(new Well19937c(1000 + seed));
      BarrierAnalysis found = BarrierAnalysis.of(table, new BinomialErrors(), QUICK);
      for (KramersFit fit : found.fits()) {
        double x = (fit.low() + fit.high()) / 2;
        fits++;
        slopes += Math.abs(fit.dE() - SyntheticRates.dE(x)) < fit.dEError() ? 1 : 0;
        levels += Math.abs(fit.sigma() - SyntheticRates.sigma(x)) < fit.sigmaError() ? 1 : 0;
      }
      assertThat(found.onset().reason()).isEmpty();
      onsets +=
          found.onset().low() < SyntheticRates.T0 && SyntheticRates.T0 < found.onset().high()
              ? 1
              : 0;
    }
    assertThat(fits).isEqualTo(1800);
    assertThat(slopes / 1800.0).isCloseTo(0.68, within(0.07));
    assertThat(levels / 1800.0).isCloseTo(0.68, within(0.07));
    assertThat(onsets / 200.0).isCloseTo(0.68, within(0.07));
  }

  @Test
  void of_sameSeed_isTheSameBitForBit() {
    RateTable table = SyntheticRates.draw(new Well19937c(3));

    assertThat(BarrierAnalysis.of(table, new BinomialErrors(), QUICK))
        .isEqualTo(BarrierAnalysis.of(table, new BinomialErrors(), QUICK));
  }

  @Test
  void of_equalSlopes_refusesTheOnsetAndSaysWhy() {
    List<RateTable.Count> counts = new ArrayList<>();
    for (int b = 0; b < 4; b++) {
      for (double temperature : SyntheticRates.TEMPERATURES) {
        long hops = Math.round(1e6 * Math.exp(1 + 0.3 * b - 3 / temperature) / temperature);
        counts.add(new RateTable.Count(b, b + 1, temperature, 1_000_000, hops));
      }
    }
    Onset onset = BarrierAnalysis.of(RateTable.of(counts), new BinomialErrors(), QUICK).onset();

    assertThat(onset.found()).isFalse();
    assertThat(onset.t0()).isNaN();
    assertThat(onset.reason()).startsWith("the slopes of the 4 bins must differ, but");
  }

  @Test
  void of_temperaturesAboveTheRange_areLeftOut() {
    RateTable table = SyntheticRates.draw(new Well19937c(3));

    assertThat(BarrierAnalysis.of(table, new BinomialErrors(), QUICK.below(0.8)).fits())
        .allMatch(fit -> fit.points() == 7);
    assertThat(BarrierAnalysis.of(table, new BinomialErrors(), QUICK.below(0.53)).fits())
        .allMatch(fit -> !fit.fitted() && fit.reason().endsWith("but there were 1"));
  }

  @Test
  void of_fewerThanTenHops_isNotFitted() {
    RateTable table =
        RateTable.of(
            List.of(
                new RateTable.Count(0, 1, 0.5, 1000, 9),
                new RateTable.Count(0, 1, 0.6, 1000, 10),
                new RateTable.Count(0, 1, 0.7, 1000, 20)));

    KramersFit fit = BarrierAnalysis.of(table, new BinomialErrors(), QUICK).fits().get(0);

    assertThat(fit.points()).isEqualTo(2);
    double slope = Math.log(0.7 * 0.02 / (0.6 * 0.01)) / (1 / 0.6 - 1 / 0.7);
    assertThat(fit.dE()).isCloseTo(slope, within(1e-9));
  }

  @Test
  void of_withoutPrefactor_fitsLogOfTheProbability() {
    RateTable table =
        RateTable.of(
            List.of(
                new RateTable.Count(0, 1, 0.6, 1000, 10),
                new RateTable.Count(0, 1, 0.7, 1000, 20)));

    KramersFit fit =
        BarrierAnalysis.of(table, new BinomialErrors(), QUICK.prefactor(false)).fits().get(0);

    assertThat(fit.dE()).isCloseTo(Math.log(2) / (1 / 0.6 - 1 / 0.7), within(1e-9));
  }

  @Test
  void curvature_ofAParabola_isFoundAndTheLineIsRefuted() {
    List<RateTable.Count> counts = new ArrayList<>();
    for (double temperature : SyntheticRates.TEMPERATURES) {
      double u = 1 / temperature;
      long hops = Math.round(1e9 * Math.exp(-1 + u - 0.8 * u * u) / temperature);
      counts.add(new RateTable.Count(0, 1, temperature, 1_000_000_000, hops));
    }
    KramersFit fit =
        BarrierAnalysis.of(RateTable.of(counts), new BinomialErrors(), QUICK).fits().get(0);

    assertThat(fit.curvature()).isCloseTo(-0.8, within(1e-3));
    assertThat(fit.curvatureZ()).isLessThan(-100);
    assertThat(fit.goodness()).isLessThan(1e-6);
  }
}
