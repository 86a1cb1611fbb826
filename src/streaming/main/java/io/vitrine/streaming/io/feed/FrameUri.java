package io.vitrine.streaming.io.feed;

import io.vitrine.engine.Mixture;
import io.vitrine.engine.Simulation;
import io.vitrine.format.FileUnits;
import io.vitrine.format.ReaderOptions;
import io.vitrine.model.Check;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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

  /** Keys that may change when a run is resumed: they say how to read, not what. */
  private static final Set<String> HOW_TO_READ = Set.of("pace", "poll", "patience", "quiet");

  private static final double DEFAULT_PATIENCE_SECONDS = 600;
  private static final double DEFAULT_QUIET_SECONDS = 300;

  private final FrameScheme scheme;
  private final String place;
  private final TreeMap<String, String> query;

  private FrameUri(FrameScheme scheme, String place, Map<String, String> query) {
    this.scheme = scheme;
    this.place = place;
    this.query = new TreeMap<>(query);
  }

  /** Parses and checks a URI. */
  public static FrameUri parse(String text) {
    FrameUriText parts = FrameUriText.of(text);
    FrameUri uri = new FrameUri(parts.scheme(), parts.place(), parts.query());
    uri.check();
    return uri;
  }

  private void check() {
    for (String key :
        List.of(
            "T",
            "dt",
            "density",
            "interval",
            "pace",
            "poll",
            "every",
            "patience",
            "quiet",
            "length",
            "time")) {
      if (query.containsKey(key)) {
        Check.positive("--frames key " + key, number(key, Double.NaN));
      }
    }
    if (query.containsKey("length") != query.containsKey("time")) {
      throw Check.refuse(
          "--frames keys length and time", "be given together", "one of them in " + this);
    }
    names();
    if (query.containsKey("dimensions") && !query.get("dimensions").matches("[23]")) {
      throw Check.refuse("--frames key dimensions", "be 2 or 3", query.get("dimensions"));
    }
    if (scheme == FrameScheme.SIMULATE) {
      if (!query.containsKey("T")) {
        throw new IllegalArgumentException(
            "--frames simulate: must say its temperature (simulate:?T=0.47), but was '"
                + this
                + "'");
      }
      whole("N", 4096);
      whole("seed", 1);
      whole("equilibrate", 0);
      mixture();
      Check.within("--frames key threads", (int) whole("threads", 1), 1, Simulation.MOST_THREADS);
    }
    if (scheme == FrameScheme.KAFKA) {
      topic();
    }
    if (scheme == FrameScheme.IMD) {
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
  public FrameScheme scheme() {
    return scheme;
  }

  /** What is between the scheme and the keys. */
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

  /** What a reader of this file is told. */
  public ReaderOptions readerOptions(String simulation, boolean growing) {
    String types = get("types");
    return new ReaderOptions(
            simulation,
            dt(),
            get("format"),
            types == null ? null : Path.of(types),
            growing,
            units(),
            names())
        .in(dimensions());
  }

  /** Dimensions of space as the user says them, or 0. */
  public int dimensions() {
    return (int) whole("dimensions", 0);
  }

  /** Units of the file per sigma and tau, or null where they are reduced ones. */
  FileUnits units() {
    return query.containsKey("length")
        ? new FileUnits(number("length", 1), number("time", 1))
        : null;
  }

  /** Other names for species, by the names the input gives them. */
  public Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    String text = query.get("names");
    for (String pair : text == null ? new String[0] : text.split(",", -1)) {
      int colon = pair.indexOf(':');
      if (!pair.matches("[^\\s:]+:[^\\s:]+")
          || names.put(pair.substring(0, colon), pair.substring(colon + 1)) != null) {
        throw Check.refuse(
            "--frames key names", "be OLD:NEW,OLD:NEW,... with each OLD once", "'" + text + "'");
      }
    }
    return names;
  }

  /** How a file name is written, where one that is not there may have been misread; else empty. */
  public String hint() {
    return place.matches("[^?&%#]*") ? "" : FrameUriText.WRITTEN;
  }

  /** The same with another value of a key. */
  public FrameUri with(String key, String value) {
    TreeMap<String, String> keys = new TreeMap<>(query);
    keys.put(key, value);
    return new FrameUri(scheme, place, keys);
  }

  /** The same with its paths made absolute: readers may run in another folder. */
  public FrameUri absolute() {
    TreeMap<String, String> keys = new TreeMap<>(query);
    keys.computeIfPresent("types", (k, v) -> Path.of(v).toAbsolutePath().toString());
    keys.computeIfPresent("start", (k, v) -> Path.of(v).toAbsolutePath().toString());
    keys.computeIfPresent(
        "mixture",
        (k, v) -> Mixtures.SHIPPED.contains(v) ? v : Path.of(v).toAbsolutePath().toString());
    String where = scheme.isFile() ? path().toAbsolutePath().toString() : place;
    return new FrameUri(scheme, where, keys);
  }

  /** Identifier of the simulation: {@code id=}, else named after the file or the simulation. */
  public String id() {
    String given = query.get("id");
    if (given != null) {
      return given;
    }
    if (scheme == FrameScheme.SIMULATE) {
      String mixture = query.getOrDefault("mixture", Mixtures.DEFAULT);
      String name = mixture.equals(Mixtures.DEFAULT) ? "" : named(fileName(mixture), true) + "-";
      return "simulate-" + name + "T" + query.get("T") + "-seed" + query.getOrDefault("seed", "1");
    }
    if (scheme == FrameScheme.IMD) {
      return "imd-" + peer().getPort();
    }
    return scheme.isFile() ? named(fileName(place), true) : named(topic().name(), false);
  }

  /** A name made fit to name a folder; that of a file without its suffix. */
  private static String named(String name, boolean file) {
    int dot = file ? name.lastIndexOf('.') : 0;
    return (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^A-Za-z0-9._+=-]|^[.]", "_");
  }

  /** What {@code simulate:} simulates. */
  public Mixture mixture() {
    Mixture mixture = Mixtures.of(query.getOrDefault("mixture", Mixtures.DEFAULT));
    return mixture.withDensity(number("density", mixture.density()));
  }

  /** Set temperature of the thermostat, or NaN where it is not given. */
  public double temperature() {
    return number("T", Double.NaN);
  }

  /** Time of a step, tau, or NaN where it is not given. */
  public double dt() {
    return number("dt", Double.NaN);
  }

  /** How long a source that cannot be read for now is tried again ({@code patience=}), s. */
  public double patienceSeconds() {
    return number("patience", DEFAULT_PATIENCE_SECONDS);
  }

  /** How long a growing file may rest before its writer seems to have ended ({@code quiet=}), s. */
  public double quietSeconds() {
    return number("quiet", DEFAULT_QUIET_SECONDS);
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
            parts.add(k + "=" + (FrameUriText.FILES.contains(k) ? fileName(v) : v));
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

  private static String fileName(String path) {
    return Path.of(path).getFileName().toString();
  }

  @Override
  public String toString() {
    return new FrameUriText(scheme, place, query).toString();
  }
}
