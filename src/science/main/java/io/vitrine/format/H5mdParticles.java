package io.vitrine.format;

import io.vitrine.model.Particles;
import java.io.IOException;
import java.util.Arrays;

/**
 * Who the particles of a frame of an H5MD file are, and in which row each stands.
 *
 * <p>Species may be names A and B, numbers 0 and 1, or numbers 1 and 2 (where no 0 occurs). An
 * identifier below 0 marks a row without a particle. Without identifiers rows are numbered from 1.
 */
final class H5mdParticles {
  private final IdOrder order = new IdOrder();
  private int[] rowOf;
  private Particles particles;

  /** Reads the identifiers and species of a frame of {@code n} rows. */
  void read(H5mdLayout layout, Particles given, long frame, int n) throws IOException {
    int[] ids = new int[n];
    Arrays.setAll(ids, i -> i + 1);
    if (layout.id() != null) {
      layout.id().checkShape(n, 0);
      ids = H5Numbers.ints(layout.id().value(frame), n);
    }
    byte[] types = types(layout, given, frame, n);
    int[] rows = new int[n];
    int[] presentIds = new int[n];
    byte[] presentTypes = new byte[n];
    int present = 0;
    for (int row = 0; row < n; row++) {
      if (ids[row] >= 0) {
        rows[present] = row;
        presentIds[present] = ids[row];
        presentTypes[present++] = types[row];
      }
    }
    int[] sorted = order.rowOf(Arrays.copyOf(presentIds, present));
    rowOf = new int[present];
    for (int i = 0; i < present; i++) {
      rowOf[i] = rows[sorted[i]];
    }
    particles = order.particles(Arrays.copyOf(presentTypes, present));
  }

  private static byte[] types(H5mdLayout layout, Particles given, long frame, int n)
      throws IOException {
    if (layout.species() == null) {
      if (given == null) {
        throw new IOException(
            layout.position().name() + " has no species beside it; give types=FILE");
      }
      if (given.count() != n) {
        throw new IllegalArgumentException(
            "expected " + given.count() + " particles as in the types file, found " + n);
      }
      return given.types();
    }
    layout.species().checkShape(n, 0);
    Object value = layout.species().value(frame);
    while (value instanceof Object[] nested && nested.length == 1 && !(value instanceof String[])) {
      value = nested[0];
    }
    byte[] types = new byte[n];
    if (value instanceof String[] names) {
      if (names.length != n) {
        throw new IOException("expected " + n + " species, found " + names.length);
      }
      for (int i = 0; i < n; i++) {
        types[i] = species("AB".indexOf(names[i]), names[i]);
      }
      return types;
    }
    int[] numbers = H5Numbers.ints(value, n);
    int first = Arrays.stream(numbers).anyMatch(s -> s == 0) ? 0 : 1;
    for (int i = 0; i < n; i++) {
      types[i] = species(numbers[i] - first, numbers[i]);
    }
    return types;
  }

  private static byte species(int type, Object found) {
    if (type != 0 && type != 1) {
      throw new IllegalArgumentException(
          "expected species A and B (0 and 1, or 1 and 2), found " + found);
    }
    return (byte) type;
  }

  /** For each particle, by identifier, the row it stands in. */
  int[] rowOf() {
    return rowOf;
  }

  Particles particles() {
    return particles;
  }
}
