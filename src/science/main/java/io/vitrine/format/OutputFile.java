package io.vitrine.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The place of a file that is to be made. */
public final class OutputFile {
  private OutputFile() {}

  /** Makes the folder of a file, and refuses a file name that is a folder. */
  public static Path prepare(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a folder, expected the name of a file");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new IOException(file + ": its folder cannot be made: " + FileTrouble.of(e), e);
      }
    }
    return file;
  }
}
