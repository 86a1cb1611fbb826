package io.vitrine.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells files from what only looks like one: opening a named pipe waits for its writer for ever.
 */
public final class RegularFile {
  private RegularFile() {}

  /** Refuses a named pipe, a device or a socket; what is not there is not checked here. */
  public static void check(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      throw new IOException(
          path
              + " is a named pipe, a device or a socket, expected a file: it is read at places and"
              + " again after a stop; write to a file and follow that (follow:FILE)");
    }
  }
}
