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
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The shards of a run: {@code shards/SIMULATION/BLOCK/TIME.shard}, one file a window, at most a
 * thousand a folder; beside them {@code TIME-STRUCTURE.samples} of the softness rule, by the window
 * that made it known and the time of the structure.
 *
 * <p>A shard is written aside and renamed, so it is there whole or not at all; writing it again
 * leaves the same file. Any number of processes may write, as no two write different shards of one
 * name.
 */
public final class ShardFolder {
  private static final long BLOCK_MILLIS = 1_000_000;
  private static final String SUFFIX = ".shard";
  private static final String SAMPLE_SUFFIX = ".samples";

  private final Path root;

  private ShardFolder(Path root) {
    this.root = root;
  }

  /** The shards under this folder, which need not exist yet. */
  public static ShardFolder at(Path root) {
    return new ShardFolder(root);
  }

  /** Writes what a window left, replacing the same. */
  public void write(WindowShard shard) throws IOException {
    write(shard.simulation(), shard.timeMillis(), name(shard.timeMillis()), shard.toBytes());
  }

  /** Writes samples of the softness rule, replacing the same. */
  public void write(SampleShard shard) throws IOException {
    String name =
        String.format(
            Locale.ROOT,
            "%013d-%013d%s",
            shard.windowMillis(),
            shard.structureMillis(),
            SAMPLE_SUFFIX);
    write(shard.simulation(), shard.windowMillis(), name, shard.toBytes());
  }

  private void write(String simulation, long millis, String name, byte[] bytes) throws IOException {
    Path folder = block(simulation, millis);
    Path aside = folder.resolve("." + name + "." + UUID.randomUUID());
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

  private static String name(long millis) {
    return String.format(Locale.ROOT, "%013d%s", millis, SUFFIX);
  }

  private Path block(String simulation, long millis) {
    return root.resolve(simulation).resolve(Long.toString(Math.floorDiv(millis, BLOCK_MILLIS)));
  }

  /** What the window of this time left, if anything. */
  public Optional<WindowShard> find(String simulation, long millis) throws IOException {
    Path path = block(simulation, millis).resolve(name(millis));
    return Files.exists(path)
        ? Optional.of(WindowShard.fromBytes(Files.readAllBytes(path), path.toString()))
        : Optional.empty();
  }

  /** Identifiers of the simulations that have shards, sorted. */
  public List<String> simulations() throws IOException {
    return names(root);
  }

  /** The shards of one simulation, by ascending time, read one at a time. */
  public Stream<WindowShard> read(String simulation) throws IOException {
    List<Path> paths = paths(simulation, SUFFIX);
    paths.sort(Comparator.comparingLong(ShardFolder::time));
    return paths.stream().map(path -> readOne(path, WindowShard::fromBytes));
  }

  /** Samples of the softness rule of one simulation, read one shard at a time. */
  public Stream<SampleShard> readSamples(String simulation) throws IOException {
    return paths(simulation, SAMPLE_SUFFIX).stream()
        .map(path -> readOne(path, SampleShard::fromBytes));
  }

  private List<Path> paths(String simulation, String suffix) throws IOException {
    List<Path> paths = new ArrayList<>();
    Path folder = root.resolve(simulation);
    for (String block : names(folder)) {
      for (String name : names(folder.resolve(block))) {
        if (name.endsWith(suffix)) {
          paths.add(folder.resolve(block).resolve(name));
        }
      }
    }
    return paths;
  }

  private static long time(Path path) {
    String name = path.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  /** Reads the byte form of a shard; {@code where} names it in errors. */
  private interface Decoder<T> {
    T decode(byte[] bytes, String where) throws IOException;
  }

  private static <T> T readOne(Path path, Decoder<T> decoder) {
    try {
      return decoder.decode(Files.readAllBytes(path), path.toString());
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
