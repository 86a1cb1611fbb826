package io.vitrine.streaming.transforms;

import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** When steps that remember something of a simulation clear it. */
final class EndOfRun {
  /**
   * Event time that the watermark passes only when all sources have ended. A millisecond before the
   * global window closes: what came later still would be dropped, and no test could see that
   * nothing is remembered.
   */
  static final Instant TIME = GlobalWindow.INSTANCE.maxTimestamp().minus(Duration.millis(1));

  private EndOfRun() {}
}
