package io.vitrine.pipelines.info;

import io.vitrine.analysis.Analysable;
import io.vitrine.dynamics.FrameGate;
import io.vitrine.dynamics.TimeGrid;
import io.vitrine.dynamics.UnusableException;
import io.vitrine.dynamics.WindowCount;
import io.vitrine.format.BadFrameException;
import io.vitrine.format.NoTimeException;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import io.vitrine.streaming.io.feed.FrameUri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the frames of a file are, judged as a run would judge them. At most {@link #MOST} are read;
 * the others are counted.
 */
final class TrajectoryInfo {
  /** Frames that are read: enough to know the spacing, few enough for a file of any size. */
  static final int MOST = 1000;

  private final FrameUri uri;
  private final TimeGrid grid;
  private final int windowFrames;
  private final List<Double> times = new ArrayList<>();
  private final List<Long> steps = new ArrayList<>();
  private boolean timed = true;
  private long frames;
  private long read;
  private long bad;
  private double temperatures;
  private long withTemperature;
  private Frame first;
  private FrameGate gate;
  private WindowCount windows = WindowCount.START;
  private String trouble;
  private String firstBad;

  private TrajectoryInfo(FrameUri uri, TimeGrid grid, int windowFrames) {
    this.uri = uri;
    this.grid = grid;
    this.windowFrames = windowFrames;
  }

  static TrajectoryInfo of(FrameUri uri, TimeGrid grid, int windowFrames) throws IOException {
    TrajectoryInfo info = new TrajectoryInfo(uri, grid, windowFrames);
    ReaderOptions options = uri.readerOptions(uri.id(), false);
    try {
      info.look(options, uri.dt());
    } catch (NoTimeException e) {
      // The same in steps.
      info = new TrajectoryInfo(uri, grid, windowFrames);
      info.timed = false;
      info.look(uri.with("dt", "1").readerOptions(uri.id(), false), 1);
    }
    return info;
  }

  private void look(ReaderOptions options, double dt) throws IOException {
    gate = FrameGate.of(grid, dt);
    try (TrajectoryReader reader = Trajectories.open(uri.path(), options, ReadPosition.START)) {
      boolean more = true;
      while (more && read < MOST && (trouble == null || first == null)) {
        try {
          Frame frame = reader.next();
          more = frame != null;
          if (more) {
            read++;
            take(frame);
          }
        } catch (BadFrameException e) {
          read++;
          bad(e.where() + ": " + e.getMessage());
        } catch (UnusableException | IllegalArgumentException e) {
          trouble = e.getMessage();
        }
      }
      frames = reader.countFrames();
    }
  }

  private void take(Frame frame) throws UnusableException {
    first = first == null ? frame : first;
    times.add(frame.time());
    steps.add(frame.step());
    double temperature = frame.thermo().temperature();
    if (!Double.isNaN(temperature)) {
      temperatures += temperature;
      withTemperature++;
    }
    Analysable.check(frame);
    if (!timed) {
      return;
    }
    FrameGate.Verdict verdict = gate.judge(frame);
    if (verdict.kind() == FrameGate.Verdict.Kind.ACCEPTED) {
      windows = windows.next(verdict.millis(), grid.intervalMillis(), windowFrames);
    } else if (verdict.kind() == FrameGate.Verdict.Kind.REFUSED) {
      bad("frame " + (read - 1) + ": " + verdict.reason());
    }
  }

  private void bad(String why) {
    bad++;
    firstBad = firstBad == null ? why : firstBad;
  }

  FrameUri uri() {
    return uri;
  }

  /** The first frame that can be read; null without. */
  Frame first() {
    return first;
  }

  /** Whether times are known; else they are steps. */
  boolean isTimed() {
    return timed;
  }

  /** Frames of the file. */
  long frames() {
    return frames;
  }

  /** Frames that were looked at. */
  long read() {
    return read;
  }

  long onGrid() {
    return gate.accepted();
  }

  long thinned() {
    return gate.thinned();
  }

  long repeated() {
    return gate.repeated();
  }

  long bad() {
    return bad;
  }

  /** Why the first frame that cannot be used cannot; null where all can. */
  String firstBad() {
    return firstBad;
  }

  /** Complete windows. */
  long windows() {
    return windows.windows();
  }

  /** Why a run would end; null where it would not. */
  String trouble() {
    return trouble;
  }

  /** Mean measured temperature; NaN where the file does not say. */
  double temperature() {
    return withTemperature == 0 ? Double.NaN : temperatures / withTemperature;
  }

  /** Time of the first and the last frame that was looked at. */
  double firstTime() {
    return times.isEmpty() ? Double.NaN : times.get(0);
  }

  double lastTime() {
    return times.isEmpty() ? Double.NaN : times.get(times.size() - 1);
  }

  /** The usual time between two frames. */
  double spacing() {
    double[] between = new double[Math.max(0, times.size() - 1)];
    for (int i = 0; i < between.length; i++) {
      between[i] = times.get(i + 1) - times.get(i);
    }
    return median(between);
  }

  /** The usual number of steps between two frames. */
  double stepsBetween() {
    double[] between = new double[Math.max(0, steps.size() - 1)];
    for (int i = 0; i < between.length; i++) {
      between[i] = (double) (steps.get(i + 1) - steps.get(i));
    }
    return median(between);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values.length == 0 ? Double.NaN : values[values.length / 2];
  }
}
