package io.vitrine.streaming;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.WindowMeasure;
import io.vitrine.model.Frame;
import io.vitrine.streaming.coders.Coders;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;

/** The complete windows of a walk, as MeasureHops puts them out. */
public final class Windows {
  private static final long INTERVAL = 1000;

  private Windows() {}

  /** Windows of a walk of which some frames are missing, numbered, in order of time. */
  public static List<HopFrame> of(
      AnalysisSpec spec, String simulation, long seed, int frames, Set<Integer> missing) {
    List<Frame> walk = Walks.of(simulation, seed, frames);
    WindowMeasure measure = WindowMeasure.of(spec);
    int size = spec.window().frames();
    List<HopFrame> windows = new ArrayList<>();
    for (int f = 0; f + size <= frames; f++) {
      int first = f;
      if (missing.stream().noneMatch(m -> m >= first && m < first + size)) {
        windows.add(measure.measure(walk.subList(f, f + size), windows.size()));
      }
    }
    return windows;
  }

  /** A stream of windows by simulation. */
  public static TestStream.Builder<KV<String, HopFrame>> stream() {
    return TestStream.create(Coders.bySimulation(Coders.hopFrames()));
  }

  /** The stream with more windows. */
  public static TestStream.Builder<KV<String, HopFrame>> add(
      TestStream.Builder<KV<String, HopFrame>> stream, AnalysisSpec spec, List<HopFrame> windows) {
    TestStream.Builder<KV<String, HopFrame>> longer = stream;
    for (HopFrame window : windows) {
      longer =
          longer.addElements(
              TimestampedValue.of(
                  KV.of(window.simulation(), window), end(spec, window.timeMillis())));
    }
    return longer;
  }

  /** Event time of the window around a time: its last millisecond. */
  public static Instant end(AnalysisSpec spec, long centreMillis) {
    return Instant.ofEpochMilli(centreMillis + spec.windowMillis() / 2 + INTERVAL - 1);
  }
}
