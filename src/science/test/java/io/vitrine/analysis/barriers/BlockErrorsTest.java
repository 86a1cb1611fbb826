package io.vitrine.analysis.barriers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.CounterBlock;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

final class BlockErrorsTest {
  private static final ScoreBins BINS = new ScoreBins(0.0, 1.0, 0.5);

  /** Every hop is seen in {@code repeats} windows, as a real one is; 200 blocks. */
  private static List<CounterBlock> blocks(double temperature, int repeats, long seed) {
    RandomGenerator random = new Well19937c(seed);
    List<CounterBlock> blocks = new ArrayList<>();
    for (int block = 0; block < 200; block++) {
      long hops = repeats * BinomialErrors.binomial(10_000 / repeats, 0.01, random);
      blocks.add(
          new CounterBlock(
              "s",
              "a",
              "m",
              "",
              temperature,
              50_000,
              block,
              50,
              List.of(new CounterBin(5, 10_000, hops))));
    }
    return blocks;
  }

  private static double ratioToBinomial(int repeats) {
    List<CounterBlock> blocks = blocks(0.5, repeats, 11);
    RateTable table = BINS.table(ScoreBins.sum("m", "", blocks));
    double bootstrap = BINS.blocks(table, blocks, b -> 1).logVariances(table, 2000, 5)[0][0];
    double binomial = new BinomialErrors().logVariances(table, 0, 0)[0][0];
    return Math.sqrt(bootstrap / binomial);
  }

  /** 200 blocks give the error of the error to 5%; 15% is three of those. */
  @Test
  void logVariances_independentStructures_agreeWithBinomial() {
    assertThat(ratioToBinomial(1)).isCloseTo(1.0, within(0.15));
  }

  @Test
  void logVariances_everyHopSeenFourTimes_areTwiceTheBinomialError() {
    assertThat(ratioToBinomial(4)).isCloseTo(2.0, within(0.3));
  }

  @Test
  void of_correlatedCounts_coverTheTruthWhereBinomialErrorsDoNot() {
    int byBlocks = 0;
    int byBinomial = 0;
    int trials = 100;
    double[] temperatures = {0.5, 0.6, 0.7};
    // P = 0.01 at all T: ln(T P) = Sigma - dE / T is not a line, so fit without the prefactor.
    KramersSettings settings = new KramersSettings(0.85, false, false, 10, 60, 1);
    for (int seed = 0; seed < trials; seed++) {
      List<CounterBlock> all = new ArrayList<>();
      for (double temperature : temperatures) {
        all.addAll(blocks(temperature, 4, 100L * seed + (long) (10 * temperature)));
      }
      RateTable table = BINS.table(ScoreBins.sum("m", "", all));
      KramersFit fit =
          BarrierAnalysis.of(table, BINS.blocks(table, all, b -> 1), settings).fits().get(0);
      KramersFit naive = BarrierAnalysis.of(table, new BinomialErrors(), settings).fits().get(0);
      byBlocks += Math.abs(fit.dE()) < fit.dEError() ? 1 : 0;
      byBinomial += Math.abs(naive.dE()) < naive.dEError() ? 1 : 0;
    }
    // Standard error of 100 trials: 4.7%.
    assertThat(byBlocks / (double) trials).isBetween(0.55, 0.80);
    assertThat(byBinomial / (double) trials).isLessThan(0.52);
  }

  /** Ten blocks of one simulation, of 10,000 structures each, so many of which rearrange. */
  private static List<CounterBlock> evenBlocks(String simulation, double temperature, long hops) {
    List<CounterBlock> blocks = new ArrayList<>();
    for (int block = 0; block < 10; block++) {
      List<CounterBin> bins = List.of(new CounterBin(5, 10_000, hops));
      blocks.add(new CounterBlock("s", simulation, "m", "", temperature, 50_000, block, 50, bins));
    }
    return blocks;
  }

  @Test
  void leftOut_twoSimulationsAtOneTemperature_lackOneOfThemEach() {
    List<CounterBlock> all = new ArrayList<>(evenBlocks("one", 0.5, 100));
    all.addAll(evenBlocks("two", 0.5, 130));
    all.addAll(evenBlocks("hot", 0.7, 300));
    RateTable table = BINS.table(ScoreBins.sum("m", "", all));
    List<RateTable> tables = BINS.blocks(table, all, b -> 1).leftOut(table);
    assertThat(tables).hasSize(2);
    assertThat(tables.get(0).rearranging(0, 0)).isEqualTo(1300);
    assertThat(tables.get(1).rearranging(0, 0)).isEqualTo(1000);
    for (RateTable each : tables) {
      assertThat(each.structures(0, 0)).isEqualTo(100_000);
      assertThat(each.rearranging(0, 1)).isEqualTo(3000);
    }

    List<CounterBlock> alone = evenBlocks("one", 0.5, 100);
    RateTable single = BINS.table(ScoreBins.sum("m", "", alone));
    assertThat(BINS.blocks(single, alone, b -> 1).leftOut(single)).isEmpty();
  }

  /** One simulation of each temperature has dE = 0, the other ln 2 / (1/0.5 - 1/0.7). */
  @Test
  void of_simulationsThatDisagree_sayHowMuchTheyChangeTheBarrier() {
    List<CounterBlock> flat = new ArrayList<>();
    List<CounterBlock> both = new ArrayList<>();
    for (double temperature : new double[] {0.5, 0.6, 0.7}) {
      flat.addAll(evenBlocks("flat" + temperature, temperature, 100));
      double rising = 100 * Math.pow(2, (2 - 1 / temperature) / (2 - 1 / 0.7));
      both.addAll(evenBlocks("rising" + temperature, temperature, Math.round(rising)));
    }
    both.addAll(flat);
    KramersSettings settings = new KramersSettings(0.85, false, false, 10, 60, 1);
    assertThat(barrier(flat, settings).dESystematic()).isCloseTo(0, within(1e-9));
    KramersFit fit = barrier(both, settings);
    double rising = Math.log(2) / (2 - 1 / 0.7);
    assertThat(fit.dE()).isBetween(0.4 * rising, 0.7 * rising);
    double change = Math.max(fit.dE(), rising - fit.dE());
    assertThat(fit.dESystematic()).isCloseTo(change, within(0.02 * rising));
  }

  private static KramersFit barrier(List<CounterBlock> blocks, KramersSettings settings) {
    RateTable table = BINS.table(ScoreBins.sum("m", "", blocks));
    return BarrierAnalysis.of(table, BINS.blocks(table, blocks, b -> 1), settings).fits().get(0);
  }

  @Test
  void logVariances_threeBlocks_areTooFew() {
    List<CounterBlock> blocks = blocks(0.5, 1, 11).subList(0, 3);
    RateTable table = BINS.table(ScoreBins.sum("m", "", blocks));
    assertThat(BINS.blocks(table, blocks, b -> 1).lacks(table))
        .containsExactly("T = 0.5 is not fitted: 3 blocks of time were counted, and 4 are needed");

    assertThat(BINS.blocks(table, blocks, b -> 1).logVariances(table, 100, 5)[0][0]).isInfinite();
  }

  @Test
  void blocks_mergedByFour_areFewer() {
    List<CounterBlock> blocks = blocks(0.5, 1, 11);
    RateTable table = BINS.table(ScoreBins.sum("m", "", blocks));

    assertThat(BINS.blocks(table, blocks, b -> 4).blocks(0)).isEqualTo(50);
  }

  @Test
  void table_rawBins_goWhereTheirCentreLies() {
    ScoreBins bins = new ScoreBins(0.1, 0.5, 0.5);
    // x = (w.z - 0.1) / 0.5; x = 0 is the bin w.z in [-0.025, 0.225).
    CounterSum counters =
        new CounterSum(
            "m",
            "",
            0.5,
            1,
            List.of(
                new CounterBin(-1001, 5, 5), // underflow: nowhere
                new CounterBin(-2, 7, 0), // centre -0.03
                new CounterBin(-1, 1, 0), // centre -0.01
                new CounterBin(10, 2, 1), // centre 0.21
                new CounterBin(11, 4, 2))); // centre 0.23
    RateTable table = bins.table(List.of(counters));

    assertThat(table.bins()).isEqualTo(3);
    assertThat(table.low(1)).isEqualTo(-0.25);
    assertThat(table.high(1)).isEqualTo(0.25);
    assertThat(table.structures(0, 0)).isEqualTo(7);
    assertThat(table.structures(1, 0)).isEqualTo(3);
    assertThat(table.rearranging(1, 0)).isEqualTo(1);
    assertThat(table.structures(2, 0)).isEqualTo(4);
  }
}
