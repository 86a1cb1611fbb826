package io.vitrine.learning.sampling;

import java.util.Arrays;

/**
 * One tail of the values of one simulation, the most extreme first.
 *
 * <p>{@code times} in ms of simulation time, {@code particles} identifiers, {@code values} sigma^2;
 * all [m]. Arrays are frozen.
 */
public final class Tail {
  private final long[] times;
  private final int[] particles;
  private final double[] values;

  Tail(long[] times, int[] particles, double[] values) {
    this.times = times;
    this.particles = particles;
    this.values = values;
  }

  /** Of columns in order, the most extreme value first; they are not copied. */
  public static Tail of(long[] times, int[] particles, double[] values) {
    return new Tail(times, particles, values);
  }

  /** The n most extreme, or all where there are fewer. */
  public Tail first(int n) {
    int m = Math.min(n, values.length);
    return new Tail(Arrays.copyOf(times, m), Arrays.copyOf(particles, m), Arrays.copyOf(values, m));
  }

  /** Number of samples m. */
  public int count() {
    return values.length;
  }

  /** Times [m], ms of simulation time. */
  public long[] times() {
    return times;
  }

  /** Identifiers [m]. */
  public int[] particles() {
    return particles;
  }

  /** Values [m], sigma^2. */
  public double[] values() {
    return values;
  }

  /** The least extreme value: p_l of the low tail, p_u of the high one; NaN when empty. */
  public double threshold() {
    return values.length == 0 ? Double.NaN : values[values.length - 1];
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Tail that
            && Arrays.equals(times, that.times)
            && Arrays.equals(particles, that.particles)
            && Arrays.equals(values, that.values));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(times) + Arrays.hashCode(particles);
  }

  @Override
  public String toString() {
    return "Tail[" + values.length + ", threshold " + threshold() + "]";
  }
}
