package io.vitrine.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The shards of a run: {@code shards/SIMULATION/BLOCK/TIME.shard}, one file a window, at most a
 * thousand a folder.
 *
 * <p>A shard is written aside and renamed, so it is there whole or not at all; writing it again
 * leaves the same file. Any number of processes may write, as no two write different shards of one
 * name.
 */
public final class ShardFolder {
  private static final long BLOCK_MILLIS = 1_000_000;
  private static final String SUFFIX = ".shard";

  private final Path root;

  private ShardFolder(Path root) {
    this.root = root;
  }

  /** The shards under this folder, which need not exist yet. */
  public static ShardFolder at(Path root) {
    return new ShardFolder(root);
  }

  /** Writes a shard, replacing the same one. */
  public void write(WindowShard shard) throws IOException {
    long block = Math.floorDiv(shard.timeMillis(), BLOCK_MILLIS);
    Path folder = root.resolve(shard.simulation()).resolve(Long.toString(block));
    String name = String.format(Locale.ROOT, "%013d%s", shard.timeMillis(), SUFFIX);
    Path aside = folder.resolve("." + name + "." + UUID.randomUUID());
    byte[] bytes = shard.toBytes();
    try {
      Files.write(aside, bytes);
    } catch (NoSuchFileException e) {
      Files.createDirectories(folder);
      Files.write(aside, bytes);
    }
    Files.move(
        aside,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Identifiers of the simulations that have shards, sorted. */
  public List<String> simulations() throws IOException {
    return names(root);
  }

  /** The shards of one simulation, by ascending time, read one at a time. */
  public Stream<WindowShard> read(String simulation) throws IOException {
    List<Path> paths = new ArrayList<>();
    Path folder = root.resolve(simulation);
    for (String block : names(folder)) {
      for (String name : names(folder.resolve(block))) {
        if (name.endsWith(SUFFIX)) {
          paths.add(folder.resolve(block).resolve(name));
        }
      }
    }
    paths.sort(Comparator.comparingLong(ShardFolder::time));
    return paths.stream().map(ShardFolder::readOne);
  }

  private static long time(Path path) {
    String name = path.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  private static WindowShard readOne(Path path) {
    try {
      return WindowShard.fromBytes(Files.readAllBytes(path), path.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(p -> p.getFileName().toString())
          .filter(n -> !n.startsWith("."))
          .sorted()
          .toList();
    }
  }
}
