package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.format.wire.PackedFrame;
import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each frame to its inherent structure, on whichever worker is free.
 *
 * <p>Unbounded; keyed by simulation in and out; event times stay; the order does not matter, as
 * windows need none. Far dearer than all the rest, some hundred to a few thousand force evaluations
 * a frame; iterations and milliseconds a frame are metrics ({@code quench_iterations}, {@code
 * quench_millis}).
 */
public final class QuenchFrames
    extends PTransform<PCollection<KV<String, PackedFrame>>, PCollection<KV<String, PackedFrame>>> {
  private static final long serialVersionUID = 1L;

  private final AnalysisSpec spec;

  private QuenchFrames(AnalysisSpec spec) {
    this.spec = spec;
  }

  /** Quenches as the analysis asks for. */
  public static QuenchFrames by(AnalysisSpec spec) {
    return new QuenchFrames(spec);
  }

  @Override
  public PCollection<KV<String, PackedFrame>> expand(PCollection<KV<String, PackedFrame>> frames) {
    return frames
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Quench", ParDo.of(new QuenchFn(spec)))
        .setCoder(frames.getCoder());
  }

  private static final class QuenchFn
      extends DoFn<KV<String, PackedFrame>, KV<String, PackedFrame>> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(QuenchFrames.class);
    private static final long REPORT_EVERY = 100;

    private final AnalysisSpec spec;
    private final Distribution iterations = Metrics.distribution("vitrine", "quench_iterations");
    private final Distribution millis = Metrics.distribution("vitrine", "quench_millis");
    private final Counter notConverged = Metrics.counter("vitrine", "quench_not_converged");
    private transient Quencher quencher;

    QuenchFn(AnalysisSpec spec) {
      this.spec = spec;
    }

    @Setup
    public void setup() {
      quencher = Quencher.of(spec);
    }

    @ProcessElement
    public void process(
        @Element KV<String, PackedFrame> frame, OutputReceiver<KV<String, PackedFrame>> out)
        throws IOException {
      long iterationsBefore = quencher.iterations();
      long failedBefore = quencher.notConverged();
      double before = quencher.seconds();
      PackedFrame packed = frame.getValue();
      PackedFrame quenched = packed.with(quencher.apply(packed.frame()));
      iterations.update(quencher.iterations() - iterationsBefore);
      millis.update(Math.round(1000 * (quencher.seconds() - before)));
      if (quencher.notConverged() > failedBefore) {
        notConverged.inc();
        LOG.warn("a frame of {} did not reach its minimum", frame.getKey());
      }
      if (quencher.frames() % REPORT_EVERY == 1) {
        LOG.info(
            "{} frames quenched here: {} iterations, {} s a frame",
            quencher.frames(),
            quencher.iterations() / quencher.frames(),
            quencher.seconds() / quencher.frames());
      }
      out.output(KV.of(frame.getKey(), quenched));
    }
  }
}
