package io.vitrine.engine;

import io.vitrine.model.Box;
import io.vitrine.model.Check;
import io.vitrine.model.Particles;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Snapshots as bytes: "VTRE", version, then the fields of {@link Content} in order.
 *
 * <p>Version 2 knows dimensions, masses, names of species and any pair law; version 1 was three
 * Lennard-Jones pairs of A and B, and is still read.
 */
final class SnapshotCodec {
  private static final int MAGIC = 0x45525456;
  private static final int VERSION = 2;
  private static final int FIXED_BYTES = 256;
  private static final int BYTES_A_PAIR = 1 + 4 + 3 * 8 + 1;
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
    byte[] names = String.join(" ", c.particles().names()).getBytes(StandardCharsets.UTF_8);
    Interactions interactions = c.interactions();
    int pairs = interactions.pairs().size() * BYTES_A_PAIR + interactions.species() * Double.BYTES;
    ByteBuffer out =
        ByteBuffer.allocate(FIXED_BYTES + names.length + pairs + n * BYTES_A_PARTICLE)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(MAGIC).putInt(VERSION);
    Box box = c.box();
    out.putDouble(box.lx()).putDouble(box.ly()).putDouble(box.lz());
    out.putDouble(box.originX()).putDouble(box.originY()).putDouble(box.originZ());
    out.put((byte) box.dimensions());
    put(out, interactions);
    out.putInt(names.length).put(names);
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
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void put(ByteBuffer out, Interactions interactions) {
    out.put((byte) interactions.species());
    interactions.masses().forEach(out::putDouble);
    for (PairLaw pair : interactions.pairs()) {
      out.put(indexOf(PairLaw.Form.values(), pair.form())).putInt(pair.exponent());
      out.putDouble(pair.epsilon()).putDouble(pair.sigma()).putDouble(pair.cutoff());
      out.put(indexOf(PairLaw.Cut.values(), pair.cut()));
    }
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
    if (version != 1 && version != VERSION) {
      throw Check.refuse("snapshot version", "be 1 or " + VERSION, version);
    }
    Box box =
        Box.orthogonal(in.getDouble(), in.getDouble(), in.getDouble())
            .at(in.getDouble(), in.getDouble(), in.getDouble());
    int dimensions = version == 1 ? 3 : in.get();
    Interactions interactions = version == 1 ? binary(in) : interactions(in);
    List<String> names = version == 1 ? List.of("A", "B") : names(in);
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
        dimensions == 2 ? box.flat() : box,
        interactions,
        Particles.of(ids, types, names),
        positions,
        images,
        velocities,
        integration,
        temperature,
        chain,
        step);
  }

  private static Interactions binary(ByteBuffer in) {
    List<PairLaw> pairs = List.of(lennardJones(in), lennardJones(in), lennardJones(in));
    Interactions shifted = new Interactions(pairs, List.of(1.0, 1.0));
    return in.get() != 0 ? shifted : shifted.unshifted();
  }

  private static PairLaw lennardJones(ByteBuffer in) {
    return PairLaw.lennardJones(in.getDouble(), in.getDouble(), in.getDouble());
  }

  private static Interactions interactions(ByteBuffer in) {
    int species = in.get();
    Check.within("snapshot species", species, 1, Particles.MOST_SPECIES);
    List<Double> masses = new ArrayList<>();
    for (int t = 0; t < species; t++) {
      masses.add(in.getDouble());
    }
    List<PairLaw> pairs = new ArrayList<>();
    for (int k = 0; k < species * (species + 1) / 2; k++) {
      PairLaw.Form form = named(PairLaw.Form.values(), in.get());
      int exponent = in.getInt();
      double epsilon = in.getDouble();
      double sigma = in.getDouble();
      double cutoff = in.getDouble();
      PairLaw.Cut cut = named(PairLaw.Cut.values(), in.get());
      pairs.add(new PairLaw(form, exponent, epsilon, sigma, cutoff, cut));
    }
    return new Interactions(pairs, masses);
  }

  private static <E> byte indexOf(E[] values, E value) {
    return (byte) Arrays.asList(values).indexOf(value);
  }

  private static <E> E named(E[] values, int index) {
    return values[(int) Check.within("snapshot pair law", index, 0, values.length - 1)];
  }

  private static List<String> names(ByteBuffer in) {
    int length = in.getInt();
    Check.within("snapshot bytes of names", length, 1, in.remaining());
    byte[] text = new byte[length];
    in.get(text);
    return List.of(new String(text, StandardCharsets.UTF_8).split(" ", -1));
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
