package io.vitrine.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The second line of an extended XYZ frame: key=value pairs, among them the box and what the
 * columns mean.
 *
 * <p>Values with blanks stand in quotes; keys are compared without regard to case. Columns are
 * name:kind:width, kind S, R, I or L.
 *
 * @see <a href="https://github.com/libAtoms/extxyz">extended XYZ</a>
 */
final class XyzProperties {
  private static final String DEFAULT_COLUMNS = "species:S:1:pos:R:3";

  private final Map<String, String> values = new HashMap<>();
  private final int[] meanings;

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException naming what is missing or broken
   */
  XyzProperties(String line) {
    parse(line);
    this.meanings = columns(values.getOrDefault("properties", DEFAULT_COLUMNS));
  }

  private void parse(String line) {
    int at = 0;
    while (at < line.length()) {
      if (line.charAt(at) <= ' ') {
        at++;
        continue;
      }
      int keyEnd = at;
      while (keyEnd < line.length() && line.charAt(keyEnd) > ' ' && line.charAt(keyEnd) != '=') {
        keyEnd++;
      }
      String key = line.substring(at, keyEnd).toLowerCase(Locale.ROOT);
      if (keyEnd == line.length() || line.charAt(keyEnd) != '=') {
        values.putIfAbsent(key, "T");
        at = keyEnd;
        continue;
      }
      int from = keyEnd + 1;
      boolean quoted = from < line.length() && line.charAt(from) == '"';
      int to = quoted ? line.indexOf('"', from + 1) : from;
      if (to < 0) {
        throw new IllegalArgumentException("expected a closing quote behind " + key + "=");
      }
      while (!quoted && to < line.length() && line.charAt(to) > ' ') {
        to++;
      }
      values.putIfAbsent(key, line.substring(quoted ? from + 1 : from, to));
      at = quoted ? to + 1 : to;
    }
  }

  private static int[] columns(String text) {
    List<String> words = Arrays.asList(text.split(":", -1));
    List<Integer> meanings = new ArrayList<>();
    if (words.size() % 3 != 0) {
      throw new IllegalArgumentException("expected name:kind:width triples, found " + text);
    }
    for (int i = 0; i < words.size(); i += 3) {
      String name = words.get(i).toLowerCase(Locale.ROOT);
      int width = width(words.get(i + 2), text);
      int meaning =
          switch (name) {
            case "pos", "position" -> AtomRows.POSITION;
            case "image", "images" -> AtomRows.IMAGE;
            case "velo", "vel", "velocity", "velocities" -> AtomRows.VELOCITY;
            case "id", "identifier", "particle_identifier" -> AtomRows.ID;
            case "species", "type", "element" -> AtomRows.SPECIES;
            default -> AtomRows.SKIP;
          };
      if (meaning != AtomRows.SKIP
          && (width != (meaning < AtomRows.ID ? 3 : 1) || meanings.contains(meaning))) {
        // The species may stand a second time as a type.
        meaning = AtomRows.SKIP;
      }
      for (int d = 0; d < width; d++) {
        meanings.add(meaning == AtomRows.SKIP ? AtomRows.SKIP : meaning + d);
      }
    }
    if (!meanings.contains(AtomRows.POSITION) || !meanings.contains(AtomRows.SPECIES)) {
      throw new IllegalArgumentException(
          "expected properties pos:R:3 and species:S:1, found " + text);
    }
    return meanings.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int width(String word, String text) {
    if (!word.matches("[1-9][0-9]?")) {
      throw new IllegalArgumentException("expected a width of 1 to 99, found " + text);
    }
    return Integer.parseInt(word);
  }

  /** For each column its meaning: one of {@link AtomRows}. */
  int[] meanings() {
    return meanings;
  }

  /** The value of a key (in lower case), or null. */
  String value(String key) {
    return values.get(key);
  }

  /** Numbers of a key, or null where it is not there. */
  double[] numbers(String key, int count) {
    String text = values.get(key);
    if (text == null) {
      return null;
    }
    TokenScanner scanner = new TokenScanner();
    scanner.reset((text + "\n").getBytes(StandardCharsets.UTF_8), 0);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = scanner.number();
    }
    if (!scanner.atLineEnd()) {
      throw new IllegalArgumentException(
          "expected " + count + " numbers in " + key + ", found " + text);
    }
    return numbers;
  }
}
