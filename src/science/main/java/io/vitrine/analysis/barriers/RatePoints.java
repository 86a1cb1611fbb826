package io.vitrine.analysis.barriers;

import java.util.Arrays;

/**
 * The counts of one bin that are fitted, in ascending temperature: u = 1/T, structures and hops.
 *
 * <p>Counts are effective ones: divided by the design effect, the variance of ln P_R over that of
 * independent structures, so that windows that see one hop again and again do not count as many. A
 * temperature is fitted where it lies below the range's end and its error is known; no hops are a
 * count like any other.
 */
final class RatePoints {
  final int[] temperatures;
  final double[] u;
  final double[] structures;
  final double[] hops;

  /** ln of the windows that see one hop. */
  final double[] logWindows;

  private final double[] effects;

  private RatePoints(RateTable table, int bin, int[] temperatures, double[] effects) {
    int n = temperatures.length;
    this.temperatures = temperatures;
    this.effects = effects;
    u = new double[n];
    structures = new double[n];
    hops = new double[n];
    logWindows = new double[n];
    for (int i = 0; i < n; i++) {
      int t = temperatures[i];
      u[i] = 1 / table.temperature(t);
      structures[i] = table.structures(bin, t) / effects[i];
      hops[i] = table.rearranging(bin, t) / effects[i];
      logWindows[i] = Math.log(table.windowsPerHop(t));
    }
  }

  /** Points of a bin; {@code effects} are design effects, [bin][temperature]. */
  static RatePoints of(RateTable table, int bin, double[][] effects, KramersSettings settings) {
    int[] chosen = new int[table.temperatures()];
    double[] known = new double[table.temperatures()];
    int n = 0;
    for (int t = 0; t < chosen.length; t++) {
      if (table.temperature(t) < settings.below()
          && table.structures(bin, t) > 0
          && Double.isFinite(effects[bin][t])) {
        known[n] = effects[bin][t];
        chosen[n++] = t;
      }
    }
    return new RatePoints(table, bin, Arrays.copyOf(chosen, n), Arrays.copyOf(known, n));
  }

  /**
   * The same temperatures read from a replica of the table; those it did not visit are left out.
   */
  RatePoints from(RateTable replica, int bin) {
    return kept(replica, bin, i -> replica.structures(bin, temperatures[i]) > 0);
  }

  /** The points from {@code from} to {@code to} (exclusive), in ascending temperature. */
  RatePoints part(RateTable table, int bin, int from, int to) {
    return kept(table, bin, i -> i >= from && i < to);
  }

  private RatePoints kept(RateTable table, int bin, java.util.function.IntPredicate which) {
    int[] kept = java.util.stream.IntStream.range(0, count()).filter(which).toArray();
    return new RatePoints(
        table,
        bin,
        Arrays.stream(kept).map(i -> temperatures[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> effects[i]).toArray());
  }

  int count() {
    return u.length;
  }

  /** All hops, as many as independent ones would be. */
  double effectiveHops() {
    return Arrays.stream(hops).sum();
  }

  /** Temperatures at which there were hops. */
  int withHops() {
    int n = 0;
    for (double k : hops) {
      n += k > 0 ? 1 : 0;
    }
    return n;
  }
}
