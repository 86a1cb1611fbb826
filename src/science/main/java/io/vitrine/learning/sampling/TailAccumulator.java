package io.vitrine.learning.sampling;

import io.vitrine.model.Check;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The most extreme fraction f of all p_hop values of one simulation, at both ends, kept while the
 * frames pass: the fluidity training set.
 *
 * <p>Of n values offered, the K smallest and the K largest are kept. Each tail of the set has m(f)
 * = min(K, round(f n)) members. Where values are equal, the earlier time comes first, then the
 * smaller particle. The order is total, so the tails are the same as those of sorting all n values,
 * in whatever order frames and partial accumulators arrive. While round(f n) &lt;= K nothing is
 * lost; beyond it the effective fraction is K / n.
 *
 * <p>Not a value may be NaN (refused, nothing changes then). A frame must not be offered twice.
 *
 * <p>Space: 40 bytes times K, whatever n. Time: two comparisons a value once K others beat it.
 */
public final class TailAccumulator {
  private static final byte VERSION = 1;
  private static final int[] NONE = {};

  private final SmallestKeys low;
  private final SmallestKeys high;
  private long seen;

  private TailAccumulator(SmallestKeys low, SmallestKeys high, long seen) {
    this.low = low;
    this.high = high;
    this.seen = seen;
  }

  /** Indices into the arrays of one frame, ascending, of values that are kept for now. */
  public record Survivors(int[] low, int[] high) {}

  /** Both tails. */
  public record Tails(Tail low, Tail high) {}

  /** An empty accumulator that keeps {@code capacity} values of each tail. */
  public static TailAccumulator of(int capacity) {
    return new TailAccumulator(new SmallestKeys(capacity), new SmallestKeys(capacity), 0);
  }

  /**
   * Offers one frame.
   *
   * @param timeMillis time of the values, ms of simulation time
   * @param particles identifiers [n]
   * @param values [n]
   * @return which of them may be in the set when all is seen; features are needed for these only
   */
  public Survivors accept(long timeMillis, int[] particles, double[] values) {
    Check.length("values", values.length, particles.length);
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        throw Check.refuse("value of particle " + particles[i], "be a number", values[i]);
      }
    }
    int[] lowest = NONE;
    int[] highest = NONE;
    int lows = 0;
    int highs = 0;
    for (int i = 0; i < values.length; i++) {
      long key = ascending(values[i]);
      if (key <= low.bound() && low.offer(key, timeMillis, particles[i])) {
        lowest = append(lowest, lows++, i);
      }
      if (~key <= high.bound() && high.offer(~key, timeMillis, particles[i])) {
        highest = append(highest, highs++, i);
      }
    }
    seen += values.length;
    return new Survivors(
        stillIn(low, lowest, lows, 0L, timeMillis, particles, values),
        stillIn(high, highest, highs, -1L, timeMillis, particles, values));
  }

  /** Takes in all that {@code other} has seen: frames of the same simulation, none of them ours. */
  public TailAccumulator merge(TailAccumulator other) {
    if (other.capacity() != capacity()) {
      throw Check.refuse("capacity of merged tails", "be " + capacity(), other.capacity());
    }
    low.merge(other.low);
    high.merge(other.high);
    seen += other.seen;
    return this;
  }

  /** How many values of each tail are kept at most (K). */
  public int capacity() {
    return low.capacity();
  }

  /** How many values were offered (n). */
  public long seen() {
    return seen;
  }

  /** Members of each tail at {@code fraction} in (0, 0.5]: min(K, round(fraction n)). */
  public int count(double fraction) {
    Check.positive("tail fraction", fraction);
    Check.within("tail fraction", fraction, 0, 0.5);
    return (int) Math.min(capacity(), Math.min(Math.round(fraction * seen), seen / 2));
  }

  /** What part of all values {@link #count} members are; less than asked for once K cuts in. */
  public double effectiveFraction(double fraction) {
    return seen == 0 ? 0.0 : (double) count(fraction) / seen;
  }

  /** Both tails at {@code fraction} of what was seen so far. */
  public Tails result(double fraction) {
    int m = count(fraction);
    return new Tails(tail(low, m, 0L), tail(high, m, -1L));
  }

  /**
   * As {@link #result}, but of values of one particle within {@code windowMillis} of each other
   * only the most extreme counts; the next ones take the free places as far as K reaches.
   */
  public Tails thinned(double fraction, long windowMillis) {
    int m = count(fraction);
    return new Tails(
        Thinning.keep(tail(low, low.size(), 0L), m, windowMillis),
        Thinning.keep(tail(high, high.size(), -1L), m, windowMillis));
  }

  /** A copy that changes on its own. */
  public TailAccumulator copy() {
    return new TailAccumulator(low.copy(), high.copy(), seen);
  }

  /** Version, K, n and both tails: equal contents give equal bytes. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(1 + 4 + 8 + low.bytes() + high.bytes());
    out.put(VERSION).putInt(capacity()).putLong(seen);
    low.write(out);
    high.write(out);
    return out.array();
  }

  /** Reads what {@link #encode} wrote. */
  public static TailAccumulator decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte version = in.get();
    if (version != VERSION) {
      throw Check.refuse("version of stored tails", "be " + VERSION, version);
    }
    int capacity = in.getInt();
    long seen = in.getLong();
    SmallestKeys low = SmallestKeys.read(capacity, in);
    SmallestKeys high = SmallestKeys.read(capacity, in);
    return new TailAccumulator(low, high, seen);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof TailAccumulator that && Arrays.equals(encode(), that.encode()));
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(seen) + capacity();
  }

  @Override
  public String toString() {
    return "TailAccumulator[" + low.size() + " of " + capacity() + ", seen " + seen + "]";
  }

  /** A long that orders as the double does; its own inverse on the bits. */
  private static long ascending(double value) {
    return flip(Double.doubleToLongBits(value));
  }

  private static long flip(long bits) {
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private static int[] append(int[] array, int size, int value) {
    int[] wide = size < array.length ? array : Arrays.copyOf(array, Math.max(16, 2 * size));
    wide[size] = value;
    return wide;
  }

  /** {@code mask} is 0 for the low tail and all ones for the high one, whose keys are inverted. */
  private static int[] stillIn(
      SmallestKeys kept, int[] from, int count, long mask, long time, int[] ids, double[] values) {
    int n = 0;
    int[] result = new int[count];
    for (int k = 0; k < count; k++) {
      int i = from[k];
      if (kept.keeps(ascending(values[i]) ^ mask, time, ids[i])) {
        result[n++] = i;
      }
    }
    return Arrays.copyOf(result, n);
  }

  private static Tail tail(SmallestKeys kept, int count, long mask) {
    SmallestKeys sorted = kept.sorted();
    long[] times = new long[count];
    int[] particles = new int[count];
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      times[i] = sorted.time(i);
      particles[i] = sorted.particle(i);
      values[i] = Double.longBitsToDouble(flip(sorted.key(i) ^ mask));
    }
    return new Tail(times, particles, values);
  }
}
