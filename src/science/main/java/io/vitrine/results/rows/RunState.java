package io.vitrine.results.rows;

import java.util.Locale;

/** What a simulation's run was last known to do. */
public enum RunState {
  /** Frames may still come. */
  RUNNING,
  /** Stopped on request; started again it continues. */
  PAUSED,
  /** Every window is out. */
  FINISHED,
  /** Ended with an error. */
  FAILED;

  /** The word the store keeps. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RunState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
