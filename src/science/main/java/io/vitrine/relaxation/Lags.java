package io.vitrine.relaxation;

/**
 * Which pairs of frames are correlated: level 0 has the lags 1..15, in frames, and every frame as
 * origin; level l &gt;= 1 has the lags m 2^l, m = 8..15, and the multiples of 2^l as origins.
 *
 * <p>A frame takes part, at its arrival, in 15 pairs and 8 more for every factor of two in its
 * number: 23 on average, however long the run.
 */
final class Lags {
  /** Lags are m 2^l with m below this. */
  static final int SPAN = 16;

  /** Levels above the first begin with this m. */
  static final int FIRST = SPAN / 2;

  private Lags() {}

  /** The smallest m of a level. */
  static int first(int level) {
    return level == 0 ? 1 : FIRST;
  }

  /** Number of lags of a level. */
  static int count(int level) {
    return SPAN - first(level);
  }

  /** A lag in frames: the one of a level with this m. */
  static long lag(int level, int m) {
    return (long) m << level;
  }

  /** The highest level with pairs that end at frame n; -1 where no pair does. */
  static int highest(long n) {
    int level = n == 0 ? -1 : Long.numberOfTrailingZeros(n);
    while (level > 0 && n < lag(level, FIRST)) {
      level--;
    }
    return level;
  }

  /** The highest level of a run whose last frame is n; -1 for a run of one frame. */
  static int levels(long n) {
    int level = n == 0 ? -1 : 0;
    while (n >= lag(level + 1, FIRST) && n > 0) {
      level++;
    }
    return level;
  }

  /** The last frame that is correlated with frame n as origin; frame 0 is needed for ever. */
  static long last(long n) {
    return n == 0 ? Long.MAX_VALUE : n + ((SPAN - 1L) << Long.numberOfTrailingZeros(n));
  }
}
