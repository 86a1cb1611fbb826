package io.vitrine.format.lammps;

import io.vitrine.format.text.AtomRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the columns of a LAMMPS text dump mean, in any order.
 *
 * <p>Where several forms of the coordinates are there, those that say most are taken: with image
 * flags before unwrapped before wrapped, and lengths before fractions. Where the user says that
 * space has two dimensions, z may be left out.
 */
final class LammpsColumns {
  private static final String AXES = "xyz";

  private final int[] meanings;
  private final boolean scaled;
  private final boolean unwrapped;

  private LammpsColumns(int[] meanings, boolean scaled, boolean unwrapped) {
    this.meanings = meanings;
    this.scaled = scaled;
    this.unwrapped = unwrapped;
  }

  /**
   * Reads the names behind ITEM: ATOMS.
   *
   * @param flat whether z may be left out
   * @throws IllegalArgumentException naming what is missing
   */
  static LammpsColumns parse(String line, boolean flat) {
    List<String> names = Arrays.asList(line.strip().split("\\s+", -1));
    if (!names.contains("id")) {
      throw new IllegalArgumentException(
          "expected a column id (rows may stand in any order), found columns " + line);
    }
    if (!names.contains("type") && !names.contains("element")) {
      throw new IllegalArgumentException(
          "expected a column type or element, found columns " + line);
    }
    boolean plane = flat && names.stream().noneMatch(name -> name.matches("zs?u?"));
    boolean images = names.containsAll(axes("i", "", plane));
    for (String suffix : images ? List.of("", "s", "u", "su") : List.of("u", "su", "", "s")) {
      if (names.containsAll(axes("", suffix, plane))) {
        boolean unwrapped = suffix.endsWith("u");
        int[] meanings = new int[names.size()];
        Arrays.fill(meanings, AtomRows.SKIP);
        mark(meanings, names, axes("", suffix, plane), AtomRows.POSITION);
        mark(meanings, names, axes("v", "", plane), AtomRows.VELOCITY);
        if (images && !unwrapped) {
          mark(meanings, names, axes("i", "", plane), AtomRows.IMAGE);
        }
        mark(meanings, names, List.of("id"), AtomRows.ID);
        boolean diameter = names.contains("diameter");
        mark(
            meanings,
            names,
            List.of(diameter ? "diameter" : "radius"),
            diameter ? AtomRows.DIAMETER : AtomRows.RADIUS);
        String species = names.contains("type") ? "type" : "element";
        mark(meanings, names, List.of(species), AtomRows.SPECIES);
        return new LammpsColumns(meanings, suffix.startsWith("s"), unwrapped);
      }
    }
    throw new IllegalArgumentException(
        "expected columns x y z, xu yu zu, xs ys zs or xsu ysu zsu (z may be left out with dimensions=2), found columns "
            + line);
  }

  /** For each column its meaning: one of {@link AtomRows}. */
  int[] meanings() {
    return meanings;
  }

  /** Whether coordinates are fractions of the box. */
  boolean scaled() {
    return scaled;
  }

  /** Whether coordinates are unwrapped. */
  boolean unwrapped() {
    return unwrapped;
  }

  private static List<String> axes(String prefix, String suffix, boolean plane) {
    List<String> names = new ArrayList<>();
    for (int d = 0; d < (plane ? 2 : AXES.length()); d++) {
      names.add(prefix + AXES.charAt(d) + suffix);
    }
    return names;
  }

  private static void mark(int[] meanings, List<String> names, List<String> group, int first) {
    if (names.containsAll(group)) {
      for (int d = 0; d < group.size(); d++) {
        meanings[names.indexOf(group.get(d))] = first + d;
      }
    }
  }
}
