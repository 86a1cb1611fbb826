package io.vitrine.pipelines.study;

import java.util.ArrayList;
import java.util.List;

/** What to write into {@code --frames} so that species get the names that are wanted. */
final class Renaming {
  private Renaming() {}

  /**
   * A hint in brackets; empty where no renaming helps. Names that are wanted already stay; the
   * others are paired in order.
   */
  static String hint(List<String> found, List<String> wanted) {
    List<String> strange = found.stream().filter(name -> !wanted.contains(name)).toList();
    List<String> missing = wanted.stream().filter(name -> !found.contains(name)).toList();
    if (strange.isEmpty() || strange.size() > missing.size()) {
      return "";
    }
    List<String> pairs = new ArrayList<>();
    for (int k = 0; k < strange.size(); k++) {
      pairs.add(strange.get(k) + ":" + missing.get(k));
    }
    return " (names=" + String.join(",", pairs) + " in --frames renames)";
  }
}
