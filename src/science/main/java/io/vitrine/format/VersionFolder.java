package io.vitrine.format;

import io.vitrine.model.Check;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;

/**
 * The versions of a model that is trained while a run goes on, and which of them scores which
 * window: {@code NAME-N.json}, and {@code windows/SIMULATION/BLOCK/TIME} with the number of the
 * version, 0 where there was none yet.
 *
 * <p>Both are decided once: what was written first stands, so a run that was killed and goes on
 * gives every window the version it had before, and a version is never two models. Files are
 * written aside and renamed. Writers of one version, and of one window, must not work at the same
 * time.
 */
public final class VersionFolder {
  private static final long BLOCK_MILLIS = 1_000_000;

  private final Path root;
  private final String name;

  private VersionFolder(Path root, String name) {
    this.root = root;
    this.name = name;
  }

  /** Versions of the named model under a folder, which need not exist yet. */
  public static VersionFolder at(Path root, String name) {
    return new VersionFolder(root, name);
  }

  /** The file of a version, numbered from 1. */
  public Path file(long number) {
    if (number < 1) {
      throw Check.refuse("version", "be >= 1", number);
    }
    return root.resolve(name + "-" + number + ".json");
  }

  /** Whether a version was published. */
  public boolean has(long number) {
    return Files.exists(file(number));
  }

  /** What was published as a version. */
  public String read(long number) throws IOException {
    return Files.readString(file(number));
  }

  /** Publishes a version, unless it stands already; returns what stands. */
  public String publish(long number, String json) throws IOException {
    if (!has(number)) {
      write(file(number), json);
    }
    return read(number);
  }

  /** Gives a window a version, unless it has one already; returns the one it has. */
  public long assign(String simulation, long millis, long number) throws IOException {
    Path file =
        root.resolve("windows")
            .resolve(simulation)
            .resolve(Long.toString(Math.floorDiv(millis, BLOCK_MILLIS)))
            .resolve(String.format(Locale.ROOT, "%013d", millis));
    if (Files.exists(file)) {
      return Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII));
    }
    write(file, Long.toString(number));
    return number;
  }

  private static void write(Path file, String text) throws IOException {
    Path aside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      Files.writeString(aside, text);
    } catch (NoSuchFileException e) {
      Files.createDirectories(file.getParent());
      Files.writeString(aside, text);
    }
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
