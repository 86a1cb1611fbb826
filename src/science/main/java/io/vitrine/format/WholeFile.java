package io.vitrine.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Files that are complete or not there: written beside their place under a hidden name, then
 * renamed.
 *
 * <p>{@link #write} may be called for one path by several processes at once; the last one wins. A
 * file that is written step by step goes to {@link #aside} and is put in its place by {@link
 * #finish}. Its hidden name keeps the suffix, as writers choose the format by it, and is the same
 * at every start, so a kill leaves one such file at most.
 */
public final class WholeFile {
  private WholeFile() {}

  /** Writes text as UTF-8. */
  public static void write(Path path, String text) throws IOException {
    write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes; a folder that does not exist is made. */
  public static void write(Path path, byte[] bytes) throws IOException {
    Path aside = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
    try {
      Files.write(aside, bytes);
    } catch (NoSuchFileException e) {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.write(aside, bytes);
    }
    move(aside, path);
  }

  /** Where a file is written until it is finished. */
  public static Path aside(Path path) {
    return path.resolveSibling(".part-" + path.getFileName());
  }

  /** Puts a file that was written aside and closed in its place. */
  public static void finish(Path path) throws IOException {
    move(aside(path), path);
  }

  private static void move(Path aside, Path path) throws IOException {
    Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
