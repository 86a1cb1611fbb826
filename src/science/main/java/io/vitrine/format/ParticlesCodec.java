package io.vitrine.format;

import io.vitrine.model.Particles;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Identifiers and types as bytes; what was decoded lately is shared. */
final class ParticlesCodec {
  /** Lately decoded values by hash; a lost race costs an instance, nothing else. */
  private static final AtomicReferenceArray<Particles> LATELY = new AtomicReferenceArray<>(64);

  private ParticlesCodec() {}

  static void write(Particles particles, boolean consecutive, ByteBuffer out) {
    int[] ids = particles.ids();
    int count = ids.length;
    if (consecutive) {
      out.putInt(count == 0 ? 0 : ids[0]);
    } else {
      out.asIntBuffer().put(ids);
      out.position(out.position() + Integer.BYTES * count);
    }
    byte[] types = particles.types();
    for (int i = 0; i < count; i += Byte.SIZE) {
      int bits = 0;
      for (int b = 0; b < Byte.SIZE && i + b < count; b++) {
        bits |= types[i + b] << b;
      }
      out.put((byte) bits);
    }
  }

  static Particles read(ByteBuffer in, int n, boolean consecutive) {
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
    for (int i = 0; i < n; i += Byte.SIZE) {
      int bits = in.get();
      for (int b = 0; b < Byte.SIZE && i + b < n; b++) {
        types[i + b] = (byte) (bits >> b & 1);
      }
    }
    Particles read = Particles.of(ids, types);
    int slot = Math.floorMod(read.hashCode(), LATELY.length());
    Particles known = LATELY.get(slot);
    if (read.equals(known)) {
      return known;
    }
    LATELY.set(slot, read);
    return read;
  }
}
