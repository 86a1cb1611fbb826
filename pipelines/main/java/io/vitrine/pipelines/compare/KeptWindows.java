package io.vitrine.pipelines.compare;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.WindowMeasure;
import io.vitrine.analysis.window.WindowSlide;
import io.vitrine.dynamics.UnusableException;
import io.vitrine.engine.Simulation;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.streaming.io.feed.Engines;
import io.vitrine.streaming.io.feed.FrameUri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The windows of one simulation, one every few tau, as a plain loop finds them.
 *
 * @param name identifier of the simulation
 * @param temperature of its thermostat
 * @param windows in order of time
 */
record KeptWindows(String name, double temperature, List<HopFrame> windows) {

  static KeptWindows read(String text, AnalysisSpec spec, double until, double every)
      throws IOException, UnusableException {
    FrameUri uri = FrameUri.parse(text);
    Check.positive("T of " + text, uri.temperature());
    WindowSlide slide = new WindowSlide(spec, uri.dt(), UnaryOperator.identity());
    WindowMeasure measure = WindowMeasure.of(spec);
    List<HopFrame> kept = new ArrayList<>();
    Source source = Source.of(uri);
    for (Frame frame = source.next(); frame != null; frame = source.next()) {
      slide.accept(frame.toBuilder().velocities(null).build());
      List<Frame> window = slide.complete();
      if (!window.isEmpty()) {
        HopFrame hops = measure.measure(window, slide.number());
        if (kept.isEmpty() || hops.timeMillis() >= last(kept) + Math.round(1000 * every)) {
          kept.add(hops);
        }
        if (hops.timeMillis() + spec.windowMillis() / 2 >= 1000 * until) {
          break;
        }
      }
    }
    source.close();
    if (kept.size() < 2) {
      throw new IOException(text + ": expected windows up to " + until + " tau, found none");
    }
    return new KeptWindows(uri.id(), uri.temperature(), kept);
  }

  private static long last(List<HopFrame> kept) {
    return kept.get(kept.size() - 1).timeMillis();
  }

  /** Windows whose last frame is not later than a time, tau. */
  List<HopFrame> before(double tau, AnalysisSpec spec) {
    double last = 1000 * tau - spec.windowMillis() / 2.0;
    return windows.stream().filter(w -> w.timeMillis() <= last).toList();
  }

  /** Windows whose first frame is later than a time, tau. */
  List<HopFrame> after(double tau, AnalysisSpec spec) {
    double first = 1000 * tau + spec.windowMillis() / 2.0;
    return windows.stream().filter(w -> w.timeMillis() > first).toList();
  }

  /** Frames of a file, or of the engine 1 tau apart. */
  private interface Source {
    Frame next() throws IOException;

    default void close() throws IOException {}

    static Source of(FrameUri uri) throws IOException {
      return switch (uri.scheme()) {
        case REPLAY -> file(uri);
        case SIMULATE -> engine(uri);
        default -> throw Check.refuse("frames:", "be simulate: or replay:", uri);
      };
    }

    private static Source engine(FrameUri uri) throws IOException {
      Simulation engine = Engines.start(Engines.Start.of(uri), s -> {});
      long steps = engine.integration().stepsIn(1.0);
      return new Source() {
        private boolean begun;

        @Override
        public Frame next() {
          if (begun) {
            engine.advance(steps);
          }
          begun = true;
          return engine.frame(uri.id());
        }
      };
    }

    private static Source file(FrameUri uri) throws IOException {
      TrajectoryReader reader =
          Trajectories.open(uri.path(), uri.readerOptions(uri.id(), false), ReadPosition.START);
      return new Source() {
        @Override
        public Frame next() throws IOException {
          return reader.next();
        }

        @Override
        public void close() throws IOException {
          reader.close();
        }
      };
    }
  }
}
