package io.vitrine.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the columns of a LAMMPS text dump mean, in whatever order they stand.
 *
 * <p>Where several forms of the coordinates are there, those that say most are taken: with image
 * flags before unwrapped before wrapped, and lengths before fractions.
 */
final class LammpsColumns {
  static final int SKIP = -1;
  static final int X = 0;
  static final int IMAGE = 3;
  static final int VELOCITY = 6;
  static final int ID = 9;
  static final int TYPE = 10;
  static final int ELEMENT = 11;
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
   * @throws IllegalArgumentException naming what is missing
   */
  static LammpsColumns parse(String line) {
    List<String> names = Arrays.asList(line.strip().split("\\s+", -1));
    if (!names.contains("id")) {
      throw new IllegalArgumentException(
          "expected a column id (rows may stand in any order), found columns " + line);
    }
    if (!names.contains("type") && !names.contains("element")) {
      throw new IllegalArgumentException(
          "expected a column type or element, found columns " + line);
    }
    boolean images = names.containsAll(List.of("ix", "iy", "iz"));
    for (String suffix : images ? List.of("", "s", "u", "su") : List.of("u", "su", "", "s")) {
      if (names.containsAll(axes(suffix))) {
        boolean unwrapped = suffix.endsWith("u");
        int[] meanings = new int[names.size()];
        Arrays.fill(meanings, SKIP);
        mark(meanings, names, axes(suffix), X);
        mark(meanings, names, List.of("vx", "vy", "vz"), VELOCITY);
        if (images && !unwrapped) {
          mark(meanings, names, List.of("ix", "iy", "iz"), IMAGE);
        }
        mark(meanings, names, List.of("id"), ID);
        if (names.contains("type")) {
          mark(meanings, names, List.of("type"), TYPE);
        } else {
          mark(meanings, names, List.of("element"), ELEMENT);
        }
        return new LammpsColumns(meanings, suffix.startsWith("s"), unwrapped);
      }
    }
    throw new IllegalArgumentException(
        "expected columns x y z, xu yu zu, xs ys zs or xsu ysu zsu, found columns " + line);
  }

  /** For each column its meaning: a group above plus the axis. */
  int[] meanings() {
    return meanings;
  }

  boolean has(int meaning) {
    for (int m : meanings) {
      if (m == meaning) {
        return true;
      }
    }
    return false;
  }

  /** Whether coordinates are fractions of the box. */
  boolean scaled() {
    return scaled;
  }

  /** Whether coordinates are unwrapped. */
  boolean unwrapped() {
    return unwrapped;
  }

  private static List<String> axes(String suffix) {
    List<String> names = new ArrayList<>();
    for (int d = 0; d < AXES.length(); d++) {
      names.add(AXES.charAt(d) + suffix);
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
