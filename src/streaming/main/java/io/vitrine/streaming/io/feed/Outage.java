package io.vitrine.streaming.io.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A time during which a source cannot be read, though nothing is wrong with what it holds: a
 * network file system that is away, a permission that was taken, a stale handle, a renamed folder.
 *
 * <p>The source is tried again at once, then after 1 s, 2 s, 4 s, ... up to 30 s. Patience ends by
 * the clock: then the run fails, so that its checkpoint remains and the same command continues.
 */
public final class Outage {
  private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 30_000_000_000L;

  /** Where the operating system's own errors come from. */
  private static final List<String> SYSTEM =
      List.of("sun.nio.ch.", "sun.nio.fs.", "java.io.RandomAccessFile", "java.io.FileInputStream");

  private final FrameUri uri;
  private boolean on;
  private long since;
  private long tryAt;
  private long pause;

  /** No outage yet. */
  public Outage(FrameUri uri) {
    this.uri = uri;
  }

  /**
   * Whether an exception says that a source is out of reach, not that its content is wrong: the
   * operating system threw it, or the file can just not be read at all.
   */
  public static boolean isOne(IOException thrown, FrameUri uri) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof FileSystemException || (e instanceof IOException && isOfSystem(e))) {
        return true;
      }
    }
    return switch (uri.scheme()) {
      case REPLAY, FOLLOW -> !isThere(uri.path());
      case SIMULATE, KAFKA, IMD -> false;
    };
  }

  private static boolean isOfSystem(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length > 0
        && SYSTEM.stream().anyMatch(name -> trace[0].getClassName().startsWith(name));
  }

  /** A file that can be read, or the folder of a sequence of files. */
  private static boolean isThere(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    return Files.isReadable(path) || (path.toString().contains("*") && Files.isReadable(folder));
  }

  /** Whether the source cannot be read for now. */
  public boolean isOn() {
    return on;
  }

  /** Whether it is time to try. */
  public boolean isDue() {
    return !on || System.nanoTime() - tryAt >= 0;
  }

  /** The source can be read again. */
  public void end() {
    on = false;
  }

  /**
   * The source could not be read.
   *
   * @throws UncheckedIOException when patience is at its end
   */
  public void tried(IOException e) {
    long now = System.nanoTime();
    if (!on) {
      on = true;
      since = now;
      pause = 0;
    }
    long left = Math.round(1e9 * uri.patienceSeconds()) - (now - since);
    if (left <= 0) {
      String text =
          String.format(
              Locale.ROOT,
              "%s:%s: could not be read for %.0f s (patience=): %s; the same command goes on from"
                  + " the last checkpoint",
              uri.scheme().text(),
              uri.place(),
              (now - since) * 1e-9,
              reason(e));
      IOException failed = new IOException(text);
      failed.addSuppressed(e);
      throw new UncheckedIOException(text, failed);
    }
    tryAt = now + Math.min(pause, left);
    pause = Math.min(Math.max(2 * pause, FIRST_PAUSE_NANOS), LONGEST_PAUSE_NANOS);
  }

  /** What its user is told of an outage that has begun. */
  public String text(IOException e) {
    return String.format(
        Locale.ROOT,
        "cannot be read for now: %s; trying again for up to %.0f s (patience=)",
        reason(e),
        uri.patienceSeconds());
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException f) {
      return f.getFile() + ": no such file or folder";
    }
    if (e instanceof AccessDeniedException f) {
      return f.getFile() + ": permission denied";
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
