package io.vitrine.format.wire;

import io.vitrine.model.Particles;
import io.vitrine.model.Target;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Identifiers and types as bytes; what was decoded lately is shared. */
final class ParticlesCodec {
  /** Lately decoded values by hash; a lost race costs an instance, nothing else. */
  private static final AtomicReferenceArray<Particles> LATELY = new AtomicReferenceArray<>(64);

  /** The species of the short form, whose types take a bit each. */
  static final List<String> BINARY = Target.A_AND_B;

  private ParticlesCodec() {}

  static boolean isBinary(Particles particles) {
    return particles.names().equals(BINARY);
  }

  /** Names with spaces between them, which no name has. */
  static byte[] names(Particles particles) {
    byte[] names = String.join(" ", particles.names()).getBytes(StandardCharsets.UTF_8);
    if (names.length > Character.MAX_VALUE) {
      throw new IllegalArgumentException(
          "names of species must have at most 65535 bytes, but had " + names.length);
    }
    return names;
  }

  static List<String> names(ByteBuffer in) {
    byte[] names = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(names);
    return List.of(new String(names, StandardCharsets.UTF_8).split(" ", -1));
  }

  static void write(Particles particles, boolean consecutive, boolean general, ByteBuffer out) {
    int[] ids = particles.ids();
    int count = ids.length;
    if (consecutive) {
      out.putInt(count == 0 ? 0 : ids[0]);
    } else {
      out.asIntBuffer().put(ids);
      out.position(out.position() + Integer.BYTES * count);
    }
    byte[] types = particles.types();
    if (general) {
      out.put(types);
      if (particles.diameters() != null) {
        out.asDoubleBuffer().put(particles.diameters());
        out.position(out.position() + Double.BYTES * count);
      }
      return;
    }
    for (int i = 0; i < count; i += Byte.SIZE) {
      int bits = 0;
      for (int b = 0; b < Byte.SIZE && i + b < count; b++) {
        bits |= types[i + b] << b;
      }
      out.put((byte) bits);
    }
  }

  static Particles read(
      ByteBuffer in,
      int n,
      boolean consecutive,
      boolean general,
      boolean sized,
      List<String> names) {
    int[] ids = new int[n];
    if (consecutive) {
      int first = in.getInt();
      for (int i = 0; i < n; i++) {
        ids[i] = first + i;
      }
    } else {
      in.asIntBuffer().get(ids);
      in.position(in.position() + Integer.BYTES * n);
    }
    byte[] types = new byte[n];
    if (general) {
      in.get(types);
    }
    for (int i = 0; i < n && !general; i += Byte.SIZE) {
      int bits = in.get();
      for (int b = 0; b < Byte.SIZE && i + b < n; b++) {
        types[i + b] = (byte) (bits >> b & 1);
      }
    }
    double[] diameters = sized ? new double[n] : null;
    if (sized) {
      in.asDoubleBuffer().get(diameters);
      in.position(in.position() + Double.BYTES * n);
    }
    Particles read = Particles.of(ids, types, names).withDiameters(diameters);
    int slot = Math.floorMod(read.hashCode(), LATELY.length());
    Particles known = LATELY.get(slot);
    if (read.equals(known)) {
      return known;
    }
    LATELY.set(slot, read);
    return read;
  }
}
