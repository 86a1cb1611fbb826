package io.vitrine.format.text;

import io.vitrine.model.Frame;
import java.util.List;
import java.util.Map;

/** The columns that text formats write for a frame's fields and vectors. */
public final class TextColumns {
  private TextColumns() {}

  /**
   * The names of the fields, in order.
   *
   * @param before names of the frame before, or null for the first one
   */
  static List<String> checked(Frame frame, Map<String, double[]> fields, List<String> before) {
    for (Map.Entry<String, double[]> field : fields.entrySet()) {
      if (!field.getKey().matches("[A-Za-z][A-Za-z0-9_]*")) {
        throw new IllegalArgumentException(
            "field name must be a word of letters, digits and _, but was " + field.getKey());
      }
      if (field.getValue().length != frame.count()) {
        throw new IllegalArgumentException(
            String.format(
                "field %s must have %d entries, but had %d",
                field.getKey(), frame.count(), field.getValue().length));
      }
    }
    List<String> names = fields.keySet().stream().sorted().toList();
    if (before != null && !before.equals(names)) {
      throw new IllegalArgumentException(
          "fields must be those of the frame before, " + before + ", but were " + names);
    }
    return names;
  }

  /**
   * Appends the numbers of one particle: position, image flags and velocity where the frame has
   * them, diameter in the unit of length given where it is known, and its number of each field.
   */
  public static void appendParticle(
      StringBuilder out,
      Frame frame,
      int i,
      double unit,
      Map<String, double[]> fields,
      List<String> fieldNames) {
    append(out, frame.positions(), 3 * i);
    for (int d = 0; d < 3 && frame.images() != null; d++) {
      out.append(' ').append(frame.images()[3 * i + d]);
    }
    if (frame.velocities() != null) {
      append(out, frame.velocities(), 3 * i);
    }
    if (frame.particles().diameters() != null) {
      out.append(' ').append(frame.particles().diameters()[i] / unit);
    }
    for (String name : fieldNames) {
      out.append(' ').append(fields.get(name)[i]);
    }
  }

  /** Appends the three numbers of a vector, each after a blank. */
  private static void append(StringBuilder out, double[] xyz, int from) {
    out.append(' ').append(xyz[from]);
    out.append(' ').append(xyz[from + 1]);
    out.append(' ').append(xyz[from + 2]);
  }
}
