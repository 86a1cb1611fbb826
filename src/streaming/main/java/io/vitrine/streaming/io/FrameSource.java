package io.vitrine.streaming.io;

import io.vitrine.streaming.io.feed.FrameOptions;
import io.vitrine.streaming.io.feed.FrameUri;
import java.io.IOException;
import java.net.URLConnection;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * An unbounded source of frames: one split a simulation, never more.
 *
 * <p>Only the names of the simulations are part of the source, which a checkpoint keeps for ever;
 * where their frames come from is looked up in {@link FrameOptions} when a reader starts, so that a
 * path or an end time may change between a stop and a resume.
 *
 * <p>Event time is simulation time. The watermark of a split is the time of its next expected
 * frame, never more, and the end of time once its end has been emitted.
 */
final class FrameSource extends UnboundedSource<FrameEvent, FrameMark> {
  private static final long serialVersionUID = 1L;

  static {
    // Java keeps every jar open that a resource was read from through a URL, for the life of the
    // process: on a TaskManager the jar of each job that ever ran, 9 MB of heap and an open file.
    URLConnection.setDefaultUseCaches("jar", false);
  }

  private final String[] simulations;

  private FrameSource(String[] simulations) {
    this.simulations = simulations;
  }

  static FrameSource of(List<String> simulations) {
    if (simulations.isEmpty()) {
      throw new IllegalArgumentException("simulations must have at least one entry, but had 0");
    }
    return new FrameSource(simulations.toArray(new String[0]));
  }

  @Override
  public List<FrameSource> split(int desiredNumSplits, PipelineOptions options) {
    return java.util.Arrays.stream(simulations)
        .map(id -> new FrameSource(new String[] {id}))
        .toList();
  }

  @Override
  public UnboundedReader<FrameEvent> createReader(PipelineOptions options, FrameMark mark)
      throws IOException {
    if (simulations.length != 1) {
      throw new IOException("a reader reads one simulation, but got " + simulations.length);
    }
    FrameOptions frames = options.as(FrameOptions.class);
    String text = frames.getFrames().get(simulations[0]);
    if (text == null) {
      throw new IOException(
          "simulation "
              + simulations[0]
              + " is in the checkpoint but not among --frames: "
              + frames.getFrames().keySet());
    }
    return new FrameReader(
        this, simulations[0], FrameUri.parse(text), mark == null ? FrameMark.START : mark, frames);
  }

  @Override
  public Coder<FrameMark> getCheckpointMarkCoder() {
    return new FrameMark.MarkCoder();
  }

  @Override
  public Coder<FrameEvent> getOutputCoder() {
    return new FrameEventCoder();
  }
}
