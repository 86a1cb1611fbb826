package io.vitrine.format;

import java.io.IOException;
import java.nio.file.Path;

/** A file says steps and no times, and nobody has said how long a step is. */
public final class NoTimeException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the file and the remedy. */
  public NoTimeException(Path path) {
    super(path + " has no time; give dt=");
  }
}
