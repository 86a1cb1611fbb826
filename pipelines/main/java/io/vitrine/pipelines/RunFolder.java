package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folder of a run: {@code run.json}, {@code store.sqlite}, {@code shards/}, {@code
 * checkpoints/}, {@code conf/}, {@code spool/}, {@code training/}, {@code models/}, {@code
 * capture/}, {@code logs/}, {@code lock}, {@code DONE}.
 *
 * <p>One process at a time holds the lock; a second one is refused with the process number of the
 * first.
 */
public final class RunFolder implements AutoCloseable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

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
      return new RunFolder(root, file, lock);
    } catch (IOException e) {
      throw new FailureException(path + ": cannot be used as output folder: " + reason(e), e);
    }
  }

  /** Process that works in a folder, or -1. */
  static long worker(Path path) throws FailureException {
    Path lockPath = path.resolve("lock");
    if (!Files.exists(lockPath)) {
      return -1;
    }
    try (RandomAccessFile file = new RandomAccessFile(lockPath.toFile(), "rw");
        FileLock lock = tryLock(file)) {
      return lock != null ? -1 : Long.parseLong(Files.readString(lockPath).trim());
    } catch (IOException | NumberFormatException e) {
      throw new FailureException(lockPath + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static FileLock tryLock(RandomAccessFile file) throws IOException {
    try {
      return file.getChannel().tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  static String reason(IOException e) {
    return e instanceof java.nio.file.FileSystemException f && f.getReason() != null
        ? f.getReason()
        : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
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

  /** Versions of the model that is trained while the run goes on. */
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

  /** JDBC URL of the store that lies in the folder. */
  public String storeUrl() {
    return "jdbc:sqlite:" + root.resolve("store.sqlite");
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
    Path aside = root.resolve("." + name + ".tmp");
    try {
      Files.writeString(aside, text);
      Files.move(
          aside,
          root.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new FailureException(root.resolve(name) + ": cannot be written: " + reason(e), e);
    }
  }

  @Override
  public void close() throws FailureException {
    try {
      lock.release();
      lockFile.close();
    } catch (IOException e) {
      throw new FailureException(root + ": lock cannot be released: " + reason(e), e);
    }
  }
}
