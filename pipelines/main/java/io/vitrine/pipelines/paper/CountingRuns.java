package io.vitrine.pipelines.paper;

import io.vitrine.analysis.barriers.BlockErrors;
import io.vitrine.model.Check;
import io.vitrine.results.rows.CounterBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;

/**
 * The runs in which rearrangements are counted. Their lengths are so many tau_alpha, within bounds;
 * in the cold there are two at each temperature.
 *
 * @param temperatures epsilon / k_B
 * @param tauAlpha relaxation time at each of them, tau: that of the shipped starts, or a guess
 * @param relaxations length of a run, tau_alpha
 * @param atLeast shortest run, tau
 * @param atMost longest run, tau
 * @param twiceBelow below this temperature there are two runs
 * @param rest a run that begins where another did rests so many tau_alpha before it is counted
 * @param restAtMost the longest rest, tau
 */
record CountingRuns(
    List<Double> temperatures,
    List<Double> tauAlpha,
    double relaxations,
    double atLeast,
    double atMost,
    double twiceBelow,
    double rest,
    double restAtMost) {
  /** tau: fewer blocks give no error of a barrier, and so no barrier. */
  private static final double SHORTEST = BlockErrors.FEWEST * CounterBlock.DEFAULT_MILLIS / 1000.0;

  /** After so many tau_alpha F_s is below 5%: a structure has forgotten the one it began from. */
  private static final double FORGOTTEN = 3;

  /** Seeds from here on are those of no shipped start. */
  private static final long OTHER_SEEDS = 100;

  CountingRuns {
    temperatures = List.copyOf(temperatures);
    tauAlpha = List.copyOf(tauAlpha);
    temperatures.forEach(t -> Check.positive("temperature", t));
    tauAlpha.forEach(t -> Check.positive("tau-alpha", t));
    Check.length("tau-alpha", tauAlpha.size(), temperatures.size());
    Check.positive("relaxations", relaxations);
    if (atLeast < SHORTEST) {
      throw Check.refuse(
          "statistics at-least",
          "be >= " + SHORTEST + " tau, the fewest blocks the errors can be drawn from",
          atLeast);
    }
    Check.within("statistics at-most", atMost, atLeast, 1e9);
    Check.within("rest", rest, 0, 1e6);
    Check.within("rest-at-most", restAtMost, 0, 1e9);
  }

  /**
   * One run.
   *
   * @param temperature epsilon / k_B
   * @param replica 1, 2, ...
   * @param seed of its start
   * @param until its length, tau
   * @param rest before it, tau
   * @param origin what it begins from, for people
   * @param independent whether its structure has nothing of any run that is trained on, nor of
   *     another counted one
   */
  record Run(
      double temperature,
      int replica,
      long seed,
      double until,
      long rest,
      String origin,
      boolean independent) {
    String id() {
      return PaperFolder.id(temperature) + "-r" + replica;
    }
  }

  /**
   * All runs.
   *
   * @param trained temperatures of the runs that are trained on
   * @param seed of those runs
   * @param shipped seeds of the equilibrated starts of a temperature
   */
  List<Run> runs(Set<Double> trained, long seed, DoubleFunction<List<Integer>> shipped) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < temperatures.size(); i++) {
      double t = temperatures.get(i);
      List<Integer> fresh = new ArrayList<>(shipped.apply(t));
      boolean melted = fresh.isEmpty();
      if (trained.contains(t) && !melted) {
        boolean own = fresh.contains((int) seed);
        fresh.remove(
            own
                ? (Object) (int) seed
                : fresh.get((int) Math.floorMod(seed - 1, (long) fresh.size())));
      }
      int replicas = t < twiceBelow ? 2 : 1;
      for (int replica = 1; replica <= replicas; replica++) {
        runs.add(
            replica <= fresh.size()
                ? new Run(
                    t, replica, fresh.get(replica - 1), until(i), 0, "a start of its own", true)
                : other(i, replica, melted));
      }
    }
    return runs;
  }

  private Run other(int i, int replica, boolean melted) {
    long tau = (long) Math.ceil(Math.min(rest * tauAlpha.get(i), restAtMost));
    return new Run(
        temperatures.get(i),
        replica,
        OTHER_SEEDS + replica,
        until(i),
        tau,
        melted ? "a melt of its own" : "a start used before, new velocities",
        melted || tau >= FORGOTTEN * tauAlpha.get(i));
  }

  private double until(int i) {
    double whole = 10 * Math.ceil(relaxations * tauAlpha.get(i) / 10);
    return Math.max(atLeast, Math.min(atMost, whole));
  }
}
