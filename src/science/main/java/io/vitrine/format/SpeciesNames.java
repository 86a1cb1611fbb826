package io.vitrine.format;

import io.vitrine.model.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of species, made of the labels a file has for its particles.
 *
 * <p>A label that is a word is its own name. Numbers count letters: 1 is A, 2 is B, 3 is C; they
 * count from 0 where a 0 is among them, and stay numbers where one of them is beyond Z. Names that
 * the user renames come last; two labels of one name are one species.
 *
 * <p>A file whose names are B or A and B has the species A and B, in this order. Others are in the
 * order the file declares them in, or sorted, numbers by value, where it declares none.
 */
public final class SpeciesNames {
  private static final int LETTERS = 26;
  private static final String OTHER_NUMBER = "[+-]?[\\d.]+([eE][+-]?\\d+)?";

  private final List<String> names;
  private final byte[] types;

  private SpeciesNames(List<String> names, byte[] types) {
    this.names = names;
    this.types = types;
  }

  /** Names of labels that a file declares in this order. */
  public static SpeciesNames declared(List<String> labels, Map<String, String> renamed) {
    return of(labels, labels, renamed);
  }

  /** Names of labels that were found in this order, which says nothing. */
  public static SpeciesNames found(List<String> labels, Map<String, String> renamed) {
    List<String> sorted = new ArrayList<>(labels);
    sorted.sort(
        Comparator.comparing((String label) -> isNumber(label) ? Integer.parseInt(label) : -1)
            .thenComparing(label -> label));
    return of(labels, sorted, renamed);
  }

  private static SpeciesNames of(
      List<String> labels, List<String> inOrder, Map<String, String> renamed) {
    boolean fromZero = labels.contains("0");
    boolean letters =
        labels.stream()
            .filter(SpeciesNames::isNumber)
            .allMatch(l -> Integer.parseInt(l) - (fromZero ? 0 : 1) < LETTERS);
    Set<String> ordered = new LinkedHashSet<>();
    inOrder.forEach(label -> ordered.add(name(label, fromZero, letters, renamed)));
    boolean binary = ordered.contains("B") && Target.A_AND_B.containsAll(ordered);
    List<String> names = binary ? Target.A_AND_B : List.copyOf(ordered);
    if (names.size() > Byte.MAX_VALUE) {
      throw new IllegalArgumentException(
          "expected at most " + Byte.MAX_VALUE + " species, found " + names.size());
    }
    byte[] types = new byte[labels.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = (byte) names.indexOf(name(labels.get(i), fromZero, letters, renamed));
    }
    return new SpeciesNames(names, types);
  }

  private static String name(
      String label, boolean fromZero, boolean letters, Map<String, String> renamed) {
    String name = label;
    if (isNumber(label)) {
      int at = Integer.parseInt(label) - (fromZero ? 0 : 1);
      name = letters ? String.valueOf((char) ('A' + at)) : label;
    } else if (!label.matches("\\S+") || label.matches(OTHER_NUMBER)) {
      throw new IllegalArgumentException(
          "expected a type (0, 1, 2, ...) or the name of a species, found "
              + (label.isEmpty() ? "the end of the line" : "'" + label + "'"));
    }
    return renamed.getOrDefault(name, name);
  }

  private static boolean isNumber(String label) {
    return label.matches("\\d{1,9}");
  }

  /** Names of the species, by type. */
  public List<String> names() {
    return names;
  }

  /** Type of each label, in the order the labels were given in. */
  public byte[] types() {
    return types;
  }
}
