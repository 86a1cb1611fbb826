package io.vitrine.streaming.io.feed;

import java.util.List;
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

  /** Whether frames come from a file. */
  boolean isFile() {
    return this == REPLAY || this == FOLLOW;
  }

  Set<String> keys() {
    Set<String> keys = new TreeSet<>(COMMON);
    switch (this) {
      case SIMULATE ->
          keys.addAll(
              List.of(
                  "N", "seed", "start", "equilibrate", "threads", "pace", "mixture", "density"));
      case REPLAY ->
          keys.addAll(
              List.of(
                  "dt",
                  "types",
                  "format",
                  "length",
                  "time",
                  "names",
                  "dimensions",
                  "pace",
                  "patience"));
      case FOLLOW ->
          keys.addAll(
              List.of(
                  "dt",
                  "types",
                  "format",
                  "length",
                  "time",
                  "names",
                  "dimensions",
                  "poll",
                  "patience",
                  "quiet"));
      case KAFKA -> keys.addAll(List.of("dt", "pace", "patience"));
      case IMD ->
          keys.addAll(
              List.of(
                  "types", "length", "time", "names", "dimensions", "every", "poll", "patience"));
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
