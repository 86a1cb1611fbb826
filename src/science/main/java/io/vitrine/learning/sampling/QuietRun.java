package io.vitrine.learning.sampling;

/**
 * A stretch of at least 121 consecutive values below a threshold, over.
 *
 * @param particle identifier
 * @param first time of its first value, ms of simulation time
 * @param last time of its last value, ms
 * @param lowestLevel index of the lowest threshold that has just this run
 * @param highestLevel index of the highest one; all between have it too
 */
public record QuietRun(int particle, long first, long last, int lowestLevel, int highestLevel) {
  /** Time between windows, ms of simulation time: 1 tau. */
  static final long INTERVAL = 1_000;

  /** Time of the frame in its middle, floor((first + last) / 2) counted in frames; ms. */
  public long middle() {
    long frames = (last - first) / INTERVAL;
    return first + frames / 2 * INTERVAL;
  }

  /** Whether the threshold of this index has this run. */
  public boolean at(int level) {
    return lowestLevel <= level && level <= highestLevel;
  }
}
