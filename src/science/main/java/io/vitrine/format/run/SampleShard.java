package io.vitrine.format.run;

import io.vitrine.format.wire.Columns;
import io.vitrine.format.wire.Sealed;
import java.io.IOException;
import java.util.Arrays;

/**
 * Samples of the softness rule that share a structure, as one window made them known: hops of that
 * window, or the middles of quiet runs that it ended.
 *
 * <p>Made from the windows alone, so written again it is the same file. Columns have one entry a
 * sample.
 *
 * @param simulation identifier of the simulation
 * @param windowMillis the window that made them known, ms of event time
 * @param structureMillis time of the structure, ms
 * @param particles identifiers [m]
 * @param labels +1 for a hop, -1 for a quiet run [m]
 * @param times of p_hop, ms: of the hop, or the middle of the run [m]
 * @param starts first value above p_c of the hop, or below p_l of the run, ms [m]
 * @param pHop p_hop at that time, sigma^2 [m]
 * @param lowest index of the lowest threshold p_l that has the run [m]
 * @param highest index of the highest [m]
 * @param features structure functions [m * featureCount]; empty before they are measured
 */
public record SampleShard(
    String simulation,
    long windowMillis,
    long structureMillis,
    int[] particles,
    byte[] labels,
    long[] times,
    long[] starts,
    double[] pHop,
    int[] lowest,
    int[] highest,
    float[] features) {
  private static final int MAGIC = 0x56545332;

  /** The same samples with their structure functions. */
  public SampleShard withFeatures(float[] measured) {
    return new SampleShard(
        simulation,
        windowMillis,
        structureMillis,
        particles,
        labels,
        times,
        starts,
        pHop,
        lowest,
        highest,
        measured);
  }

  /** The byte form: magic, checksum, columns. */
  public byte[] toBytes() {
    Columns.Writer out = new Columns.Writer(128 + 48 * particles.length + 4 * features.length);
    out.put(simulation).put(windowMillis).put(structureMillis).put(particles).put(labels);
    for (int i = 0; i < particles.length; i++) {
      out.put(times[i]).put(starts[i]);
    }
    return Sealed.seal(MAGIC, out.put(pHop).put(lowest).put(highest).put(features).toBytes());
  }

  /** Reads the byte form; {@code where} names it in errors. */
  public static SampleShard fromBytes(byte[] bytes, String where) throws IOException {
    Columns.Reader in = new Columns.Reader(Sealed.open(MAGIC, bytes, where), where);
    String simulation = in.getString();
    long window = in.getLong();
    long structure = in.getLong();
    int[] particles = in.getInts();
    byte[] labels = in.getBytes();
    long[] times = new long[particles.length];
    long[] starts = new long[particles.length];
    for (int i = 0; i < particles.length; i++) {
      times[i] = in.getLong();
      starts[i] = in.getLong();
    }
    SampleShard shard =
        new SampleShard(
            simulation,
            window,
            structure,
            particles,
            labels,
            times,
            starts,
            in.getDoubles(),
            in.getInts(),
            in.getInts(),
            in.getFloats());
    in.end();
    return shard;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof SampleShard that && Arrays.equals(toBytes(), that.toBytes()));
  }

  @Override
  public int hashCode() {
    return 31 * simulation.hashCode() + Long.hashCode(windowMillis);
  }
}
