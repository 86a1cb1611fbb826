package io.vitrine;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How long tests wait: as long as there is progress, however slow, as the machine may have ten
 * times its load. Without any for ten minutes they give up.
 */
public final class Patience {
  /** Time without progress after which a test gives up. */
  public static final Duration STILL = Duration.ofMinutes(10);

  private static final long POLL_MILLIS = 20;

  private Patience() {}

  /** Waits until a condition holds whose way there cannot be seen. */
  public static void until(Callable<Boolean> condition) throws Exception {
    until(condition, () -> "");
  }

  /** Waits until a condition holds; a progress that differs from the one before is a reason to. */
  public static void until(Callable<Boolean> condition, Callable<?> progress) throws Exception {
    Object last = progress.call();
    long moved = System.nanoTime();
    while (!condition.call()) {
      Object now = progress.call();
      if (!Objects.equals(now, last)) {
        last = now;
        moved = System.nanoTime();
      } else if (System.nanoTime() - moved > STILL.toNanos()) {
        throw new AssertionError("no progress in " + STILL.toMinutes() + " minutes at " + now);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Waits until a condition holds as long as a process works on it. */
  public static void until(Callable<Boolean> condition, Process process) throws Exception {
    until(
        () -> {
          boolean alive = process.isAlive();
          if (condition.call()) {
            return true;
          }
          if (!alive) {
            throw new AssertionError("the process ended with " + process.exitValue());
          }
          return false;
        },
        () -> cpuSeconds(process));
  }

  /**
   * Waits for the end of a process as long as it or what it started works; returns the exit code. A
   * process that does not work is ended.
   */
  public static int exit(Process process) throws InterruptedException {
    long used = cpuSeconds(process);
    while (!process.waitFor(STILL.toSeconds(), TimeUnit.SECONDS)) {
      long now = cpuSeconds(process);
      if (now <= used) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(
            process.info().commandLine().orElse("a process")
                + ": no progress in "
                + STILL.toMinutes()
                + " minutes");
      }
      used = now;
    }
    return process.exitValue();
  }

  private static long cpuSeconds(Process process) {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .mapToLong(each -> each.info().totalCpuDuration().map(Duration::toSeconds).orElse(0L))
        .sum();
  }
}
