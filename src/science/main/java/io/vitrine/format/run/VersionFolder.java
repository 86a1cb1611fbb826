package io.vitrine.format.run;

import io.vitrine.format.WholeFile;
import io.vitrine.model.Check;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The versions of a model that is trained during a run, {@code NAME-N.json}, and which of them
 * scores which window: {@code windows/SIMULATION}, four bytes a window, in order of its number: one
 * more than that of the version, 0 where nothing is decided yet.
 *
 * <p>Both are decided once: what was written first is kept, so a run that was killed and continues
 * gives every window the version it had before, and a version is never two models. Versions are
 * written aside and renamed. Writers of one version, and of one window, must not work at the same
 * time.
 */
public final class VersionFolder {
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

  /** The number of the newest version, 0 where there is none. */
  public long newest() {
    long number = 0;
    while (has(number + 1)) {
      number++;
    }
    return number;
  }

  /** What was published as a version. */
  public String read(long number) throws IOException {
    return Files.readString(file(number));
  }

  /** Publishes a version, unless it exists already; returns the existing one. */
  public String publish(long number, String json) throws IOException {
    if (!has(number)) {
      WholeFile.write(file(number), json);
    }
    return read(number);
  }

  /**
   * Gives a window a version, unless it has one already; returns the one it has.
   *
   * @param window its number in the simulation
   */
  public long assign(String simulation, long window, long number) throws IOException {
    Path file = root.resolve("windows").resolve(simulation);
    Files.createDirectories(file.getParent());
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer slot = ByteBuffer.allocate(Integer.BYTES);
      long at = Integer.BYTES * window;
      int stored = channel.read(slot, at) == Integer.BYTES ? slot.getInt(0) : 0;
      if (stored != 0) {
        return stored - 1L;
      }
      channel.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, Math.toIntExact(number + 1)), at);
      return number;
    }
  }
}
