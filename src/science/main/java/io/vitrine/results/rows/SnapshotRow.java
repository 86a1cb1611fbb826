package io.vitrine.results.rows;

import io.vitrine.model.Check;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/**
 * All particles at one instant, to look at; key (study, simulation, time). The store keeps the
 * newest {@link #KEPT} of a simulation and forgets the others.
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param timeMillis centre of the window, ms of event time
 * @param model classifier of the scores; empty without
 * @param box lx, ly, lz, xy, xz, yz, sigma
 * @param count number of particles
 * @param payload base64 of little-endian float32: [count, 5] of x, y, z wrapped into the box
 *     (origin at its lower corner), p_hop, score, NaN where a particle has none; then diameters
 *     [count], NaN where they are not known; then identifiers [count], those beyond 2^24 rounded;
 *     then types [count], indices into the names of the species. Earlier builds wrote none of the
 *     last three, or the first of them, or the first two.
 */
public record SnapshotRow(
    String study,
    String simulation,
    long timeMillis,
    String model,
    List<Double> box,
    long count,
    String payload)
    implements ResultRow {
  /** How many of a simulation are kept. */
  public static final int KEPT = 20;

  /** Numbers a particle. */
  public static final int FIELDS = 5;

  private static final int MOST_COLUMNS = 3;

  /** Checks the row. */
  public SnapshotRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.clean("model", model);
    Check.length("box", box.size(), 6);
    box = List.copyOf(box);
    Rule.notNegative("count", count);
    if (columns(count, payload) > MOST_COLUMNS) {
      Check.length("payload", payload.length(), length(count, FIELDS + MOST_COLUMNS));
    }
  }

  private static int length(long count, int numbers) {
    return (int) ((count * numbers * 4 + 2) / 3 * 4);
  }

  /** How many columns follow the first five numbers of each particle. */
  private static int columns(long count, String payload) {
    int columns = 0;
    while (columns <= MOST_COLUMNS && payload.length() != length(count, FIELDS + columns)) {
      columns++;
    }
    return columns;
  }

  /** The numbers of the payload. */
  public float[] values() {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(payload));
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /** The place of a particle by its identifier; -1 where it is not among these. */
  public int place(int particle) {
    float[] values = values();
    int from = (FIELDS + 1) * (int) count;
    boolean known = columns(count, payload) >= 2;
    for (int i = 0; known && i < count; i++) {
      if (values[from + i] == particle) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Packs values [5 N], particle by particle; then diameters, identifiers and types [N], if any.
   */
  public static String pack(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  static SnapshotRow of(RowCells c) {
    return new SnapshotRow(
        c.text(),
        c.text(),
        c.whole(),
        c.text(),
        List.of(c.real(), c.real(), c.real(), c.real(), c.real(), c.real()),
        c.whole(),
        c.text());
  }

  @Override
  public RowKind kind() {
    return RowKind.SNAPSHOT;
  }

  @Override
  public Object[] cells() {
    return new Object[] {
      study,
      simulation,
      timeMillis,
      model,
      box.get(0),
      box.get(1),
      box.get(2),
      box.get(3),
      box.get(4),
      box.get(5),
      count,
      payload
    };
  }
}
