package io.vitrine.analysis.barriers;

import io.vitrine.model.Check;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;

/**
 * How many structures of each bin were seen at each temperature, and how many of them rearranged.
 *
 * <p>P_R(x, T) = rearranging / structures. Counts are of windows, and one hop is seen in several:
 * {@link #perHop} says in how many, and the rate of hops is P_R over that number. Bins ascend and
 * do not overlap; temperatures ascend, epsilon / k_B. A bin that a temperature did not visit has 0
 * structures.
 */
public final class RateTable {
  private final double[] lows;
  private final double[] highs;
  private final double[] temperatures;
  private final long[][] structures;
  private final long[][] rearranging;
  private final double[] windowsPerHop;

  /**
   * Counts of one bin at one temperature.
   *
   * @param low lower edge
   * @param high upper edge
   * @param temperature set temperature, epsilon / k_B
   * @param structures structures in the bin
   * @param rearranging how many of them rearranged
   */
  public record Count(
      double low, double high, double temperature, long structures, long rearranging) {
    /** Checks the counts. */
    public Count {
      if (!(low < high)) {
        throw Check.refuse("bin_low", "be < bin_high = " + high, low);
      }
      Check.positive("temperature", temperature);
      if (structures < 0) {
        throw Check.refuse("structures", "be >= 0", structures);
      }
      if (rearranging < 0 || rearranging > structures) {
        throw Check.refuse(
            "rearranging", "lie in [0, structures = " + structures + "]", rearranging);
      }
    }
  }

  /** Takes over arrays; counts are [bin][temperature]. */
  RateTable(
      double[] lows,
      double[] highs,
      double[] temperatures,
      long[][] structures,
      long[][] rearranging,
      double[] windowsPerHop) {
    this.lows = lows;
    this.highs = highs;
    this.temperatures = temperatures;
    this.structures = structures;
    this.rearranging = rearranging;
    this.windowsPerHop = windowsPerHop;
  }

  /** Collects counts in any order; those of one bin and temperature are added. */
  public static RateTable of(Collection<Count> counts) {
    TreeSet<Double> lowSet = new TreeSet<>();
    TreeSet<Double> highSet = new TreeSet<>();
    TreeSet<Double> temperatureSet = new TreeSet<>();
    for (Count count : counts) {
      lowSet.add(count.low());
      highSet.add(count.high());
      temperatureSet.add(count.temperature());
    }
    double[] lows = lowSet.stream().mapToDouble(Double::doubleValue).toArray();
    double[] highs = highSet.stream().mapToDouble(Double::doubleValue).toArray();
    double[] temperatures = temperatureSet.stream().mapToDouble(Double::doubleValue).toArray();
    if (lows.length != highs.length) {
      throw Check.refuse(
          "bins",
          "have as many lower as upper edges",
          lows.length + " lower and " + highs.length + " upper");
    }
    for (int b = 1; b < lows.length; b++) {
      if (highs[b - 1] > lows[b]) {
        throw Check.refuse(
            "bins",
            "not overlap",
            "["
                + lows[b - 1]
                + ", "
                + highs[b - 1]
                + ") and "
                + "["
                + lows[b]
                + ", "
                + highs[b]
                + ")");
      }
    }
    long[][] structures = new long[lows.length][temperatures.length];
    long[][] rearranging = new long[lows.length][temperatures.length];
    for (Count count : counts) {
      int b = Arrays.binarySearch(lows, count.low());
      if (highs[b] != count.high()) {
        throw Check.refuse("bin_high", "be " + highs[b] + " as elsewhere", count.high());
      }
      int t = Arrays.binarySearch(temperatures, count.temperature());
      structures[b][t] += count.structures();
      rearranging[b][t] += count.rearranging();
    }
    double[] once = new double[temperatures.length];
    Arrays.fill(once, 1);
    return new RateTable(lows, highs, temperatures, structures, rearranging, once);
  }

  /**
   * The same counts as rates of hops, not of windows.
   *
   * @param windows in how many windows one hop is seen, by temperature; the same for all bins
   */
  public RateTable perHop(double... windows) {
    Check.length("windows a hop", windows.length, temperatures.length);
    for (double each : windows) {
      if (!(each >= 1)) {
        throw Check.refuse("windows a hop", "be >= 1", each);
      }
    }
    return new RateTable(lows, highs, temperatures, structures, rearranging, windows.clone());
  }

  /** The same bins and temperatures with other counts [bin][temperature]. */
  RateTable with(long[][] otherStructures, long[][] otherRearranging) {
    return new RateTable(
        lows, highs, temperatures, otherStructures, otherRearranging, windowsPerHop);
  }

  /** Number of bins. */
  public int bins() {
    return lows.length;
  }

  /** Number of temperatures. */
  public int temperatures() {
    return temperatures.length;
  }

  /** Lower edge of a bin. */
  public double low(int bin) {
    return lows[bin];
  }

  /** Upper edge of a bin. */
  public double high(int bin) {
    return highs[bin];
  }

  /** A temperature, epsilon / k_B. */
  public double temperature(int index) {
    return temperatures[index];
  }

  /** Structures seen. */
  public long structures(int bin, int temperature) {
    return structures[bin][temperature];
  }

  /** How many of them rearranged. */
  public long rearranging(int bin, int temperature) {
    return rearranging[bin][temperature];
  }

  /** In how many windows one hop is seen; 1 where windows themselves are counted. */
  public double windowsPerHop(int temperature) {
    return windowsPerHop[temperature];
  }

  /** P_R; NaN where nothing was seen. */
  public double probability(int bin, int temperature) {
    return (double) rearranging[bin][temperature] / structures[bin][temperature];
  }

  /** Binomial error of P_R, sqrt(P (1 - P) / n); NaN where nothing was seen. */
  public double binomialError(int bin, int temperature) {
    double p = probability(bin, temperature);
    return Math.sqrt(p * (1 - p) / structures[bin][temperature]);
  }
}
