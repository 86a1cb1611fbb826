package io.vitrine.learning.sampling;

/**
 * A number that looks random and depends on nothing but a seed and what it numbers: the lottery of
 * every random draw here, so that a draw is the same whatever the order or the number of workers.
 *
 * <p>64 bits by the mixing steps of SplitMix64, one per word.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea and Flood 2014</a>
 */
public final class KeyedHash {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private KeyedHash() {}

  /** The number of one sample. */
  public static long of(long seed, String simulation, long time, int particle) {
    return of(of(seed, simulation), time, particle);
  }

  /** The number of one sample of the simulation that {@code start} is of. */
  public static long of(long start, long time, int particle) {
    return mix(mix(start + time) + particle);
  }

  /** The number that all samples of a simulation start from. */
  public static long of(long seed, String simulation) {
    long h = mix(seed);
    for (int i = 0; i < simulation.length(); i++) {
      h = mix(h + simulation.charAt(i));
    }
    return h;
  }

  /** Mixes one word. */
  static long mix(long word) {
    long x = word + GOLDEN;
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
