package io.vitrine.analysis.barriers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.TestData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

final class BarrierAnalysisTest {
  private static final KramersSettings QUICK = new KramersSettings(0.85, true, false, 10, 100, 7);

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
  void of_twoTemperatures_hasNoChiSquaredAndIsNotFitted() {
    RateTable table = only(SyntheticRates.exact(1_000_000_000L), 0.50, 0.80);

    BarrierAnalysis found = BarrierAnalysis.of(table, new BinomialErrors(), QUICK);

    assertThat(found.fits())
        .extracting(KramersFit::reason)
        .containsOnly("a line with a chi^2 needs 3 temperatures in range, but there were 2");
    assertThat(found.onset().reason())
        .isEqualTo("lines of 2 bins are needed, but 0 could be fitted");
  }

  /** The lines cross at 0.95; two of the temperatures lie below, then three. */
  @Test
  void of_twoTemperaturesBelowTheCrossing_refusesTheOnsetAndSaysWhichThereAre() {
    List<RateTable.Count> counts = new ArrayList<>();
    for (double x = -2; x <= 2; x += 0.5) {
      for (double temperature : new double[] {0.5, 0.6, 0.7, 1.0, 1.1}) {
        long n = 1_000_000_000L;
        long hops = Math.round(n * SyntheticRates.probability(x, temperature));
        counts.add(new RateTable.Count(x - 0.25, x + 0.25, temperature, n, hops));
      }
    }
    RateTable all = RateTable.of(counts);
    KramersSettings hot = QUICK.below(Double.POSITIVE_INFINITY);

    Onset onset =
        BarrierAnalysis.of(only(all, 0.6, 0.7, 1.0, 1.1), new BinomialErrors(), hot).onset();
    assertThat(onset.reason())
        .isEqualTo(
            "3 temperatures below the crossing at 0.950 are needed, but there were 2: [0.6, 0.7]");
    assertThat(BarrierAnalysis.of(all, new BinomialErrors(), hot).onset().t0())
        .isCloseTo(SyntheticRates.T0, within(1e-3));
  }

  @Test
  void ranges_ofTheSameTemperatures_areOne() {
    RateTable table = only(SyntheticRates.exact(1_000_000L), 0.5, 0.6, 0.65, 0.8);

    List<BarrierAnalysis.Range> ranges =
        BarrierAnalysis.ranges(
            table, new BinomialErrors(), QUICK, 0.8, 0.85, Double.POSITIVE_INFINITY);

    assertThat(ranges).hasSize(2);
    assertThat(ranges.get(0).below()).containsExactly(0.8);
    assertThat(ranges.get(1).below()).containsExactly(0.85, Double.POSITIVE_INFINITY);
    assertThat(ranges.get(0).found().fits()).allMatch(fit -> fit.points() == 3);
    assertThat(ranges.get(1).found())
        .isEqualTo(BarrierAnalysis.of(table, new BinomialErrors(), QUICK));
  }

  /** The table at some of its temperatures. */
  private static RateTable only(RateTable table, double... temperatures) {
    List<RateTable.Count> counts = new ArrayList<>();
    for (int b = 0; b < table.bins(); b++) {
      for (int t = 0; t < table.temperatures(); t++) {
        double temperature = table.temperature(t);
        if (Arrays.stream(temperatures).anyMatch(wanted -> wanted == temperature)) {
          counts.add(
              new RateTable.Count(
                  table.low(b),
                  table.high(b),
                  temperature,
                  table.structures(b, t),
                  table.rearranging(b, t)));
        }
      }
    }
    return RateTable.of(counts);
  }

  @Test
  void of_fewerThanTenHops_isNotFitted() {
    RateTable table =
        RateTable.of(
            List.of(
                new RateTable.Count(0, 1, 0.5, 1000, 0),
                new RateTable.Count(0, 1, 0.6, 1000, 4),
                new RateTable.Count(0, 1, 0.7, 1000, 5)));

    KramersFit fit = BarrierAnalysis.of(table, new BinomialErrors(), QUICK).fits().get(0);

    assertThat(fit.fitted()).isFalse();
    assertThat(fit.reason()).isEqualTo("a line needs 10 hops in range, but there were 9");
  }

  /** Numbers by scipy: testdata/barriers. */
  @Test
  void of_sparseCounts_areThoseOfScipy() throws Exception {
    JsonNode cases = new ObjectMapper().readTree(TestData.file("barriers/expected.json").toFile());
    assertThat(cases).hasSize(6);
    for (JsonNode c : cases) {
      List<RateTable.Count> counts = new ArrayList<>();
      for (int t = 0; t < c.get("temperatures").size(); t++) {
        counts.add(
            new RateTable.Count(
                0,
                1,
                c.get("temperatures").get(t).asDouble(),
                c.get("structures").get(t).asLong(),
                c.get("hops").get(t).asLong()));
      }
      KramersSettings settings =
          QUICK.hazard(c.get("hazard").asBoolean()).prefactor(c.get("prefactor").asBoolean());
      KramersFit fit =
          BarrierAnalysis.of(RateTable.of(counts), new BinomialErrors(), settings).fits().get(0);

      String name = c.get("name").asText();
      assertThat(fit.dE()).as(name).isCloseTo(c.get("dE").asDouble(), within(1e-6));
      assertThat(fit.sigma()).as(name).isCloseTo(c.get("sigma").asDouble(), within(1e-6));
      double error = c.get("dE_error").asDouble();
      assertThat(fit.dEError()).as(name).isCloseTo(error, within(1e-5 * error));
      error = c.get("sigma_error").asDouble();
      assertThat(fit.sigmaError()).as(name).isCloseTo(error, within(1e-5 * error));
      assertThat(fit.chiSquared()).as(name).isCloseTo(c.get("deviance").asDouble(), within(1e-6));
      assertThat(fit.degreesOfFreedom()).isEqualTo(counts.size() - 2);
    }
  }

  /**
   * 200 seeds of counts so few that a third of the cells has no hop. The standard error of the
   * share of 1800 fits is 1.1%, of the mean barrier 1/40 of its error.
   */
  @Test
  void of_sparseCounts_coverTheTruthWithoutBias() {
    KramersSettings few = new KramersSettings(0.85, true, false, 1, 2, 7);
    int fits = 0;
    int within = 0;
    int cells = 0;
    int empty = 0;
    double off = 0;
    for (int seed = 0; seed < 200; seed++) {
      RateTable table = SyntheticRates.draw(new Well19937c(5000 + seed), x -> 17);
      for (int b = 0; b < table.bins(); b++) {
        for (int t = 0; t < table.temperatures(); t++) {
          cells++;
          empty += table.rearranging(b, t) == 0 ? 1 : 0;
        }
      }
      for (KramersFit fit : BarrierAnalysis.of(table, new BinomialErrors(), few).fits()) {
        if (fit.fitted()) {
          double x = (fit.low() + fit.high()) / 2;
          double z = (fit.dE() - SyntheticRates.dE(x)) / fit.dEError();
          fits++;
          off += z;
          within += Math.abs(z) < 1 ? 1 : 0;
        }
      }
    }
    assertThat(empty / (double) cells).isBetween(0.30, 0.45);
    assertThat(fits).isGreaterThan(1000);
    assertThat(within / (double) fits).isCloseTo(0.68, within(0.07));
    assertThat(off / fits).isCloseTo(0, within(0.15));
  }

  @Test
  void dESystematic_ofAParabola_isTheSpreadOfItsRanges() {
    List<RateTable.Count> counts = new ArrayList<>();
    for (double temperature : SyntheticRates.TEMPERATURES) {
      double u = 1 / temperature;
      long hops = Math.round(1e9 * Math.exp(-1 + u - 0.8 * u * u) / temperature);
      counts.add(new RateTable.Count(0, 1, temperature, 1_000_000_000, hops));
    }
    RateTable table = RateTable.of(counts);
    KramersFit all = BarrierAnalysis.of(table, new BinomialErrors(), QUICK).fits().get(0);
    double colder =
        BarrierAnalysis.of(table, new BinomialErrors(), QUICK.below(0.72)).fits().get(0).dE();

    assertThat(all.dESystematic()).isGreaterThan(20 * all.dEError());
    assertThat(all.dESystematic()).isGreaterThanOrEqualTo(Math.abs(colder - all.dE()) - 1e-9);
  }

  @Test
  void of_withoutPrefactor_fitsLogOfTheProbability() {
    List<RateTable.Count> counts = new ArrayList<>();
    for (double temperature : new double[] {0.6, 0.65, 0.7}) {
      long hops = Math.round(1e12 * Math.exp(1 - 3 / temperature));
      counts.add(new RateTable.Count(0, 1, temperature, 1_000_000_000_000L, hops));
    }

    KramersFit fit =
        BarrierAnalysis.of(RateTable.of(counts), new BinomialErrors(), QUICK.prefactor(false))
            .fits()
            .get(0);

    assertThat(fit.dE()).isCloseTo(3, within(1e-8));
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
