package io.vitrine.analysis.barriers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Counts from a plain table: comma-separated with a header naming the columns {@code model,
 * bin_low, bin_high, temperature, structures, rearranging} in any order; other columns are passed
 * over, fields may be in double quotes, an empty or infinite edge is open, lines that are empty or
 * begin with # are skipped.
 */
public final class CountsFile {
  private static final List<String> COLUMNS =
      List.of("model", "bin_low", "bin_high", "temperature", "structures", "rearranging");

  private CountsFile() {}

  /** Reads a file: one table a model, in the file's order. */
  public static Map<String, RateTable> read(Path file) throws IOException {
    Map<String, List<RateTable.Count>> counts = new LinkedHashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int[] places = null;
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        String where = file + " line " + number + ": ";
        List<String> fields = fields(line, where);
        if (places == null) {
          places = places(fields, where);
        } else {
          read(fields, places, where, counts);
        }
      }
      if (places == null) {
        throw new IOException(file + ": a header " + COLUMNS + " was expected, but it is empty");
      }
    }
    Map<String, RateTable> tables = new LinkedHashMap<>();
    for (Map.Entry<String, List<RateTable.Count>> entry : counts.entrySet()) {
      try {
        tables.put(entry.getKey(), RateTable.of(entry.getValue()));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ", model " + entry.getKey() + ": " + e.getMessage(), e);
      }
    }
    return tables;
  }

  private static int[] places(List<String> header, String where) throws IOException {
    int[] places = new int[COLUMNS.size()];
    for (int c = 0; c < places.length; c++) {
      places[c] = header.indexOf(COLUMNS.get(c));
      if (places[c] < 0) {
        throw new IOException(
            where + "a column " + COLUMNS.get(c) + " was expected, but found " + header);
      }
    }
    return places;
  }

  private static void read(
      List<String> fields, int[] places, String where, Map<String, List<RateTable.Count>> counts)
      throws IOException {
    String[] row = new String[places.length];
    for (int c = 0; c < places.length; c++) {
      if (places[c] >= fields.size()) {
        throw new IOException(
            where + "a field " + COLUMNS.get(c) + " was expected, but found " + fields);
      }
      row[c] = fields.get(places[c]);
    }
    try {
      counts
          .computeIfAbsent(row[0], model -> new ArrayList<>())
          .add(
              new RateTable.Count(
                  edge(row[1], Double.NEGATIVE_INFINITY),
                  edge(row[2], Double.POSITIVE_INFINITY),
                  Double.parseDouble(row[3]),
                  count(row[4]),
                  count(row[5])));
    } catch (NumberFormatException e) {
      throw new IOException(where + "numbers were expected, but found " + fields, e);
    } catch (IllegalArgumentException e) {
      throw new IOException(where + e.getMessage(), e);
    }
  }

  /** An edge; empty is open, as in the store's view. */
  private static double edge(String text, double open) {
    String word = text.toLowerCase(Locale.ROOT);
    return word.isEmpty() || word.endsWith("inf") || word.endsWith("infinity")
        ? open
        : Double.parseDouble(text);
  }

  /** A whole number, also as tables write it: 12, 12.0, 1.2e5. */
  private static long count(String text) {
    double value = Double.parseDouble(text);
    if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
      throw new NumberFormatException(text);
    }
    return (long) value;
  }

  private static List<String> fields(String line, String where) throws IOException {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    if (quoted) {
      throw new IOException(where + "a closing quote was expected, but the line ends");
    }
    fields.add(field.toString().strip());
    return fields;
  }
}
