package io.vitrine.learning.sampling;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * One sample a particle a window: walking a tail from its most extreme value on, a value is left
 * out when the same particle already gave one less than a window away. Cost O(m log m).
 */
public final class Thinning {
  private Thinning() {}

  public static Tail keep(Tail tail, int wanted, long windowMillis) {
    Map<Integer, TreeSet<Long>> taken = new HashMap<>();
    int[] rows = new int[Math.min(wanted, tail.count())];
    int n = 0;
    for (int i = 0; i < tail.count() && n < rows.length; i++) {
      long time = tail.times()[i];
      TreeSet<Long> own = taken.computeIfAbsent(tail.particles()[i], id -> new TreeSet<>());
      Long before = own.floor(time);
      Long after = own.ceiling(time);
      boolean near =
          (before != null && time - before < windowMillis)
              || (after != null && after - time < windowMillis);
      if (!near) {
        own.add(time);
        rows[n++] = i;
      }
    }
    return rows(tail, Arrays.copyOf(rows, n));
  }

  private static Tail rows(Tail tail, int[] rows) {
    long[] times = new long[rows.length];
    int[] particles = new int[rows.length];
    double[] values = new double[rows.length];
    for (int k = 0; k < rows.length; k++) {
      times[k] = tail.times()[rows[k]];
      particles[k] = tail.particles()[rows[k]];
      values[k] = tail.values()[rows[k]];
    }
    return new Tail(times, particles, values);
  }
}
