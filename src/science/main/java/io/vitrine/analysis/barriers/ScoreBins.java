package io.vitrine.analysis.barriers;

import io.vitrine.model.Check;
import io.vitrine.results.bins.Binning;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.CounterBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * Raw-score counters seen as counters of x = (w.z - b_best) / sigma.
 *
 * <p>Bin k holds x in [(k - 1/2) width, (k + 1/2) width): one bin is centred at x = 0. A raw bin
 * (0.02 wide) goes where its centre lies; its under- and overflow go nowhere. Counters without a
 * temperature cannot be used and are left out.
 *
 * @param bBest bias that fits the test set best, in units of the raw score
 * @param sigma standard deviation of the score over the bulk at the training temperature
 * @param width of a bin in x
 */
public record ScoreBins(double bBest, double sigma, double width) {
  /** Default width of a bin. */
  public static final double DEFAULT_WIDTH = 0.5;

  /** Checks the numbers. */
  public ScoreBins {
    if (!Double.isFinite(bBest)) {
      throw Check.refuse("bBest", "be finite", bBest);
    }
    Check.positive("sigma", sigma);
    Check.positive("width", width);
  }

  /** The table of all counters given, which must be of one model and version. */
  public RateTable table(Collection<CounterSum> counters) {
    List<RateTable.Count> counts = new ArrayList<>();
    for (CounterSum counter : counters) {
      if (!Double.isNaN(counter.temperature())) {
        for (CounterBin bin : counter.bins()) {
          if (ordinary(bin)) {
            int k = index(bin);
            counts.add(
                new RateTable.Count(
                    (k - 0.5) * width,
                    (k + 0.5) * width,
                    counter.temperature(),
                    bin.structures(),
                    bin.rearranging()));
          }
        }
      }
    }
    return RateTable.of(counts);
  }

  /**
   * The blocks behind a table, for their bootstrap; blocks of all simulations of a temperature are
   * drawn from together.
   *
   * @param table made from the same counters
   * @param merge how many stored blocks make one here: neighbours of one simulation, counted from
   *     its first one
   */
  public BlockErrors blocks(
      RateTable table, Collection<CounterBlock> blocks, ToIntFunction<CounterBlock> merge) {
    Map<String, Long> firsts = new HashMap<>();
    blocks.forEach(b -> firsts.merge(b.simulation(), b.block(), Math::min));
    List<Map<String, BlockErrors.Block>> merged = new ArrayList<>();
    for (int t = 0; t < table.temperatures(); t++) {
      merged.add(new TreeMap<>());
    }
    for (CounterBlock block : blocks) {
      int t = temperature(table, block.temperature());
      if (t >= 0) {
        long place = block.block() - firsts.get(block.simulation());
        int several = merge.applyAsInt(block);
        Check.positive("merge", several);
        String name = block.simulation() + '\n' + place / several;
        BlockErrors.Block sum =
            merged
                .get(t)
                .computeIfAbsent(
                    name,
                    n ->
                        new BlockErrors.Block(
                            block.simulation(), new long[table.bins()], new long[table.bins()]));
        add(table, block, sum);
      }
    }
    List<List<BlockErrors.Block>> byTemperature = new ArrayList<>();
    for (Map<String, BlockErrors.Block> each : merged) {
      byTemperature.add(List.copyOf(each.values()));
    }
    return new BlockErrors(byTemperature);
  }

  /** Counters of one model and version, summed from their blocks, by temperature. */
  public static List<CounterSum> sum(
      String model, String version, Collection<CounterBlock> blocks) {
    TreeSet<Double> temperatures = new TreeSet<>();
    blocks.forEach(block -> temperatures.add(block.temperature()));
    List<CounterSum> sums = new ArrayList<>();
    for (double temperature : temperatures) {
      Map<Integer, CounterBin> bins = new TreeMap<>();
      long windows = 0;
      for (CounterBlock block : blocks) {
        if (block.model().equals(model)
            && block.modelVersion().equals(version)
            && Double.compare(block.temperature(), temperature) == 0) {
          windows += block.windows();
          for (CounterBin bin : block.bins()) {
            bins.merge(
                bin.index(),
                bin,
                (a, b) ->
                    new CounterBin(
                        a.index(),
                        a.structures() + b.structures(),
                        a.rearranging() + b.rearranging()));
          }
        }
      }
      sums.add(new CounterSum(model, version, temperature, windows, List.copyOf(bins.values())));
    }
    return sums;
  }

  private void add(RateTable table, CounterBlock block, BlockErrors.Block sum) {
    double[] lows = new double[table.bins()];
    for (int b = 0; b < lows.length; b++) {
      lows[b] = table.low(b);
    }
    for (CounterBin bin : block.bins()) {
      if (ordinary(bin)) {
        int b = Arrays.binarySearch(lows, (index(bin) - 0.5) * width);
        if (b >= 0) {
          sum.structures[b] += bin.structures();
          sum.rearranging[b] += bin.rearranging();
        }
      }
    }
  }

  private int index(CounterBin bin) {
    Binning raw = Binning.RAW_SCORE;
    double centre = (raw.low(bin.index()) + raw.high(bin.index())) / 2;
    return (int) Math.floor((centre - bBest) / sigma / width + 0.5);
  }

  private static boolean ordinary(CounterBin bin) {
    Binning raw = Binning.RAW_SCORE;
    return bin.index() >= raw.first() && bin.index() <= raw.last();
  }

  private static int temperature(RateTable table, double temperature) {
    for (int t = 0; t < table.temperatures(); t++) {
      if (Double.compare(table.temperature(t), temperature) == 0) {
        return t;
      }
    }
    return -1;
  }
}
