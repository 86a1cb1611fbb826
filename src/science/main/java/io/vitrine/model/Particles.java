package io.vitrine.model;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who the particles of a simulation are: identifiers, named species and, where they are known,
 * diameters, fixed over its frames.
 *
 * <p>A type is an index into the names. There may be any number of species from 1 to {@value
 * #MOST_SPECIES}; a species may have no particles.
 *
 * <p>Frames of one simulation share one instance; two instances are equal when their contents are.
 * Arrays are frozen: callers must not write into what the accessors return.
 */
public final class Particles {
  /** Types are bytes. */
  public static final int MOST_SPECIES = Byte.MAX_VALUE;

  private final int[] ids;
  private final byte[] types;
  private final List<String> names;
  private final double[] diameters;
  private final int hash;

  private Particles(int[] ids, byte[] types, List<String> names, double[] diameters) {
    this.ids = ids;
    this.types = types;
    this.names = names;
    this.diameters = diameters;
    int content = 31 * Arrays.hashCode(ids) + Arrays.hashCode(types);
    this.hash = names.equals(Target.A_AND_B) ? content : 31 * content + names.hashCode();
  }

  /**
   * Takes over both arrays.
   *
   * @param ids identifiers as in the file, distinct, in the order of every per-particle array
   * @param types indices into {@code names}
   * @param names of the species: distinct, without white space
   */
  public static Particles of(int[] ids, byte[] types, List<String> names) {
    Check.length("types", types.length, ids.length);
    checkNames(names);
    for (int i = 0; i < types.length; i++) {
      if (types[i] < 0 || types[i] >= names.size()) {
        throw Check.refuse(
            "type of particle " + ids[i], "be an index into the species " + names, types[i]);
      }
    }
    return new Particles(ids, types, List.copyOf(names), null);
  }

  /** Particles of the species A (type 0) and B (type 1). */
  public static Particles of(int[] ids, byte[] types) {
    return of(ids, types, Target.A_AND_B);
  }

  static void checkNames(List<String> names) {
    if (names == Target.A_AND_B) {
      return;
    }
    Check.within("number of species", names.size(), 1, MOST_SPECIES);
    for (String name : names) {
      if (!name.matches("\\S+")) {
        throw Check.refuse("name of a species", "be a word", "'" + name + "'");
      }
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw Check.refuse("names of species", "be distinct", names);
    }
  }

  /** Particles numbered {@code first}, {@code first + 1}, ... */
  public static Particles numbered(int first, byte[] types, List<String> names) {
    int[] ids = new int[types.length];
    Arrays.setAll(ids, i -> first + i);
    return of(ids, types, names);
  }

  /** Particles of the species A and B numbered {@code first}, {@code first + 1}, ... */
  public static Particles numbered(int first, byte[] types) {
    return numbered(first, types, Target.A_AND_B);
  }

  /**
   * The same particles, whose types are indices into these names.
   *
   * @throws IllegalArgumentException for a particle whose species is not among them
   */
  public Particles in(List<String> others) {
    if (names.equals(others)) {
      return this;
    }
    byte[] renumbered = types.clone();
    for (int i = 0; i < renumbered.length; i++) {
      int type = others.indexOf(names.get(types[i]));
      if (type < 0) {
        throw Check.refuse(
            "species of particle " + ids[i], "be one of " + others, names.get(types[i]));
      }
      renumbered[i] = (byte) type;
    }
    return of(ids, renumbered, others).withDiameters(diameters);
  }

  /** The same with a diameter each, sigma, &gt;= 0, taken over; null for none. */
  public Particles withDiameters(double[] each) {
    if (each != null) {
      Check.length("diameters", each.length, ids.length);
      for (int i = 0; i < each.length; i++) {
        if (!(each[i] >= 0) || Double.isInfinite(each[i])) {
          throw Check.refuse("diameter of particle " + ids[i], "be >= 0 and finite", each[i]);
        }
      }
    }
    return new Particles(ids, types, names, each);
  }

  /** The particles of these indices, the last one excluded. */
  public Particles range(int from, int to) {
    return new Particles(
        Arrays.copyOfRange(ids, from, to),
        Arrays.copyOfRange(types, from, to),
        names,
        diameters == null ? null : Arrays.copyOfRange(diameters, from, to));
  }

  /** Parts put together again, in this order. */
  public static Particles joined(List<Particles> parts) {
    int n = parts.stream().mapToInt(Particles::count).sum();
    int[] ids = new int[n];
    byte[] types = new byte[n];
    double[] diameters = parts.get(0).diameters == null ? null : new double[n];
    int at = 0;
    for (Particles part : parts) {
      System.arraycopy(part.ids, 0, ids, at, part.count());
      System.arraycopy(part.types, 0, types, at, part.count());
      if (diameters != null) {
        System.arraycopy(part.diameters, 0, diameters, at, part.count());
      }
      at += part.count();
    }
    return new Particles(ids, types, parts.get(0).names, diameters);
  }

  /** Diameters [N], sigma, frozen, or null where the source gives none. */
  public double[] diameters() {
    return diameters;
  }

  /** Number of particles N. */
  public int count() {
    return ids.length;
  }

  /** Identifiers [N], frozen. */
  public int[] ids() {
    return ids;
  }

  /** Values of the particles of these indices, or null, as values of all [N]; NaN where unknown. */
  public double[] spread(double[] some, int[] indices) {
    double[] all = new double[ids.length];
    Arrays.fill(all, Double.NaN);
    for (int i = 0; some != null && i < indices.length; i++) {
      all[indices[i]] = some[i];
    }
    return all;
  }

  /** Identifiers of the particles of these indices. */
  public int[] ids(int[] indices) {
    int[] some = new int[indices.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = ids[indices[i]];
    }
    return some;
  }

  /** Species [N], indices into {@link #names}, frozen. */
  public byte[] types() {
    return types;
  }

  /** What a pair of species is called: AB, or Large-Small. */
  public static String pair(String one, String other) {
    return one.length() == 1 && other.length() == 1 ? one + other : one + "-" + other;
  }

  /** Names of the species, by type. */
  public List<String> names() {
    return names;
  }

  /** Indices, ascending, of the particles looked at. */
  public int[] indicesOf(Target target) {
    return indicesOf(target.type());
  }

  /** Indices, ascending, of the particles that exports hold. */
  public int[] indicesExported(Target target) {
    return IntStream.range(0, types.length)
        .filter(i -> target.exported().contains((int) types[i]))
        .toArray();
  }

  /** Indices, ascending, of the particles of one type. */
  public int[] indicesOf(int type) {
    int[] indices = new int[types.length];
    int n = 0;
    for (int i = 0; i < types.length; i++) {
      if (types[i] == type) {
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
            && Arrays.equals(types, that.types)
            && names.equals(that.names)
            && Arrays.equals(diameters, that.diameters));
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
