package io.vitrine.analysis.window;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.dynamics.FrameGate;
import io.vitrine.dynamics.TimeGrid;
import io.vitrine.dynamics.UnusableException;
import io.vitrine.dynamics.WindowCount;
import io.vitrine.model.Frame;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The frames of one simulation in order, through the gate, into windows: a window is complete with
 * every frame that follows ten others without a gap.
 */
public final class WindowSlide {
  private final FrameGate gate;
  private final UnaryOperator<Frame> prepare;
  private final int intervalMillis;
  private final int frames;
  private final ArrayDeque<Frame> window = new ArrayDeque<>();
  private long lastMillis = Long.MIN_VALUE;
  private WindowCount count = WindowCount.START;
  private long before;

  /**
   * Windows of this analysis.
   *
   * @param dt time of a step, tau, or NaN where only frames say their times
   * @param prepare sees the frames that passed the gate
   */
  public WindowSlide(AnalysisSpec spec, double dt, UnaryOperator<Frame> prepare) {
    this.gate = FrameGate.of(new TimeGrid(spec.intervalMillis()), dt);
    this.prepare = prepare;
    this.intervalMillis = spec.intervalMillis();
    this.frames = spec.window().frames();
  }

  /** Takes the next frame; returns what the gate said of it. */
  public FrameGate.Verdict accept(Frame frame) throws UnusableException {
    FrameGate.Verdict verdict = gate.judge(frame);
    if (verdict.kind() != FrameGate.Verdict.Kind.ACCEPTED) {
      return verdict;
    }
    if (verdict.millis() != lastMillis + intervalMillis) {
      window.clear();
    }
    lastMillis = verdict.millis();
    before = count.windows();
    count = count.next(lastMillis, intervalMillis, frames);
    window.addLast(prepare.apply(frame.toBuilder().at(frame.step(), lastMillis / 1000.0).build()));
    if (window.size() > frames) {
      window.removeFirst();
    }
    return verdict;
  }

  /** Complete windows that ended before the newest frame: the number of {@link #complete}. */
  public long number() {
    return before;
  }

  /** The newest frame. */
  public Frame newest() {
    return window.getLast();
  }

  /** The window the newest frame completed; empty where it did not. */
  public List<Frame> complete() {
    return window.size() == frames ? List.copyOf(window) : List.of();
  }
}
