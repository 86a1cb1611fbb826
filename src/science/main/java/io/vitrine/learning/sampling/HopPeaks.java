package io.vitrine.learning.sampling;

import io.vitrine.model.Check;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rearranging half of the softness rule with one sample a hop, as the windows of one simulation
 * pass: a hop is a maximal run of consecutive p_hop &gt; p_c of a particle (a missing window ends
 * it), its sample the largest p_hop of the run, the earliest of equals.
 *
 * <p>A hop may last; so that nothing need be kept until it is over, each value that is the largest
 * of its run so far comes out as a candidate, which replaces those of the same particle and run
 * before it: of all candidates of a run the last one is the sample.
 *
 * <p>Windows come in order of time; an earlier one is refused. Space: 16 bytes a particle.
 */
public final class HopPeaks {
  private static final byte VERSION = 1;

  private final int[] particles;
  private final double threshold;
  private final double[] largest;
  private final long[] starts;
  private long hops;
  private boolean started;
  private long latest;

  private HopPeaks(int[] particles, double threshold) {
    this.particles = particles;
    this.threshold = threshold;
    this.largest = new double[particles.length];
    this.starts = new long[particles.length];
  }

  /**
   * The largest value of a hop so far.
   *
   * @param particle identifier
   * @param start time of the run's first value, ms: with the particle, what the hop is known by
   * @param time of this value, ms
   * @param index of the particle in the array of values
   */
  public record Candidate(int particle, long start, long time, int index) {}

  /** Of particles in the order of every array of values, with p_c in sigma^2. */
  public static HopPeaks of(int[] particles, double threshold) {
    return new HopPeaks(particles.clone(), Check.positive("p_c", threshold));
  }

  /** Indices of all values above the threshold: the rule with one sample a window. */
  public static int[] above(double[] values, double threshold) {
    int[] indices = new int[values.length];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > threshold) {
        indices[n++] = i;
      }
    }
    return Arrays.copyOf(indices, n);
  }

  /** Takes one window; candidates come in particle order. */
  public List<Candidate> accept(long timeMillis, double[] values) {
    Check.length("values", values.length, particles.length);
    if (started && timeMillis <= latest) {
      throw Check.refuse("time of a window, ms", "be > " + latest, timeMillis);
    }
    if (started && timeMillis != latest + QuietRun.INTERVAL) {
      Arrays.fill(largest, 0);
    }
    started = true;
    latest = timeMillis;
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] > threshold)) {
        largest[i] = 0;
        continue;
      }
      if (largest[i] == 0) {
        starts[i] = timeMillis;
        hops++;
      }
      if (values[i] > largest[i]) {
        largest[i] = values[i];
        candidates.add(new Candidate(particles[i], starts[i], timeMillis, i));
      }
    }
    return candidates;
  }

  /** Hops that have begun so far. */
  public long hops() {
    return hops;
  }

  /** Version, particles, threshold and all hops under way. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(1 + 4 + 8 + 8 + 1 + 8 + 20 * particles.length);
    out.put(VERSION).putInt(particles.length).putDouble(threshold).putLong(hops);
    out.put((byte) (started ? 1 : 0)).putLong(latest);
    for (int i = 0; i < particles.length; i++) {
      out.putInt(particles[i]).putDouble(largest[i]).putLong(largest[i] == 0 ? 0 : starts[i]);
    }
    return out.array();
  }

  /** Reads what {@link #encode} wrote. */
  public static HopPeaks decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte version = in.get();
    if (version != VERSION) {
      throw Check.refuse("version of stored hops", "be " + VERSION, version);
    }
    HopPeaks peaks = new HopPeaks(new int[in.getInt()], in.getDouble());
    peaks.hops = in.getLong();
    peaks.started = in.get() != 0;
    peaks.latest = in.getLong();
    for (int i = 0; i < peaks.particles.length; i++) {
      peaks.particles[i] = in.getInt();
      peaks.largest[i] = in.getDouble();
      peaks.starts[i] = in.getLong();
    }
    return peaks;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof HopPeaks that && Arrays.equals(encode(), that.encode()));
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(latest) + Long.hashCode(hops);
  }
}
