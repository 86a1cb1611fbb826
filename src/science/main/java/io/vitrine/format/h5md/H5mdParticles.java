package io.vitrine.format.h5md;

import io.vitrine.format.IdOrder;
import io.vitrine.format.SpeciesNames;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who the particles of a frame of an H5MD file are, and in which row each is.
 *
 * <p>Species may be names (also of an enumeration, whose order is theirs), numbers from 0 into an
 * attribute {@code names} beside them, numbers from 0, or numbers from 1 (where no 0 occurs). An
 * identifier below 0 marks a row without a particle. Without identifiers rows are numbered from 1.
 * Diameters are those of {@code diameter}, or twice {@code radius}.
 */
final class H5mdParticles {
  private final IdOrder order = new IdOrder();
  private int[] rowOf;
  private Particles particles;

  /** Reads the identifiers and species of a frame of {@code n} rows. */
  void read(H5mdLayout layout, Particles given, Map<String, String> renamed, long frame, int n)
      throws IOException {
    int[] ids = new int[n];
    Arrays.setAll(ids, i -> i + 1);
    if (layout.id() != null) {
      layout.id().checkShape(n, 0);
      ids = H5Numbers.ints(layout.held(layout.id(), frame), n);
    }
    List<String> labels = new ArrayList<>();
    byte[] types = labels(layout, given, frame, n, labels);
    SpeciesNames species = null;
    if (layout.species() != null) {
      boolean declared = !layout.species().declared().isEmpty();
      species =
          declared ? SpeciesNames.declared(labels, renamed) : SpeciesNames.found(labels, renamed);
      for (int row = 0; row < n; row++) {
        types[row] = species.types()[types[row]];
      }
    }
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
    double[] diameters = layout.diameters(frame, n);
    double[] presentDiameters = diameters == null ? null : new double[present];
    for (int k = 0; diameters != null && k < present; k++) {
      presentDiameters[k] = diameters[rows[k]];
    }
    particles =
        order.particles(
            Arrays.copyOf(presentTypes, present),
            species == null ? given.names() : species.names(),
            presentDiameters);
  }

  /** For each row the index of its label; types where they are given. */
  private static byte[] labels(
      H5mdLayout layout, Particles given, long frame, int n, List<String> labels)
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
      return given.types().clone();
    }
    layout.species().checkShape(n, 0);
    Object value = layout.held(layout.species(), frame);
    while (value instanceof Object[] nested && nested.length == 1 && !(value instanceof String[])) {
      value = nested[0];
    }
    byte[] rows = new byte[n];
    Map<Object, Byte> known = new HashMap<>();
    List<String> declared = layout.species().declared();
    declared.forEach(name -> label(name, known, labels));
    if (value instanceof String[] names) {
      if (names.length != n) {
        throw new IOException("expected " + n + " species, found " + names.length);
      }
      for (int i = 0; i < n; i++) {
        rows[i] = label(names[i].strip(), known, labels);
      }
      return rows;
    }
    int[] numbers = H5Numbers.ints(value, n);
    for (int i = 0; i < n; i++) {
      if (!declared.isEmpty() && (numbers[i] < 0 || numbers[i] >= declared.size())) {
        throw new IllegalArgumentException(
            "expected species with a name among " + declared + ", found " + numbers[i]);
      }
      rows[i] = label(declared.isEmpty() ? numbers[i] : declared.get(numbers[i]), known, labels);
    }
    return rows;
  }

  private static byte label(Object found, Map<Object, Byte> known, List<String> labels) {
    Byte index = known.get(found);
    if (index == null) {
      if (labels.size() == Byte.MAX_VALUE) {
        throw new IllegalArgumentException(
            "expected at most " + Byte.MAX_VALUE + " species, found another one, " + found);
      }
      index = (byte) labels.size();
      known.put(found, index);
      labels.add(String.valueOf(found));
    }
    return index;
  }

  /** For each particle, by identifier, the row it is in. */
  int[] rowOf() {
    return rowOf;
  }

  Particles particles() {
    return particles;
  }
}
