package io.vitrine.pipelines;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C and SIGTERM as something a loop can ask about; a second one ends the process at once.
 *
 * <p>A signal handler and not a shutdown hook: the embedded runner's own hooks would run at the
 * same time and take the job down before its last checkpoint.
 */
final class Interrupts implements AutoCloseable {
  private static final int EXIT_INTERRUPTED = 130;

  private final AtomicInteger count = new AtomicInteger();
  private final SignalHandler beforeInt;
  private final SignalHandler beforeTerm;

  private Interrupts() {
    beforeInt = Signal.handle(new Signal("INT"), this::handle);
    beforeTerm = Signal.handle(new Signal("TERM"), this::handle);
  }

  static Interrupts take() {
    return new Interrupts();
  }

  private void handle(Signal signal) {
    if (count.incrementAndGet() > 1) {
      java.lang.Runtime.getRuntime().halt(EXIT_INTERRUPTED);
    }
  }

  boolean came() {
    return count.get() > 0;
  }

  @Override
  public void close() {
    Signal.handle(new Signal("INT"), beforeInt);
    Signal.handle(new Signal("TERM"), beforeTerm);
  }
}
