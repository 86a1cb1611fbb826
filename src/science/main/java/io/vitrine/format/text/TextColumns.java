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

  /** Appends the three numbers of a vector, each after a blank. */
  public static void append(StringBuilder out, double[] xyz, int from) {
    out.append(' ').append(xyz[from]);
    out.append(' ').append(xyz[from + 1]);
    out.append(' ').append(xyz[from + 2]);
  }
}
