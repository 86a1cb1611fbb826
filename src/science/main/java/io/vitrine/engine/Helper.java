package io.vitrine.engine;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that does one part of each task of another thread, many times a second.
 *
 * <p>It looks for the next task for half a millisecond before it sleeps, and so does who waits for
 * it: to wake a sleeping thread of a virtual machine took a tenth of a step of 32,768 particles. It
 * is a daemon and ends when it has had nothing to do for a second; the next task starts another.
 */
final class Helper {
  private static final long LOOKING_NANOS = 500_000;
  private static final long IDLE_NANOS = 1_000_000_000;
  private static final long NAP_NANOS = 50_000;

  /** Stands for a thread that has ended. */
  private static final Task ENDED = part -> {};

  private final int part;

  /** What is to be done, null when it is done. */
  private final AtomicReference<Task> task = new AtomicReference<>(ENDED);

  private volatile boolean sleeps;
  private volatile Throwable failure;
  private Thread thread;

  /** What is done for a part. */
  interface Task {
    /** Does it. */
    void run(int part);
  }

  /** Does this part of each task. */
  Helper(int part) {
    this.part = part;
  }

  /** Has its part of a task done; {@link #end} before the next one. */
  void begin(Task next) {
    if (task.getAndSet(next) == ENDED) {
      thread = new Thread(this::work, "engine forces");
      thread.setDaemon(true);
      thread.start();
    } else if (sleeps) {
      LockSupport.unpark(thread);
    }
  }

  /** Waits until it is done; returns what went wrong, or null. */
  Throwable end() {
    long begun = System.nanoTime();
    while (task.get() != null) {
      if (System.nanoTime() - begun < LOOKING_NANOS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, NAP_NANOS);
      }
    }
    Throwable wrong = failure;
    failure = null;
    return wrong;
  }

  private void work() {
    for (Task next = next(); next != ENDED; next = next()) {
      try {
        next.run(part);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      task.set(null);
    }
  }

  /** The next task; ENDED when there was none for long. */
  private Task next() {
    long begun = System.nanoTime();
    while (true) {
      Task next = task.get();
      if (next != null) {
        return next;
      }
      long idle = System.nanoTime() - begun;
      if (idle < LOOKING_NANOS) {
        Thread.onSpinWait();
      } else if (idle < IDLE_NANOS) {
        sleeps = true;
        if (task.get() == null) {
          LockSupport.parkNanos(this, IDLE_NANOS - idle);
        }
        sleeps = false;
      } else if (task.compareAndSet(null, ENDED)) {
        return ENDED;
      }
    }
  }
}
