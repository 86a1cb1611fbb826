package io.vitrine.streaming.io;

import io.vitrine.engine.Simulation;
import io.vitrine.format.ReaderOptions;
import io.vitrine.model.Check;
import java.io.Serializable;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the frames of one simulation come from: {@code scheme:place?key=value&key=value}.
 *
 * <p>Schemes: {@code simulate:} (the built-in engine), {@code replay:PATH} (a finished file),
 * {@code follow:PATH} (a file that is being written), {@code kafka://HOST:PORT/TOPIC} (a topic),
 * {@code imd://HOST:PORT} (an engine that serves IMD). Keys are checked when the text is parsed, so
 * that a misspelt one is refused and not ignored.
 */
public final class FrameUri implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Keys every scheme knows. */
  private static final Set<String> COMMON = Set.of("T", "id", "interval");

  /** Keys that may change when a run is resumed: they say how to read, not what. */
  private static final Set<String> HOW_TO_READ = Set.of("pace", "poll");

  private final Scheme scheme;
  private final String place;
  private final TreeMap<String, String> query;

  /** How frames arrive. */
  public enum Scheme {
    /** The built-in engine computes them. */
    SIMULATE,
    /** A finished file is read to its end. */
    REPLAY,
    /** A growing file is read as it grows. */
    FOLLOW,
    /** A topic is read as it fills. */
    KAFKA,
    /** An engine sends them. */
    IMD;

    private Set<String> keys() {
      Set<String> keys = new TreeSet<>(COMMON);
      switch (this) {
        case SIMULATE ->
            keys.addAll(List.of("N", "seed", "start", "equilibrate", "threads", "pace"));
        case REPLAY -> keys.addAll(List.of("dt", "types", "format", "pace"));
        case FOLLOW -> keys.addAll(List.of("dt", "types", "format", "poll"));
        case KAFKA -> keys.add("pace");
        case IMD -> keys.addAll(List.of("types", "every", "poll"));
      }
      return keys;
    }

    /** The scheme as it is written. */
    public String text() {
      return switch (this) {
        case SIMULATE -> "simulate";
        case REPLAY -> "replay";
        case FOLLOW -> "follow";
        case KAFKA -> "kafka";
        case IMD -> "imd";
      };
    }
  }

  private FrameUri(Scheme scheme, String place, Map<String, String> query) {
    this.scheme = scheme;
    this.place = place;
    this.query = new TreeMap<>(query);
  }

  /** Parses and checks a URI. */
  public static FrameUri parse(String text) {
    int colon = text.indexOf(':');
    Scheme scheme = colon < 0 ? null : schemeOf(text.substring(0, colon));
    if (scheme == null) {
      throw Check.refuse(
          "--frames", "start with simulate:, replay:, follow:, imd: or kafka:", "'" + text + "'");
    }
    String rest = text.substring(colon + 1);
    int mark = rest.indexOf('?');
    String place = mark < 0 ? rest : rest.substring(0, mark);
    TreeMap<String, String> query = new TreeMap<>();
    if (mark >= 0) {
      parseQuery(rest.substring(mark + 1), scheme, query);
    }
    if (scheme != Scheme.SIMULATE && place.isEmpty()) {
      throw Check.refuse("--frames " + scheme.text() + ":", "name a file", "'" + text + "'");
    }
    FrameUri uri = new FrameUri(scheme, place, query);
    uri.check();
    return uri;
  }

  private static Scheme schemeOf(String text) {
    for (Scheme s : Scheme.values()) {
      if (s.text().equals(text)) {
        return s;
      }
    }
    return null;
  }

  private static void parseQuery(String text, Scheme scheme, Map<String, String> query) {
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
            "'" + pair + "'");
      }
      String value =
          eq < 0 ? "" : URLDecoder.decode(pair.substring(eq + 1), StandardCharsets.UTF_8);
      if (query.put(key, value) != null) {
        throw Check.refuse("--frames key '" + key + "'", "be given once", "'" + text + "'");
      }
    }
  }

  private void check() {
    for (String key : List.of("T", "dt", "interval", "pace", "poll", "every")) {
      if (query.containsKey(key)) {
        Check.positive("--frames key " + key, number(key, Double.NaN));
      }
    }
    if (scheme == Scheme.SIMULATE) {
      Check.positive("--frames key T", number("T", Double.NaN));
      whole("N", 4096);
      whole("seed", 1);
      whole("equilibrate", 0);
      Check.within("--frames key threads", (int) whole("threads", 1), 1, Simulation.MOST_THREADS);
    }
    if (scheme == Scheme.KAFKA) {
      topic();
    }
    if (scheme == Scheme.IMD) {
      peer();
      if (get("types") == null) {
        throw Check.refuse("--frames key types", "name a file for imd:", "absent");
      }
    }
    if (query.containsKey("id") && !id().matches("[A-Za-z0-9_+=-][A-Za-z0-9._+=-]{0,99}")) {
      // It names a folder: "..", for one, must not.
      throw Check.refuse(
          "--frames key id",
          "be 1 to 100 letters, digits or ._+=- and not start with a dot",
          "'" + id() + "'");
    }
  }

  /** How frames arrive. */
  public Scheme scheme() {
    return scheme;
  }

  /** What stands between the scheme and the keys. */
  public String place() {
    return place;
  }

  /** The file, for schemes that have one. */
  public Path path() {
    return Path.of(place);
  }

  /** The topic, for a scheme that has one. */
  public KafkaTopic topic() {
    return KafkaTopic.parse("--frames", scheme.text() + ":" + place);
  }

  /** Where the engine listens, for a scheme that has one. */
  URI peer() {
    String text = scheme.text() + ":" + place;
    if (!text.matches("imd://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}/?")) {
      throw Check.refuse("--frames imd:", "be imd://HOST:PORT", "'" + text + "'");
    }
    URI peer = URI.create(text);
    if (peer.getHost() == null) {
      throw Check.refuse("--frames imd:", "name a host", "'" + text + "'");
    }
    Check.within("--frames imd: port", peer.getPort(), 1, 65_535);
    return peer;
  }

  /** Whether frames come from a file. */
  private boolean isFile() {
    return scheme == Scheme.REPLAY || scheme == Scheme.FOLLOW;
  }

  /** What a reader of this file is told. */
  public ReaderOptions readerOptions(String simulation, boolean growing) {
    String types = get("types");
    return new ReaderOptions(
        simulation,
        number("dt", Double.NaN),
        get("format"),
        types == null ? null : Path.of(types),
        growing);
  }

  /** The same with its paths made absolute: readers may run in another folder. */
  public FrameUri absolute() {
    TreeMap<String, String> keys = new TreeMap<>(query);
    keys.computeIfPresent("types", (k, v) -> Path.of(v).toAbsolutePath().toString());
    keys.computeIfPresent("start", (k, v) -> Path.of(v).toAbsolutePath().toString());
    String where = isFile() ? path().toAbsolutePath().toString() : place;
    return new FrameUri(scheme, where, keys);
  }

  /** Identifier of the simulation: {@code id=}, else named after the file or the simulation. */
  public String id() {
    String given = query.get("id");
    if (given != null) {
      return given;
    }
    if (scheme == Scheme.SIMULATE) {
      return "simulate-T" + query.get("T") + "-seed" + query.getOrDefault("seed", "1");
    }
    if (scheme == Scheme.IMD) {
      return "imd-" + peer().getPort();
    }
    String name = isFile() ? path().getFileName().toString() : topic().name();
    int dot = isFile() ? name.lastIndexOf('.') : 0;
    return (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^A-Za-z0-9._+=-]|^[.]", "_");
  }

  /** Set temperature of the thermostat, or NaN where it is not given. */
  public double temperature() {
    return number("T", Double.NaN);
  }

  /** The raw value of a key, or null. */
  public String get(String key) {
    return query.get(key);
  }

  /** A number, or the fallback where the key is absent. */
  public double number(String key, double fallback) {
    String text = query.get(key);
    if (text == null) {
      return fallback;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw Check.refuse("--frames key " + key, "be a number", "'" + text + "'");
    }
  }

  /** A whole number &gt;= 0, or the fallback where the key is absent. */
  public long whole(String key, long fallback) {
    double value = number(key, (double) fallback);
    if (value != Math.rint(value) || value < 0) {
      throw Check.refuse("--frames key " + key, "be a whole number >= 0", query.get(key));
    }
    return (long) value;
  }

  /**
   * What the input is, whoever reads it and however: two runs with the same identity see the same
   * frames. Paths count by file name only, so that a folder may move.
   */
  public String identity() {
    List<String> parts = new ArrayList<>();
    query.forEach(
        (k, v) -> {
          if (!HOW_TO_READ.contains(k)) {
            parts.add(k + "=" + (k.equals("types") || k.equals("start") ? fileName(v) : v));
          }
        });
    String what =
        switch (scheme) {
          case SIMULATE -> "simulate:";
          case REPLAY, FOLLOW -> "file:" + fileName(place);
          case KAFKA -> "kafka:" + topic().name();
          case IMD -> "imd:" + place;
        };
    return what + "?" + String.join("&", parts);
  }

  private static String encode(String value) {
    return value.replace("%", "%25").replace("&", "%26").replace("+", "%2B");
  }

  private static String fileName(String path) {
    return Path.of(path).getFileName().toString();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(scheme.text()).append(':').append(place);
    char separator = '?';
    for (Map.Entry<String, String> e : query.entrySet()) {
      text.append(separator).append(e.getKey()).append('=').append(encode(e.getValue()));
      separator = '&';
    }
    return text.toString();
  }
}
