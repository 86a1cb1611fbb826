package io.vitrine.streaming.io.feed;

import io.vitrine.model.Check;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The text of a {@code FrameUri}: {@code scheme:place?key=value&key=value}. A path is taken as it
 * is typed where such a file exists, question marks and percent signs included; else percent signs
 * are decoded.
 */
record FrameUriText(FrameScheme scheme, String place, Map<String, String> query) {
  /** Keys that name files. */
  static final Set<String> FILES = Set.of("types", "start", "mixture");

  static final String WRITTEN = " (in a file name ? is written %3F, & %26 and % %25)";

  /** What a decoder writes for bytes that are no text. */
  private static final char NO_CHARACTER = '\uFFFD';

  /** Takes a text apart; keys the scheme does not know are refused. */
  static FrameUriText of(String text) {
    int colon = text.indexOf(':');
    FrameScheme scheme = colon < 0 ? null : schemeOf(text.substring(0, colon));
    if (scheme == null) {
      throw Check.refuse(
          "--frames", "start with simulate:, replay:, follow:, imd: or kafka:", "'" + text + "'");
    }
    String rest = text.substring(colon + 1);
    int mark = scheme.isFile() ? endOfPath(rest) : rest.indexOf('?');
    String place = mark < 0 ? rest : rest.substring(0, mark);
    if (scheme.isFile()) {
      place = path(place);
    }
    Map<String, String> query =
        mark < 0 ? new TreeMap<>() : query(rest.substring(mark + 1), scheme);
    if (scheme != FrameScheme.SIMULATE && place.isEmpty()) {
      throw Check.refuse("--frames " + scheme.text() + ":", "name a file", "'" + text + "'");
    }
    return new FrameUriText(scheme, place, query);
  }

  /**
   * The place of the question mark behind a path, or -1: the last one before which a path is that
   * is there, else the first.
   */
  private static int endOfPath(String rest) {
    if (isThere(rest)) {
      return -1;
    }
    int mark = rest.lastIndexOf('?');
    while (mark >= 0 && !isThere(rest.substring(0, mark))) {
      mark = rest.lastIndexOf('?', mark - 1);
    }
    return mark >= 0 ? mark : rest.indexOf('?');
  }

  /** A path as it is typed, where that is there, else with its percent signs decoded. */
  private static String path(String typed) {
    if (isThere(typed) || typed.indexOf('%') < 0) {
      return typed;
    }
    try {
      String decoded = URLDecoder.decode(typed.replace("+", "%2B"), StandardCharsets.UTF_8);
      return decoded.indexOf(NO_CHARACTER) < 0 ? decoded : typed;
    } catch (IllegalArgumentException e) {
      return typed;
    }
  }

  private static boolean isThere(String text) {
    try {
      Path path = Path.of(text);
      Path name = path.getFileName();
      boolean several = name != null && name.toString().contains("*");
      return !text.isEmpty() && (Files.exists(path) || (several && anyMatches(path)));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Whether a file of a sequence is there: {@code *} is any text, all else is as typed. */
  private static boolean anyMatches(Path path) {
    String name = path.getFileName().toString();
    Pattern pattern = Pattern.compile("\\Q" + name.replace("*", "\\E.*\\Q") + "\\E");
    try (Stream<Path> files = Files.list(path.toAbsolutePath().getParent())) {
      return files.anyMatch(file -> pattern.matcher(file.getFileName().toString()).matches());
    } catch (IOException e) {
      return false;
    }
  }

  private static FrameScheme schemeOf(String text) {
    for (FrameScheme s : FrameScheme.values()) {
      if (s.text().equals(text)) {
        return s;
      }
    }
    return null;
  }

  private static Map<String, String> query(String text, FrameScheme scheme) {
    Map<String, String> query = new TreeMap<>();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int eq = pair.indexOf('=');
      String key = eq < 0 ? pair : pair.substring(0, eq);
      if (!scheme.keys().contains(key)) {
        throw Check.refuse(
            "--frames key '" + key + "'",
            "be one of " + String.join(", ", scheme.keys()) + " for " + scheme.text() + ":",
            "'" + pair + "'" + WRITTEN);
      }
      String raw = eq < 0 ? "" : pair.substring(eq + 1);
      String value =
          FILES.contains(key) ? path(raw) : URLDecoder.decode(raw, StandardCharsets.UTF_8);
      if (query.put(key, value) != null) {
        throw Check.refuse("--frames key '" + key + "'", "be given once", "'" + text + "'");
      }
    }
    return query;
  }

  private static String encode(String value) {
    return value.replace("%", "%25").replace("&", "%26").replace("+", "%2B");
  }

  @Override
  public String toString() {
    String where = scheme.isFile() ? place.replace("%", "%25").replace("?", "%3F") : place;
    StringBuilder text = new StringBuilder(scheme.text()).append(':').append(where);
    char separator = '?';
    for (Map.Entry<String, String> e : query.entrySet()) {
      text.append(separator).append(e.getKey()).append('=').append(encode(e.getValue()));
      separator = '&';
    }
    return text.toString();
  }
}
