package io.vitrine.model;

import java.util.Arrays;

/**
 * Who the particles of a simulation are: identifiers and species, fixed over its frames.
 *
 * <p>Frames of one simulation share one instance; two instances are equal when their contents are.
 * Arrays are frozen: callers must not write into what the accessors return.
 */
public final class Particles {
  private final int[] ids;
  private final byte[] types;
  private final int hash;

  private Particles(int[] ids, byte[] types) {
    this.ids = ids;
    this.types = types;
    this.hash = 31 * Arrays.hashCode(ids) + Arrays.hashCode(types);
  }

  /**
   * Takes over both arrays.
   *
   * @param ids identifiers as in the file, distinct, in the order of every per-particle array
   * @param types 0 for A, 1 for B
   */
  public static Particles of(int[] ids, byte[] types) {
    Check.length("types", types.length, ids.length);
    for (int i = 0; i < types.length; i++) {
      if (types[i] < 0 || types[i] >= Species.COUNT) {
        throw Check.refuse("type of particle " + ids[i], "be 0 (A) or 1 (B)", types[i]);
      }
    }
    return new Particles(ids, types);
  }

  /** Particles numbered {@code first}, {@code first + 1}, ... */
  public static Particles numbered(int first, byte[] types) {
    int[] ids = new int[types.length];
    Arrays.setAll(ids, i -> first + i);
    return of(ids, types);
  }

  /** Number of particles N. */
  public int count() {
    return ids.length;
  }

  /** Identifiers [N], frozen. */
  public int[] ids() {
    return ids;
  }

  /** Species [N], 0 for A, 1 for B, frozen. */
  public byte[] types() {
    return types;
  }

  /** Indices, ascending, of the particles of one species. */
  public int[] indicesOf(Species species) {
    int[] indices = new int[types.length];
    int n = 0;
    for (int i = 0; i < types.length; i++) {
      if (types[i] == species.type()) {
        indices[n++] = i;
      }
    }
    return Arrays.copyOf(indices, n);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Particles that
            && hash == that.hash
            && Arrays.equals(ids, that.ids)
            && Arrays.equals(types, that.types));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "Particles[" + count() + "]";
  }
}
