package io.vitrine.format.run;

import io.vitrine.format.wire.Columns;
import io.vitrine.format.wire.Sealed;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What one window leaves in the run folder for the files made at the end: p_hop and scores of all
 * targets, features of the chosen ones, moments of the bulk. Each part may be absent.
 *
 * <p>Made from the window alone, so written again it is the same file.
 *
 * @param simulation identifier of the simulation
 * @param timeMillis centre of the window, ms of event time
 * @param structureMillis event time of the structure that goes with it, ms
 * @param targets how many particles were looked at
 * @param particles identifiers of the particles exported [n]
 * @param types their species [n]
 * @param pHop their p_hop [n], or null
 * @param models names of the models that scored the window
 * @param scores score of their structures per model [models][n], or null
 * @param chosen identifiers of the targets chosen for training [m]
 * @param labels {@link #HIGH}, {@link #LOW} or {@link #DRAWN} [m]
 * @param chosenPHop their p_hop, or what the tails are tails of instead [m]
 * @param chosenFeatures their structure functions [m * featureCount]
 * @param features structure functions of the particles exported [n * featureCount], or null
 * @param bulk mean and scatter of the structure functions over all targets, or null
 * @param frame the structure itself, encoded, or null
 */
public record WindowShard(
    String simulation,
    long timeMillis,
    long structureMillis,
    int targets,
    int[] particles,
    byte[] types,
    double[] pHop,
    List<String> models,
    double[][] scores,
    int[] chosen,
    byte[] labels,
    double[] chosenPHop,
    float[] chosenFeatures,
    double[] features,
    byte[] bulk,
    byte[] frame) {
  /** Label of a member of the high tail. */
  public static final byte HIGH = 1;

  /** Label of a member of the low tail. */
  public static final byte LOW = -1;

  /** Label of a member of the random draw. */
  public static final byte DRAWN = 2;

  private static final int MAGIC = 0x56545332;

  /** Whether there is nothing a file would be made of. */
  public boolean isEmpty() {
    return pHop == null && chosen.length == 0 && features == null && bulk == null && frame == null;
  }

  /** The byte form: magic, checksum, columns. */
  public byte[] toBytes() {
    Columns.Writer out = new Columns.Writer(1024 + 64 * particles.length);
    out.put(simulation).put(timeMillis).put(structureMillis).put(targets);
    out.put(particles).put(types).put(pHop);
    out.put(models.size());
    for (int m = 0; m < models.size(); m++) {
      out.put(models.get(m)).put(scores == null ? null : scores[m]);
    }
    out.put(chosen).put(labels).put(chosenPHop).put(chosenFeatures).put(features).put(bulk);
    out.put(frame);
    return Sealed.seal(MAGIC, out.toBytes());
  }

  /** Reads the byte form; {@code where} names it in errors. */
  public static WindowShard fromBytes(byte[] bytes, String where) throws IOException {
    Columns.Reader in = new Columns.Reader(Sealed.open(MAGIC, bytes, where), where);
    String simulation = in.getString();
    long time = in.getLong();
    long structure = in.getLong();
    int targets = in.getInt();
    int[] particles = in.getInts();
    byte[] types = in.getBytes();
    double[] pHop = in.getDoubles();
    int count = in.getInt();
    String[] models = new String[count];
    double[][] scores = new double[count][];
    for (int m = 0; m < count; m++) {
      models[m] = in.getString();
      scores[m] = in.getDoubles();
    }
    WindowShard shard =
        new WindowShard(
            simulation,
            time,
            structure,
            targets,
            particles,
            types,
            pHop,
            List.of(models),
            scores,
            in.getInts(),
            in.getBytes(),
            in.getDoubles(),
            in.getFloats(),
            in.getDoubles(),
            in.getBytes(),
            in.getBytes());
    in.end();
    return shard;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof WindowShard that && Arrays.equals(toBytes(), that.toBytes()));
  }

  @Override
  public int hashCode() {
    return 31 * simulation.hashCode() + Long.hashCode(timeMillis);
  }
}
