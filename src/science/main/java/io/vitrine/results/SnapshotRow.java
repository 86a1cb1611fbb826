package io.vitrine.results;

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
 * @param payload base64 of [count, 5] little-endian float32: x, y, z wrapped into the box (origin
 *     at its lower corner), p_hop, score; NaN where a particle has none
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

  /** Checks the row. */
  public SnapshotRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.clean("model", model);
    Check.length("box", box.size(), 6);
    box = List.copyOf(box);
    Rule.notNegative("count", count);
    Check.length("payload", payload.length(), (int) ((count * FIELDS * 4 + 2) / 3 * 4));
  }

  /** Packs values [5 N], particle by particle: x, y, z, p_hop, score. */
  public static String pack(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  static SnapshotRow of(Cells c) {
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
