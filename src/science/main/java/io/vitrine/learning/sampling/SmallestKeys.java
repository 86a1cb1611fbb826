package io.vitrine.learning.sampling;

import io.vitrine.model.Check;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The K smallest of all entries (key, time, particle) offered, ordered by key, then time, then
 * particle: a bounded heap with the largest kept entry on top.
 *
 * <p>The order is total, so what is kept is a function of the set of entries, whatever their order.
 * Space: 20 bytes a kept entry; arrays grow as they fill. Time: one comparison for an entry that K
 * others beat, O(log K) for one that is kept.
 */
final class SmallestKeys {
  private static final int FIRST_SIZE = 64;

  private final int capacity;
  private int size;
  private long[] keys;
  private long[] times;
  private int[] particles;

  SmallestKeys(int capacity) {
    this.capacity = Check.positive("capacity", capacity);
    int first = Math.min(capacity, FIRST_SIZE);
    this.keys = new long[first];
    this.times = new long[first];
    this.particles = new int[first];
  }

  int capacity() {
    return capacity;
  }

  int size() {
    return size;
  }

  /** Entry i; after {@link #sorted} the i-th smallest. */
  long key(int i) {
    return keys[i];
  }

  long time(int i) {
    return times[i];
  }

  int particle(int i) {
    return particles[i];
  }

  /** No entry with a larger key can be kept any more; MAX_VALUE while there is room. */
  long bound() {
    return size < capacity ? Long.MAX_VALUE : keys[0];
  }

  /** Offers an entry; returns whether it was kept (a later one may still push it out). */
  boolean offer(long key, long time, int particle) {
    if (size < capacity) {
      if (size == keys.length) {
        grow();
      }
      set(size, key, time, particle);
      up(size++);
      return true;
    }
    if (order(key, time, particle, 0) >= 0) {
      return false;
    }
    set(0, key, time, particle);
    down(0, size);
    return true;
  }

  /** Whether an entry that has been offered is still kept. */
  boolean keeps(long key, long time, int particle) {
    return size < capacity || order(key, time, particle, 0) <= 0;
  }

  /** Offers all entries of {@code other}. */
  void merge(SmallestKeys other) {
    for (int i = 0; i < other.size; i++) {
      offer(other.keys[i], other.times[i], other.particles[i]);
    }
  }

  /** A copy whose entries ascend (it is for reading only: no heap any more). */
  SmallestKeys sorted() {
    SmallestKeys s = copy();
    for (int end = s.size - 1; end > 0; end--) {
      s.swap(0, end);
      s.down(0, end);
    }
    return s;
  }

  SmallestKeys copy() {
    SmallestKeys s = new SmallestKeys(capacity);
    s.size = size;
    s.keys = keys.clone();
    s.times = times.clone();
    s.particles = particles.clone();
    return s;
  }

  /** Bytes that {@link #write} needs. */
  int bytes() {
    return Integer.BYTES + size * (2 * Long.BYTES + Integer.BYTES);
  }

  /** Writes the entries in descending order: equal contents give equal bytes, and it is a heap. */
  void write(ByteBuffer out) {
    SmallestKeys s = sorted();
    out.putInt(size);
    for (int i = size - 1; i >= 0; i--) {
      out.putLong(s.keys[i]).putLong(s.times[i]).putInt(s.particles[i]);
    }
  }

  static SmallestKeys read(int capacity, ByteBuffer in) {
    SmallestKeys s = new SmallestKeys(capacity);
    int size = in.getInt();
    Check.within("entries kept", size, 0, capacity);
    s.size = size;
    s.keys = new long[Math.max(size, 1)];
    s.times = new long[Math.max(size, 1)];
    s.particles = new int[Math.max(size, 1)];
    for (int i = 0; i < size; i++) {
      s.set(i, in.getLong(), in.getLong(), in.getInt());
    }
    return s;
  }

  private void set(int i, long key, long time, int particle) {
    keys[i] = key;
    times[i] = time;
    particles[i] = particle;
  }

  private void grow() {
    int wider = (int) Math.min(capacity, 2L * keys.length);
    keys = Arrays.copyOf(keys, wider);
    times = Arrays.copyOf(times, wider);
    particles = Arrays.copyOf(particles, wider);
  }

  private int order(long key, long time, int particle, int i) {
    int c = Long.compare(key, keys[i]);
    if (c == 0) {
      c = Long.compare(time, times[i]);
    }
    return c != 0 ? c : Integer.compare(particle, particles[i]);
  }

  private boolean larger(int i, int j) {
    return order(keys[i], times[i], particles[i], j) > 0;
  }

  private void up(int start) {
    int i = start;
    while (i > 0) {
      int parent = (i - 1) / 2;
      if (!larger(i, parent)) {
        return;
      }
      swap(i, parent);
      i = parent;
    }
  }

  private void down(int start, int end) {
    int i = start;
    while (2 * i + 1 < end) {
      int child = 2 * i + 1;
      if (child + 1 < end && larger(child + 1, child)) {
        child++;
      }
      if (!larger(child, i)) {
        return;
      }
      swap(i, child);
      i = child;
    }
  }

  private void swap(int i, int j) {
    long key = keys[i];
    long time = times[i];
    int particle = particles[i];
    set(i, keys[j], times[j], particles[j]);
    set(j, key, time, particle);
  }
}
