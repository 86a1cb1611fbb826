package io.vitrine.learning.sampling;

import io.vitrine.model.Check;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A uniform random draw without replacement from all that one simulation offers, kept while it
 * passes: of all (time, particle) the K whose keyed hash of (seed, simulation, time, particle) is
 * smallest.
 *
 * <p>The hash is the same wherever and whenever it is computed, so the draw is a function of the
 * set of what was offered, whatever order, worker or merge. Several simulations together: {@link
 * #smallest}. To have m left after taking out up to m of them (the low tail, for the
 * immobile-versus-random set), keep K = 2 m.
 *
 * <p>Nothing may be offered twice. Space: 20 bytes times K.
 */
public final class KeyedSample {
  private static final byte VERSION = 1;

  private final long seed;
  private final String simulation;
  private final long start;
  private final SmallestKeys kept;
  private long seen;

  private KeyedSample(long seed, String simulation, SmallestKeys kept, long seen) {
    this.seed = seed;
    this.simulation = simulation;
    this.start = KeyedHash.of(seed, simulation);
    this.kept = kept;
    this.seen = seen;
  }

  /**
   * Who was drawn.
   *
   * @param simulation its id
   * @param time ms of simulation time
   * @param particle identifier
   * @param lot its hash, by which draws are ordered
   */
  public record Drawn(String simulation, long time, int particle, long lot) {}

  /** An empty draw of at most {@code capacity}. */
  public static KeyedSample of(int capacity, long seed, String simulation) {
    return new KeyedSample(seed, simulation, new SmallestKeys(capacity), 0);
  }

  /** Offers one; returns whether it is in for now. */
  public boolean offer(long timeMillis, int particle) {
    seen++;
    return kept.offer(lot(timeMillis, particle), timeMillis, particle);
  }

  /**
   * Offers particles of one window.
   *
   * @param particles identifiers [n]
   * @return indices, ascending, of those that are in for now
   */
  public int[] accept(long timeMillis, int[] particles) {
    for (int id : particles) {
      offer(timeMillis, id);
    }
    int[] indices = new int[particles.length];
    int n = 0;
    for (int i = 0; i < particles.length; i++) {
      if (keeps(timeMillis, particles[i])) {
        indices[n++] = i;
      }
    }
    return Arrays.copyOf(indices, n);
  }

  /** Whether one that was offered is still in. */
  public boolean keeps(long timeMillis, int particle) {
    return kept.keeps(lot(timeMillis, particle), timeMillis, particle);
  }

  /** How many were offered. */
  public long seen() {
    return seen;
  }

  /** Takes in all that {@code other} was offered: of the same simulation, seed and capacity. */
  public KeyedSample merge(KeyedSample other) {
    if (other.seed != seed
        || !other.simulation.equals(simulation)
        || other.kept.capacity() != kept.capacity()) {
      throw Check.refuse("merged draw", "be of " + this, other);
    }
    kept.merge(other.kept);
    seen += other.seen;
    return this;
  }

  /** The {@code count} smallest of some simulations, in order, without those {@code out} names. */
  public static List<Drawn> smallest(List<KeyedSample> draws, int count, Predicate<Drawn> out) {
    List<Drawn> all = new ArrayList<>();
    for (KeyedSample draw : draws) {
      for (int i = 0; i < draw.kept.size(); i++) {
        Drawn drawn =
            new Drawn(draw.simulation, draw.kept.time(i), draw.kept.particle(i), draw.kept.key(i));
        if (!out.test(drawn)) {
          all.add(drawn);
        }
      }
    }
    all.sort(
        Comparator.comparingLong(Drawn::lot)
            .thenComparing(Drawn::simulation)
            .thenComparingLong(Drawn::time)
            .thenComparingInt(Drawn::particle));
    return List.copyOf(all.subList(0, Math.min(count, all.size())));
  }

  /** A copy that changes on its own. */
  public KeyedSample copy() {
    return decode(encode());
  }

  /** Version, seed, simulation, K, n and what is kept: equal contents give equal bytes. */
  public byte[] encode() {
    byte[] name = simulation.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(1 + 8 + 4 + name.length + 4 + 8 + kept.bytes());
    out.put(VERSION).putLong(seed).putInt(name.length).put(name);
    out.putInt(kept.capacity()).putLong(seen);
    kept.write(out);
    return out.array();
  }

  /** Reads what {@link #encode} wrote. */
  public static KeyedSample decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte version = in.get();
    if (version != VERSION) {
      throw Check.refuse("version of a stored draw", "be " + VERSION, version);
    }
    long seed = in.getLong();
    byte[] name = new byte[in.getInt()];
    in.get(name);
    int capacity = in.getInt();
    long seen = in.getLong();
    String simulation = new String(name, StandardCharsets.UTF_8);
    return new KeyedSample(seed, simulation, SmallestKeys.read(capacity, in), seen);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof KeyedSample that && Arrays.equals(encode(), that.encode()));
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(seen) + simulation.hashCode();
  }

  @Override
  public String toString() {
    return simulation + ", seed " + seed + ", capacity " + kept.capacity();
  }

  private long lot(long timeMillis, int particle) {
    return KeyedHash.of(start, timeMillis, particle);
  }
}
