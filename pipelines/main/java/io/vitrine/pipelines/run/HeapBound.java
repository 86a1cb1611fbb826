package io.vitrine.pipelines.run;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;

/**
 * How much memory Java's objects in this process may take, and what is said where that is not
 * enough: by default a quarter of the machine's memory, or of the container's.
 */
public final class HeapBound {
  private static final long MIB = 1 << 20;

  private HeapBound() {}

  /** The bound, bytes. */
  public static long bytes() {
    return Long.parseLong(
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("MaxHeapSize")
            .getValue());
  }

  /** The bound for people. */
  public static String text() {
    long mib = bytes() / MIB;
    return mib < 1024 ? mib + " MiB" : String.format(Locale.ROOT, "%.1f GiB", mib / 1024.0);
  }

  /**
   * What is to be told where memory that ran out is among the causes of a failure. The heap is
   * given with its bound and the way to raise it; of other memory Java's own words are all there
   * is.
   */
  public static Optional<String> exhausted(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError || cause.toString().contains("OutOfMemoryError")) {
        return Optional.of(text(String.valueOf(cause.getMessage())));
      }
    }
    return Optional.empty();
  }

  private static String text(String message) {
    if (!message.contains("heap space") && !message.contains("GC overhead")) {
      return "out of memory: " + message;
    }
    long larger = 2 * Math.max(1, bytes() / MIB);
    return "the memory for Java's objects is used up: the bound (-Xmx) is "
        + text()
        + "; raise it with VITRINE_JAVA_OPTS=-Xmx"
        + larger
        + "m, or watch fewer simulations at a time";
  }
}
