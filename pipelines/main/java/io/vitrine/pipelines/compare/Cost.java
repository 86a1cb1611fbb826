package io.vitrine.pipelines.compare;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** CPU time of this process, all threads, s. */
final class Cost {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final long begun = SYSTEM.getProcessCpuTime();

  double seconds() {
    return 1e-9 * (SYSTEM.getProcessCpuTime() - begun);
  }
}
