package io.vitrine.pipelines.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and SIGTERM as something a loop can ask about; a second one ends the process at once.
 *
 * <p>A signal handler and not a shutdown hook: the embedded runner's own hooks would run at the
 * same time and take the job down before its last checkpoint. By reflection, as no supported class
 * hears signals and the compiler warns of the one that does; where that class is missing, Ctrl-C
 * ends the process and the run continues from its last regular checkpoint.
 */
public final class Interrupts implements AutoCloseable {
  private static final int EXIT_INTERRUPTED = 130;
  private static final String[] SIGNALS = {"INT", "TERM"};

  private final AtomicInteger count = new AtomicInteger();
  private final String farewell;
  private final Object[] before = new Object[SIGNALS.length];

  private Interrupts(String farewell) {
    this.farewell = farewell;
    try {
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> {
                return switch (method.getName()) {
                  case "handle" -> {
                    came(arguments);
                    yield null;
                  }
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> "interrupts";
                };
              });
      for (int s = 0; s < SIGNALS.length; s++) {
        before[s] = install(SIGNALS[s], handler);
      }
    } catch (ReflectiveOperationException e) {
      org.slf4j.LoggerFactory.getLogger(Interrupts.class).warn("no signals: {}", e.toString());
    }
  }

  /**
   * Listens from here on.
   *
   * @param farewell what people are told when a second one ends the process at once
   */
  public static Interrupts take(String farewell) {
    return new Interrupts(farewell);
  }

  private static Object install(String signal, Object handler) throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Method handle = signalType.getMethod("handle", signalType, handlerType);
    try {
      return handle.invoke(
          null, signalType.getConstructor(String.class).newInstance(signal), handler);
    } catch (InvocationTargetException e) {
      // A signal the system keeps for itself.
      return null;
    }
  }

  private void came(Object[] signal) {
    if (count.incrementAndGet() > 1 && signal.length > 0) {
      System.err.println();
      System.err.println(farewell);
      java.lang.Runtime.getRuntime().halt(EXIT_INTERRUPTED);
    }
  }

  public boolean came() {
    return count.get() > 0;
  }

  @Override
  public void close() {
    try {
      for (int s = 0; s < SIGNALS.length; s++) {
        if (before[s] != null) {
          install(SIGNALS[s], before[s]);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("signals were there a moment ago", e);
    }
  }
}
