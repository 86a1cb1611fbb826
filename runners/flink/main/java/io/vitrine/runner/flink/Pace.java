package io.vitrine.runner.flink;

import org.apache.beam.runners.flink.FlinkPipelineOptions;

/**
 * How often Flink does what it does by the clock, and how it hands elements on: the same in this
 * process and on a cluster.
 *
 * <p>Each step holds a record back for up to one flush, so a frame takes some 0.1 s from source to
 * store. Flushing every 5 ms instead took 3 ms more CPU time a window of N = 4096, as some forty
 * threads wake up two hundred times a second.
 *
 * <p>Steps that run in one thread hand elements on as they are ({@code objectReuse}), since nothing
 * changes an element: Beam forbids it, and the direct runner checks it in tests. Flink would encode
 * and decode them at each step.
 */
final class Pace {
  /** Flink's {@code execution.buffer-timeout.interval}. */
  static final String FLUSH = "20 ms";

  private static final long CHECKPOINT_MILLIS = 5_000;
  private static final long WATERMARK_MILLIS = 200;
  private static final long BUNDLE_MILLIS = 100;

  private Pace() {}

  static void set(FlinkPipelineOptions flink) {
    flink.setCheckpointingInterval(CHECKPOINT_MILLIS);
    flink.setAutoWatermarkInterval(WATERMARK_MILLIS);
    flink.setMaxBundleTimeMills(BUNDLE_MILLIS);
    flink.setObjectReuse(true);
  }
}
