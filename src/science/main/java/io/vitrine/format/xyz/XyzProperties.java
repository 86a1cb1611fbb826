package io.vitrine.format.xyz;

import io.vitrine.format.text.AtomRows;
import io.vitrine.format.text.TokenScanner;
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
 * <p>Values with blanks are in single or double quotes, in which a backslash goes before a quote
 * that is part of the value, or in brackets or braces. Keys are compared without regard to case.
 * Columns are name:kind:width, kind S, R, I or L.
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
   * @param property a column of one number that is wanted too, or null
   * @throws IllegalArgumentException naming what is missing or broken
   */
  XyzProperties(String line, String property) {
    parse(line);
    this.meanings = columns(values.getOrDefault("properties", DEFAULT_COLUMNS), property);
  }

  private void parse(String line) {
    int at = behindBlanks(line, 0);
    while (at < line.length()) {
      int keyEnd = at;
      if (isQuote(line.charAt(at))) {
        keyEnd = closing(line, at, "a key");
      }
      while (keyEnd < line.length() && line.charAt(keyEnd) > ' ' && line.charAt(keyEnd) != '=') {
        keyEnd++;
      }
      String key = unquoted(line.substring(at, keyEnd)).toLowerCase(Locale.ROOT);
      int equals = behindBlanks(line, keyEnd);
      if (equals == line.length() || line.charAt(equals) != '=') {
        values.putIfAbsent(key, "T");
        at = equals;
        continue;
      }
      int from = behindBlanks(line, equals + 1);
      int to = valueEnd(line, from, key);
      values.putIfAbsent(key, unquoted(line.substring(from, to)));
      at = behindBlanks(line, to);
    }
  }

  private static int behindBlanks(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /** The place behind a value: quoted, in brackets or braces, or up to the next blank. */
  private static int valueEnd(String line, int from, String key) {
    if (from < line.length()
        && (isQuote(line.charAt(from)) || "[{".indexOf(line.charAt(from)) >= 0)) {
      return closing(line, from, key + "=");
    }
    int to = from;
    while (to < line.length() && line.charAt(to) > ' ') {
      to++;
    }
    return to;
  }

  /** The place behind what closes the quote or bracket at {@code from}. */
  private static int closing(String line, int from, String what) {
    char open = line.charAt(from);
    int depth = 0;
    for (int at = from + 1; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '\\') {
        at++;
      } else if (isQuote(open) ? c == open : (c == ']' || c == '}') && depth-- == 0) {
        return at + 1;
      } else if (!isQuote(open) && (c == '[' || c == '{')) {
        depth++;
      }
    }
    throw new IllegalArgumentException("expected a closing " + open + " behind " + what);
  }

  /** A text without its quotes; what is behind a backslash is itself. */
  private static String unquoted(String text) {
    if (text.isEmpty() || !isQuote(text.charAt(0))) {
      return text;
    }
    return text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
  }

  private static int[] columns(String text, String property) {
    List<String> words = Arrays.asList(text.split(":", -1));
    List<Integer> meanings = new ArrayList<>();
    if (words.size() % 3 != 0) {
      throw new IllegalArgumentException("expected name:kind:width triples, found " + text);
    }
    boolean species = text.toLowerCase(Locale.ROOT).matches("(.*:)?(species|type|element):.*");
    boolean diameter = text.toLowerCase(Locale.ROOT).matches("(.*:)?diameter:.*");
    for (int i = 0; i < words.size(); i += 3) {
      String name = words.get(i).toLowerCase(Locale.ROOT);
      int width = width(words.get(i + 2), text);
      if (words.get(i).equals(property) && width == 1 && words.get(i + 1).matches("[RI]")) {
        meanings.add(AtomRows.PROPERTY);
        continue;
      }
      int meaning =
          switch (name) {
            case "pos", "position" -> AtomRows.POSITION;
            case "image", "images" -> AtomRows.IMAGE;
            case "velo", "vel", "velocity", "velocities" -> AtomRows.VELOCITY;
            case "id", "identifier", "particle_identifier" -> AtomRows.ID;
            case "species", "type", "element" -> AtomRows.SPECIES;
            case "diameter" -> AtomRows.DIAMETER;
            case "radius" -> diameter ? AtomRows.SKIP : AtomRows.RADIUS;
            case "z", "numbers" -> species ? AtomRows.SKIP : AtomRows.ATOMIC_NUMBER;
            default -> AtomRows.SKIP;
          };
      if (meaning != AtomRows.SKIP
          && (width != (meaning < AtomRows.ID ? 3 : 1) || meanings.contains(meaning))) {
        // The species may be a second time as a type.
        meaning = AtomRows.SKIP;
      }
      for (int d = 0; d < width; d++) {
        meanings.add(meaning == AtomRows.SKIP ? AtomRows.SKIP : meaning + d);
      }
    }
    boolean told = meanings.contains(AtomRows.SPECIES) || meanings.contains(AtomRows.ATOMIC_NUMBER);
    if (!meanings.contains(AtomRows.POSITION) || !told) {
      throw new IllegalArgumentException(
          "expected properties pos:R:3 and species:S:1, found " + text);
    }
    if (property != null && !meanings.contains(AtomRows.PROPERTY)) {
      throw new IllegalArgumentException("expected a property " + property + ":R:1, found " + text);
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

  /** Numbers of a key as it is written, or null where it is not there; brackets do no harm. */
  double[] numbers(String key, int count) {
    String text = values.get(key.toLowerCase(Locale.ROOT));
    if (text == null) {
      return null;
    }
    TokenScanner scanner = new TokenScanner();
    String plain = text.replaceAll("[\\[\\]{},]", " ") + "\n";
    scanner.reset(plain.getBytes(StandardCharsets.UTF_8), 0);
    double[] numbers = new double[count];
    try {
      for (int i = 0; i < count; i++) {
        numbers[i] = scanner.number();
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(refusal(key, count, text) + ": " + e.getMessage(), e);
    }
    if (!scanner.atLineEnd()) {
      throw new IllegalArgumentException(refusal(key, count, text));
    }
    return numbers;
  }

  private static String refusal(String key, int count, String text) {
    return "expected " + count + " numbers in " + key + ", found " + text;
  }
}
