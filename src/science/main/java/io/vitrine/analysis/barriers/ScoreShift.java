package io.vitrine.analysis.barriers;

import io.vitrine.results.bins.Binning;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.CounterBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts seen from the mean score of each temperature, m(T), instead of from one fixed score.
 *
 * <p>Does a straight line at fixed x prove a barrier dE(x)? Where m(T) is close to a line in 1/T
 * and dE to a line in x, ln(T P_R) is nearly straight in 1/T both at fixed x and at fixed distance
 * x - m(T), with other slopes: which score counts as the same at two temperatures is a choice, and
 * lines do not tell. Both are fitted, and the difference of their dE is what the choice decides.
 * Arrhenius lines alone do not show that an energy was learned: Swain, Ridout and Nemenman,
 * arXiv:2403.00751.
 *
 * @param means mean of w.z over all particles, by temperature
 */
public record ScoreShift(SortedMap<Double, Double> means) {
  private static final Binning RAW = Binning.RAW_SCORE;

  /** Of the counts of a classifier. */
  public static ScoreShift of(StoredRates rates) {
    TreeMap<Double, Double> means = new TreeMap<>();
    for (CounterSum counter : rates.counters()) {
      double n = 0;
      double sum = 0;
      for (CounterBin bin : counter.bins()) {
        if (bin.index() >= RAW.first() && bin.index() <= RAW.last()) {
          n += bin.structures();
          sum += bin.structures() * (RAW.low(bin.index()) + RAW.high(bin.index())) / 2;
        }
      }
      if (n > 0) {
        means.put(counter.temperature(), sum / n);
      }
    }
    return new ScoreShift(means);
  }

  /** Mean of x at a temperature. */
  public double x(double temperature, ScoreScale scale) {
    return (means.get(temperature) - scale.origin()) / scale.sigma();
  }

  /** The counts with x - m(T) for x, to the width of a stored bin (0.02 in w.z). */
  public StoredRates centred(StoredRates rates) {
    List<CounterBlock> blocks = new ArrayList<>();
    for (CounterBlock b : rates.blocks()) {
      blocks.add(
          new CounterBlock(
              b.study(),
              b.simulation(),
              b.model(),
              b.modelVersion(),
              b.temperature(),
              b.blockMillis(),
              b.block(),
              b.windows(),
              moved(b.bins(), b.temperature(), rates.scale())));
    }
    List<CounterSum> sums = new ArrayList<>();
    for (CounterSum c : rates.counters()) {
      sums.add(
          new CounterSum(
              c.model(),
              c.modelVersion(),
              c.temperature(),
              c.windows(),
              moved(c.bins(), c.temperature(), rates.scale())));
    }
    return new StoredRates(rates.model(), rates.version(), rates.scale(), sums, blocks);
  }

  private List<CounterBin> moved(List<CounterBin> bins, double temperature, ScoreScale scale) {
    double mean = means.getOrDefault(temperature, scale.origin());
    int by = (int) Math.round((mean - scale.origin()) * RAW.perUnit());
    List<CounterBin> moved = new ArrayList<>();
    for (CounterBin bin : bins) {
      int to = bin.index() - by;
      if (Math.min(bin.index(), to) >= RAW.first() && Math.max(bin.index(), to) <= RAW.last()) {
        moved.add(new CounterBin(to, bin.structures(), bin.rearranging()));
      }
    }
    return moved;
  }
}
