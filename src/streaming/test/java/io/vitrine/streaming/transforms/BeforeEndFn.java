package io.vitrine.streaming.transforms;

import org.apache.beam.sdk.transforms.DoFn;
import org.joda.time.Instant;

/** Lets through what came of an element, not of the end. */
final class BeforeEndFn<T> extends DoFn<T, T> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(@Element T element, @Timestamp Instant time, OutputReceiver<T> out) {
    if (time.isBefore(EndOfRun.TIME)) {
      out.output(element);
    }
  }
}
