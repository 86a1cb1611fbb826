package io.vitrine.pipelines.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.vitrine.format.FileTrouble;
import io.vitrine.format.WholeFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * The folder of a run: {@code run.json}, {@code store.sqlite}, {@code shards/}, {@code
 * checkpoints/}, {@code conf/}, {@code spool/}, {@code training/}, {@code models/}, {@code
 * capture/}, {@code logs/}, {@code tmp/}, {@code lock}, {@code DONE}.
 *
 * <p>One process at a time holds the lock; a second one is refused with the process number of the
 * first. So what lies in {@code tmp/} when the folder is opened was left by a process that was
 * killed, and goes.
 */
public final class RunFolder implements AutoCloseable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Where sqlite-jdbc, snappy, zstd-jni and jline unpack their native code. */
  private static final List<String> UNPACKING =
      List.of("org.sqlite.tmpdir", "org.xerial.snappy.tempdir", "ZstdTempFolder", "jline.tmpdir");

  private final Path root;
  private final RandomAccessFile lockFile;
  private final FileLock lock;

  private RunFolder(Path root, RandomAccessFile lockFile, FileLock lock) {
    this.root = root;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /** Opens the folder, creating it where it is missing, and takes its lock. */
  public static RunFolder open(Path path) throws FailureException {
    Path root = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new FailureException(path + ": the folder cannot be made: " + reason(e), e);
    }
    try {
      RandomAccessFile file = new RandomAccessFile(root.resolve("lock").toFile(), "rw");
      FileLock lock = tryLock(file);
      if (lock == null) {
        byte[] holder = new byte[(int) Math.min(64, file.length())];
        file.readFully(holder);
        file.close();
        throw new FailureException(
            path
                + ": another process works in this folder, process "
                + new String(holder, StandardCharsets.US_ASCII).trim()
                + "; expected none");
      }
      file.setLength(0);
      file.write((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII));
      RunFolder folder = new RunFolder(root, file, lock);
      delete(folder.tmp());
      return folder;
    } catch (IOException e) {
      throw new FailureException(path + ": cannot be used as output folder: " + reason(e), e);
    }
  }

  /** Process that works in a folder, or -1. */
  public static long worker(Path path) throws FailureException {
    Path lockPath = path.resolve("lock");
    if (!Files.exists(lockPath)) {
      return -1;
    }
    try (RandomAccessFile file = new RandomAccessFile(lockPath.toFile(), "rw");
        FileLock lock = tryLock(file)) {
      return lock != null ? -1 : Long.parseLong(Files.readString(lockPath).trim());
    } catch (IOException | NumberFormatException e) {
      String why = e instanceof IOException io ? reason(io) : "expected the number of a process";
      throw new FailureException(lockPath + ": cannot be read: " + why, e);
    }
  }

  private static FileLock tryLock(RandomAccessFile file) throws IOException {
    try {
      return file.getChannel().tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Why a file could not be used; behind what was tried on which file. */
  public static String reason(IOException e) {
    return FileTrouble.reason(e);
  }

  /** Moves an existing folder aside, to the first free {@code NAME.1}, {@code NAME.2}, ... */
  public static void moveAside(Path path) throws FailureException {
    Path root = path.toAbsolutePath().normalize();
    if (!Files.exists(root)) {
      return;
    }
    // Nobody may be at work in there.
    open(root).close();
    int n = 1;
    while (Files.exists(root.resolveSibling(root.getFileName() + "." + n))) {
      n++;
    }
    try {
      Files.move(root, root.resolveSibling(root.getFileName() + "." + n));
    } catch (IOException e) {
      throw new FailureException(path + ": cannot be moved aside: " + reason(e), e);
    }
  }

  /** The folder itself, absolute. */
  public Path root() {
    return root;
  }

  /** What windows leave for the files made at the end. */
  public Path shards() {
    return root.resolve("shards");
  }

  /** Checkpoints of the runner. */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** Configuration of the runner. */
  public Path conf() {
    return root.resolve("conf");
  }

  /** Versions of the model that is trained during the run. */
  public Path models() {
    return root.resolve("models");
  }

  /** Frames around bursts of rearrangement. */
  public Path capture() {
    return root.resolve("capture");
  }

  /** Training sets. */
  public Path training() {
    return root.resolve("training");
  }

  /** Files that serve a process while it runs; they go with it, or with the next start. */
  public Path tmp() {
    return root.resolve("tmp");
  }

  /**
   * Has the libraries that unpack native code do so in {@link #tmp}: they remove it when the
   * process ends, but not when it is killed. Files of this process only; the rest of the system's
   * temporary folder is not ours to clear.
   */
  public void unpackHere() throws FailureException {
    try {
      Files.createDirectories(tmp());
    } catch (IOException e) {
      throw new FailureException(tmp() + ": cannot be made: " + reason(e), e);
    }
    UNPACKING.forEach(property -> System.setProperty(property, tmp().toString()));
  }

  /** JDBC URL of the store that lies in the folder. */
  public String storeUrl() {
    return "jdbc:sqlite:" + root.resolve("store.sqlite");
  }

  /**
   * The results store that a user names: a run folder, the file of an SQLite store, or a JDBC URL.
   */
  public static String storeNamed(String name) throws FailureException {
    if (name.startsWith("jdbc:")) {
      return name;
    }
    Path path = Path.of(name).toAbsolutePath().normalize();
    if (Files.isRegularFile(path)) {
      return "jdbc:sqlite:" + path;
    }
    RunFolder folder = new RunFolder(path, null, null);
    JsonNode description = Files.isDirectory(path) ? folder.description() : null;
    if (description != null) {
      return description.path("store").asText(folder.storeUrl());
    }
    throw new FailureException(
        name
            + (Files.exists(path) ? ": holds no run" : ": does not exist")
            + ", expected a run folder (--output of monitor), a store.sqlite or a JDBC URL");
  }

  /** A path as people see it: from here, where it is below. */
  public static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path there = path.toAbsolutePath().normalize();
    return there.startsWith(here) && !there.equals(here)
        ? here.relativize(there).toString()
        : there.toString();
  }

  /** Whether the run has ended. */
  public boolean isDone() {
    return Files.exists(root.resolve("DONE"));
  }

  /** Marks the run as ended. */
  public void markDone() throws FailureException {
    write("DONE", "\n");
  }

  /** What the run was started as, or null. */
  public JsonNode description() throws FailureException {
    Path file = root.resolve("run.json");
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new FailureException(file + ": cannot be read: " + reason(e), e);
    }
  }

  /** Keeps what the run was started as. */
  public void describe(JsonNode description) throws FailureException {
    try {
      write("run.json", JSON.writeValueAsString(description) + "\n");
    } catch (IOException e) {
      throw new FailureException(root + ": run.json cannot be made: " + reason(e), e);
    }
  }

  private void write(String name, String text) throws FailureException {
    try {
      WholeFile.write(root.resolve(name), text);
    } catch (IOException e) {
      throw new FailureException(root.resolve(name) + ": cannot be written: " + reason(e), e);
    }
  }

  /** Deletes a file or a folder with all that is in it; nothing where it is not there. */
  public static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(tree, new Deletion());
  }

  /** Deletes what it visits; what somebody else deletes meanwhile is gone as well. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      refuseOther(e);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
      refuseOther(e);
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }

    private static void refuseOther(IOException e) throws IOException {
      if (e != null && !(e instanceof NoSuchFileException)) {
        throw e;
      }
    }
  }

  @Override
  public void close() throws FailureException {
    UNPACKING.forEach(property -> System.getProperties().remove(property, tmp().toString()));
    try {
      delete(tmp());
    } catch (IOException e) {
      // A network file system keeps files that are still mapped; the next start removes them.
      org.slf4j.LoggerFactory.getLogger(RunFolder.class).warn("{} stays: {}", tmp(), e.toString());
    }
    try {
      lock.release();
      lockFile.close();
    } catch (IOException e) {
      throw new FailureException(root + ": lock cannot be released: " + reason(e), e);
    }
  }
}
