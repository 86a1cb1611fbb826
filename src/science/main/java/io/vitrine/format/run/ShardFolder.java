package io.vitrine.format.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The shards of a run: {@code TIME.shard} of each window, beside them {@code
 * TIME-STRUCTURE.samples} of the softness rule, by the window that made it known and the time of
 * the structure. A block of 1000 tau is a folder {@code shards/SIMULATION/BLOCK} to which each
 * writer appends in a file of its own ({@link ShardLog}); once it is over, the block is packed into
 * one file, {@code shards/SIMULATION/BLOCK.zip} ({@link PackedBlock}).
 *
 * <p>A shard is there whole or not at all; writing it again changes nothing. Any number of
 * processes may write, as no two write different shards of one name. Packing may be killed at any
 * moment and done again: it renames a log, reads it, and removes it when the block that holds its
 * shards exists; a shard in a log counts instead of the one in the block. A writer whose log was
 * renamed while it wrote finds it missing and writes the shard once more. Who reads meanwhile finds
 * each shard in one of the two places.
 */
public final class ShardFolder {
  /** Event time of a block, ms. */
  public static final long BLOCK_MILLIS = 1_000_000;

  private static final String SUFFIX = ".shard";
  private static final String SAMPLE_SUFFIX = ".samples";
  private static final String PACKED = ".zip";

  private final Path root;

  /** The log that this object writes. */
  private String log = newLog();

  private ShardFolder(Path root) {
    this.root = root;
  }

  /** The shards under this folder, which need not exist yet; what it writes has logs of its own. */
  public static ShardFolder at(Path root) {
    return new ShardFolder(root);
  }

  /** The block an event time belongs to. */
  public static long block(long millis) {
    return Math.floorDiv(millis, BLOCK_MILLIS);
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

  private synchronized void write(String simulation, long millis, String name, byte[] bytes)
      throws IOException {
    Path folder = folder(simulation, block(millis));
    Path file = folder.resolve(log);
    try {
      do {
        append(file, name, bytes);
      } while (!Files.exists(file)); // Renamed to be packed, perhaps before the shard was in it.
    } catch (IOException e) {
      // A part of a record may be in it, behind which nothing would be found.
      log = newLog();
      throw e;
    }
  }

  private static void append(Path file, String name, byte[] bytes) throws IOException {
    for (boolean written = false; !written; ) {
      try {
        ShardLog.append(file, name, bytes);
        written = true;
      } catch (NoSuchFileException e) {
        // The first of its block, or just packed and removed.
        Files.createDirectories(file.getParent());
      }
    }
  }

  private static String newLog() {
    return UUID.randomUUID() + ShardLog.SUFFIX;
  }

  private static String name(long millis) {
    return String.format(Locale.ROOT, "%013d%s", millis, SUFFIX);
  }

  private Path folder(String simulation, long block) {
    return root.resolve(simulation).resolve(Long.toString(block));
  }

  /**
   * Packs the blocks of a simulation before this one, as far as they have logs. Does nothing where
   * another packing is at work.
   */
  public void pack(String simulation, long before) throws IOException {
    Path own = root.resolve(simulation);
    if (!Files.isDirectory(own)) {
      return;
    }
    try (FileChannel channel =
            FileChannel.open(
                own.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      for (String block : lock == null ? List.<String>of() : list(own)) {
        if (!block.endsWith(PACKED) && Long.parseLong(block) < before) {
          pack(own.resolve(block));
        }
      }
    } catch (OverlappingFileLockException e) {
      // Another thread of this process is at it.
    }
  }

  private static void pack(Path folder) throws IOException {
    List<Path> logs = new ArrayList<>();
    for (Path log : logs(folder)) {
      logs.add(Files.move(log, folder.resolve(newLog()), StandardCopyOption.ATOMIC_MOVE));
    }
    if (!logs.isEmpty()) {
      try (Block block = new Block(folder)) {
        PackedBlock.write(packed(folder), block.names(""), block::read);
      }
    }
    for (Path log : logs) {
      Files.deleteIfExists(log);
    }
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Written meanwhile; the next packing takes it.
    }
  }

  /** The logs of a block. */
  private static List<Path> logs(Path folder) throws IOException {
    List<Path> logs = new ArrayList<>();
    for (String name : list(folder)) {
      if (!name.endsWith(ShardLog.SUFFIX)) {
        throw new IOException(
            folder.resolve(name) + ": not a file of shards of this version of Vitrine");
      }
      logs.add(folder.resolve(name));
    }
    return logs;
  }

  private static Path packed(Path folder) {
    return folder.resolveSibling(folder.getFileName() + PACKED);
  }

  /** The shards of one block, in logs or packed. */
  private static final class Block implements AutoCloseable {
    private final Path folder;
    private final TreeMap<String, ShardLog.Entry> loose = new TreeMap<>();
    private PackedBlock packed;

    Block(Path folder) throws IOException {
      this.folder = folder;
      open();
    }

    /** Logs first: what is packed in between is found in either. */
    private void open() throws IOException {
      close();
      for (boolean listed = false; !listed; ) {
        try {
          loose.clear();
          for (Path log : logs(folder)) {
            loose.putAll(ShardLog.list(log));
          }
          listed = true;
        } catch (NoSuchFileException e) {
          // Renamed or packed meanwhile: look again.
        }
      }
      packed = PackedBlock.open(packed(folder));
    }

    SortedSet<String> names(String suffix) {
      SortedSet<String> names = new TreeSet<>(loose.keySet());
      if (packed != null) {
        names.addAll(packed.names());
      }
      names.removeIf(name -> !name.endsWith(suffix));
      return names;
    }

    byte[] read(String name) throws IOException {
      for (ShardLog.Entry entry = loose.get(name); entry != null; entry = loose.get(name)) {
        try {
          return ShardLog.read(name, entry);
        } catch (NoSuchFileException e) {
          open();
        }
      }
      byte[] bytes = packed == null ? null : packed.read(name);
      if (bytes == null) {
        throw new NoSuchFileException(folder.resolve(name).toString());
      }
      return bytes;
    }

    @Override
    public void close() throws IOException {
      if (packed != null) {
        packed.close();
      }
    }
  }

  /** Identifiers of the simulations that have shards, sorted. */
  public List<String> simulations() throws IOException {
    return list(root);
  }

  /** The shards of one simulation, by ascending time, read one at a time. Close it. */
  public Stream<WindowShard> read(String simulation) throws IOException {
    return read(simulation, SUFFIX, WindowShard::fromBytes);
  }

  /** Samples of the softness rule of one simulation, read one shard at a time. Close it. */
  public Stream<SampleShard> readSamples(String simulation) throws IOException {
    return read(simulation, SAMPLE_SUFFIX, SampleShard::fromBytes);
  }

  private <T> Stream<T> read(String simulation, String suffix, Decoder<T> decoder)
      throws IOException {
    Path own = root.resolve(simulation);
    TreeSet<Long> blocks = new TreeSet<>();
    for (String name : list(own)) {
      blocks.add(Long.parseLong(name.replace(PACKED, "")));
    }
    Reading<T> reading = new Reading<>(own, decoder);
    List<Place> places = new ArrayList<>();
    for (long block : blocks) {
      reading.open(block).names(suffix).stream()
          .sorted(Comparator.comparingLong(ShardFolder::time))
          .forEach(name -> places.add(new Place(block, name)));
    }
    return places.stream().map(reading::read).onClose(reading::close);
  }

  /** Reads the byte form of a shard; {@code where} names it in errors. */
  private interface Decoder<T> {
    T decode(byte[] bytes, String where) throws IOException;
  }

  private record Place(long block, String name) {}

  /** Position of a stream of shards: one block is open at a time. */
  private static final class Reading<T> {
    private final Path own;
    private final Decoder<T> decoder;
    private long opened;
    private Block block;

    Reading(Path own, Decoder<T> decoder) {
      this.own = own;
      this.decoder = decoder;
    }

    T read(Place place) {
      try {
        return decoder.decode(
            open(place.block()).read(place.name()),
            own.resolve(place.block() + "/" + place.name()).toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Block open(long number) {
      if (block == null || opened != number) {
        close();
        try {
          block = new Block(own.resolve(Long.toString(number)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        opened = number;
      }
      return block;
    }

    void close() {
      try {
        if (block != null) {
          block.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The time a name begins with, ms. */
  private static long time(String name) {
    int end = name.indexOf('-', 1);
    return Long.parseLong(name.substring(0, end < 0 ? name.indexOf('.') : end));
  }

  private static List<String> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(p -> p.getFileName().toString())
          .filter(n -> !n.startsWith("."))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
