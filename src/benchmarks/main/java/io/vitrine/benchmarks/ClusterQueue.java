package io.vitrine.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Simulations whose frames queue for the slots of a cluster.
 *
 * <p>Each slot is one core that serves in order of arrival. A frame of simulation i arrives every
 * {@code interval} seconds (times 1 - jitter + jitter e, e exponential with mean 1: jitter 1 is a
 * Poisson stream, 0 a clock) and takes {@code own} seconds in the slot that holds its simulation,
 * which the key's hash chose; then {@code spread} seconds in any slot (scoring, after the
 * reshuffle). Its lag is the time from arrival to the end of both.
 *
 * <p>With one slot, jitter 1 and own = 0 this is M/D/1, whose mean wait is rho s / (2 (1 - rho))
 * (Pollaczek and Khinchine). What a formula does not give: the hash puts more simulations on one
 * slot than on another, few simulations are not a Poisson stream, and two queues follow each other.
 *
 * <p>Cost: one heap operation an arrival and stage; some 10^6 frames a second.
 */
public final class ClusterQueue {
  private static final double WARM_SHARE = 0.2;
  private static final int LEAST_FRAMES = 20_000;
  private static final int FRAMES_EACH = 30;

  /** How often the hash is thrown before a number of simulations is said to fit. */
  private static final int THROWS = 3;

  /** What a cluster is asked to carry; times in seconds. */
  public record Load(
      int slots, int simulations, double interval, double own, double spread, double jitter) {
    /** Checks itself. */
    public Load {
      require(slots > 0, "slots must be > 0", slots);
      require(simulations > 0, "simulations must be > 0", simulations);
      require(interval > 0, "interval must be > 0", interval);
      require(own >= 0 && spread >= 0, "own and spread must be >= 0", Math.min(own, spread));
      require(jitter >= 0 && jitter <= 1, "jitter must be in [0, 1]", jitter);
    }

    /** Share of all slots' time that is work. */
    public double utilization() {
      return simulations * (own + spread) / (interval * slots);
    }
  }

  /** Lags of the frames after the first fifth, seconds. */
  public record Lags(double mean, double percentile99, double largest) {}

  private record Arrival(double time, int simulation, double since, boolean spread) {}

  private ClusterQueue() {}

  /**
   * Lags of {@code frames} frames; from {@code outageAt} on no slot works for {@code outage}
   * seconds.
   */
  public static double[] lags(Load load, int frames, long seed, double outageAt, double outage) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] free = new double[load.slots()];
    int[] home = new int[load.simulations()];
    PriorityQueue<Arrival> coming =
        new PriorityQueue<>((a, b) -> Double.compare(a.time(), b.time()));
    for (int s = 0; s < home.length; s++) {
      home[s] = random.nextInt(load.slots());
      double first = random.nextDouble() * load.interval();
      coming.add(new Arrival(first, s, first, false));
    }
    boolean failed = false;
    double[] lags = new double[frames];
    int done = 0;
    while (done < frames) {
      Arrival next = coming.remove();
      if (!failed && next.time() >= outageAt) {
        failed = true;
        for (int k = 0; k < free.length; k++) {
          free[k] = Math.max(free[k], outageAt) + outage;
        }
      }
      if (!next.spread()) {
        double gap = 1 - load.jitter() - load.jitter() * Math.log(1 - random.nextDouble());
        double again = next.time() + gap * load.interval();
        coming.add(new Arrival(again, next.simulation(), again, false));
      }
      boolean last = next.spread() || load.own() == 0;
      int slot = last ? random.nextInt(free.length) : home[next.simulation()];
      double end = Math.max(free[slot], next.time()) + (last ? load.spread() : load.own());
      free[slot] = end;
      if (last) {
        lags[done++] = end - next.since();
      } else {
        coming.add(new Arrival(end, next.simulation(), next.since(), true));
      }
    }
    return lags;
  }

  /** Lags in the long run. */
  public static Lags steady(Load load, int frames, long seed) {
    double[] lags = lags(load, frames, seed, Double.POSITIVE_INFINITY, 0);
    double[] kept = Arrays.copyOfRange(lags, (int) (WARM_SHARE * frames), frames);
    double mean = Arrays.stream(kept).average().orElseThrow();
    Arrays.sort(kept);
    return new Lags(mean, kept[(int) (0.99 * kept.length)], kept[kept.length - 1]);
  }

  /**
   * The most simulations of which 99 of 100 frames are out before the next frame of their
   * simulation comes, at no more than {@code most} of the slots' time.
   */
  public static int capacity(
      int slots, double interval, double own, double spread, double jitter, double most) {
    int low = 0;
    int high = (int) Math.floor(most * slots * interval / (own + spread));
    int next = high; // often the load is the limit, not the lag
    while (low < high) {
      if (fits(new Load(slots, next, interval, own, spread, jitter))) {
        low = next;
      } else {
        high = next - 1;
      }
      next = (low + high + 1) >>> 1;
    }
    return low;
  }

  private static boolean fits(Load load) {
    int frames = Math.max(LEAST_FRAMES, FRAMES_EACH * load.simulations());
    for (long seed = 1; seed <= THROWS; seed++) {
      if (steady(load, frames, seed).percentile99() > load.interval()) {
        return false;
      }
    }
    return true;
  }

  /** OWN-MS SPREAD-MS INTERVAL-S [JITTER [LIMIT]]: what 1, 16 and 160 cores carry. */
  public static void main(String[] args) {
    if (args.length < 3 || args.length > 5) {
      throw new IllegalArgumentException(
          "arguments must be OWN-MS SPREAD-MS INTERVAL-S [JITTER [LIMIT]], but were "
              + Arrays.toString(args));
    }
    double own = Double.parseDouble(args[0]) / 1000;
    double spread = Double.parseDouble(args[1]) / 1000;
    double interval = Double.parseDouble(args[2]);
    double jitter = args.length > 3 ? Double.parseDouble(args[3]) : 0.1;
    double most = args.length > 4 ? Double.parseDouble(args[4]) : 0.7;
    for (int slots : new int[] {1, 16, 160}) {
      int simulations = capacity(slots, interval, own, spread, jitter, most);
      System.out.printf(Locale.ROOT, "%d cores: %d simulations", slots, simulations);
      if (simulations > 0) {
        Load load = new Load(slots, simulations, interval, own, spread, jitter);
        Lags lags = steady(load, Math.max(100_000, FRAMES_EACH * simulations), 4);
        System.out.printf(
            Locale.ROOT,
            ", %.0f %% busy, lag %.3g s on average, %.3g s for 99 of 100",
            100 * load.utilization(),
            lags.mean(),
            lags.percentile99());
      }
      System.out.println();
    }
  }

  private static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", but was " + value);
    }
  }
}
