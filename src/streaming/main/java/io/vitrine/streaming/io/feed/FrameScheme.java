package io.vitrine.streaming.io.feed;

import java.util.Set;
import java.util.TreeSet;

/** How frames arrive. */
public enum FrameScheme {
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

  /** Keys every scheme knows. */
  private static final Set<String> COMMON = Set.of("T", "id", "interval");

  /** Keys of every file. */
  private static final Set<String> FILE =
      Set.of("dt", "types", "format", "length", "time", "names", "dimensions", "patience");

  /** Whether frames come from a file. */
  boolean isFile() {
    return this == REPLAY || this == FOLLOW;
  }

  /** Keys that this scheme knows. */
  Set<String> keys() {
    Set<String> keys = new TreeSet<>(COMMON);
    if (isFile()) {
      keys.addAll(FILE);
    }
    keys.addAll(
        switch (this) {
          case SIMULATE ->
              Set.of("N", "seed", "start", "equilibrate", "threads", "pace", "mixture", "density");
          case REPLAY -> Set.of("pace");
          case FOLLOW -> Set.of("poll", "quiet");
          case KAFKA -> Set.of("dt", "pace", "patience");
          case IMD ->
              Set.of("types", "length", "time", "names", "dimensions", "every", "poll", "patience");
        });
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
