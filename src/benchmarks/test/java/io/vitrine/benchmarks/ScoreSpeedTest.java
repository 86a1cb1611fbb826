package io.vitrine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

/** A guard against slow kernels: a ratio of CPU times, four times below what was measured. */
final class ScoreSpeedTest {
  private static final double AT_LEAST = 100;

  /** Enough for any compiler; a score that is fast enough takes a few. */
  private static final int MOST_RUNS = 1000;

  private final Workload workload = new Workload(Liquid.shaken(16, 1), Runnable::run, 1);
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Test
  void score_wholeFrame_isAHundredTimesAsFastAsTheSumOverFeatures() {
    double naive = Double.MAX_VALUE;
    for (int n = 0; n < 5; n++) {
      naive = Math.min(naive, cost("features-naive"));
    }
    double score = Double.MAX_VALUE;
    for (int n = 0; n < MOST_RUNS && naive / score < AT_LEAST; n++) {
      score = Math.min(score, cost("score"));
    }

    assertThat(naive / score).isGreaterThan(AT_LEAST);
  }

  private double cost(String kernel) {
    long before = threads.getCurrentThreadCpuTime();
    assertThat(workload.run(kernel)).isFinite();
    return (threads.getCurrentThreadCpuTime() - before) * workload.scale(kernel);
  }
}
