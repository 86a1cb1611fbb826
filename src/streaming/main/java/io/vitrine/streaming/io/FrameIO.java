package io.vitrine.streaming.io;

import io.vitrine.streaming.io.feed.FrameOptions;
import java.util.List;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads the frames of simulations as they come: one split a simulation.
 *
 * <p>Unbounded; keyless; event time is simulation time, 1 tau = 1 s. Each simulation ends with an
 * {@link FrameEvent.Kind#END} event, after which its watermark is the end of time; when all have
 * ended the pipeline ends. A frame earlier than what its split has promised leaves the source as a
 * dead letter, never as data, so that nothing downstream is ever late.
 */
public final class FrameIO extends PTransform<PBegin, PCollection<FrameEvent>> {
  private static final long serialVersionUID = 1L;

  private final List<String> simulations;

  private FrameIO(List<String> simulations) {
    this.simulations = List.copyOf(simulations);
  }

  /** Reads the named simulations; where from is looked up in {@link FrameOptions}. */
  public static FrameIO read(List<String> simulations) {
    return new FrameIO(simulations);
  }

  @Override
  public PCollection<FrameEvent> expand(PBegin begin) {
    return begin.apply("Read", Read.from(FrameSource.of(simulations)));
  }
}
