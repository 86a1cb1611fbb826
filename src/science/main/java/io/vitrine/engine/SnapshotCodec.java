package io.vitrine.engine;

import io.vitrine.model.Box;
import io.vitrine.model.Check;
import io.vitrine.model.Particles;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Snapshots as bytes: "VTRE", version, then the fields of {@link Content} in order. */
final class SnapshotCodec {
  private static final int MAGIC = 0x45525456;
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 512;
  private static final int BYTES_A_PARTICLE = 4 + 1 + 3 * 8 + 3 * 4 + 3 * 8;

  private SnapshotCodec() {}

  /** What a snapshot holds; per-particle arrays in index order. */
  record Content(
      Box box,
      Interactions interactions,
      Particles particles,
      double[] positions,
      int[] images,
      double[] velocities,
      Integration integration,
      double temperature,
      double[] chain,
      long step) {}

  static byte[] write(Content c) {
    int n = c.particles().count();
    ByteBuffer out =
        ByteBuffer.allocate(HEADER_BYTES + n * BYTES_A_PARTICLE).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(MAGIC).putInt(VERSION);
    Box box = c.box();
    out.putDouble(box.lx()).putDouble(box.ly()).putDouble(box.lz());
    out.putDouble(box.originX()).putDouble(box.originY()).putDouble(box.originZ());
    Interactions i = c.interactions();
    put(out, i.aa());
    put(out, i.ab());
    put(out, i.bb());
    out.put((byte) (i.shifted() ? 1 : 0));
    out.putDouble(c.integration().timestep()).putDouble(c.integration().thermostatTime());
    out.put((byte) (c.integration().thermostatted() ? 1 : 0));
    out.putDouble(c.temperature());
    put(out, c.chain());
    out.putLong(c.step());
    out.putInt(n);
    for (int id : c.particles().ids()) {
      out.putInt(id);
    }
    out.put(c.particles().types());
    put(out, c.positions());
    for (int image : c.images()) {
      out.putInt(image);
    }
    put(out, c.velocities());
    return java.util.Arrays.copyOf(out.array(), out.position());
  }

  private static void put(ByteBuffer out, PairCoefficients pair) {
    out.putDouble(pair.epsilon()).putDouble(pair.sigma()).putDouble(pair.cutoff());
  }

  private static void put(ByteBuffer out, double[] values) {
    for (double value : values) {
      out.putDouble(value);
    }
  }

  static Content read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      return read(in);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "snapshot must be whole, but ends after " + bytes.length + " bytes", e);
    }
  }

  private static Content read(ByteBuffer in) {
    int magic = in.getInt();
    if (magic != MAGIC) {
      throw Check.refuse("snapshot", "begin with VTRE", Integer.toHexString(magic));
    }
    int version = in.getInt();
    if (version != VERSION) {
      throw Check.refuse("snapshot version", "be " + VERSION, version);
    }
    Box box =
        Box.orthogonal(in.getDouble(), in.getDouble(), in.getDouble())
            .at(in.getDouble(), in.getDouble(), in.getDouble());
    Interactions interactions = new Interactions(pair(in), pair(in), pair(in), in.get() != 0);
    Integration integration = new Integration(in.getDouble(), in.getDouble(), in.get() != 0);
    double temperature = in.getDouble();
    double[] chain = doubles(in, 2 * NoseHooverChain.LENGTH + 1);
    long step = in.getLong();
    int n = in.getInt();
    Check.within("snapshot N", n, 2, in.remaining() / (double) BYTES_A_PARTICLE);
    int[] ids = ints(in, n);
    byte[] types = new byte[n];
    in.get(types);
    double[] positions = doubles(in, 3 * n);
    int[] images = ints(in, 3 * n);
    double[] velocities = doubles(in, 3 * n);
    return new Content(
        box,
        interactions,
        Particles.of(ids, types),
        positions,
        images,
        velocities,
        integration,
        temperature,
        chain,
        step);
  }

  private static PairCoefficients pair(ByteBuffer in) {
    return new PairCoefficients(in.getDouble(), in.getDouble(), in.getDouble());
  }

  private static double[] doubles(ByteBuffer in, int count) {
    double[] values = new double[count];
    in.asDoubleBuffer().get(values);
    in.position(in.position() + count * Double.BYTES);
    return values;
  }

  private static int[] ints(ByteBuffer in, int count) {
    int[] values = new int[count];
    in.asIntBuffer().get(values);
    in.position(in.position() + count * Integer.BYTES);
    return values;
  }
}
