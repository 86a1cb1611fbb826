package io.vitrine.analysis;

import io.vitrine.dynamics.FrameGate;
import io.vitrine.dynamics.TimeGrid;
import io.vitrine.model.Frame;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The frames of one simulation in order, through the gate, into windows: a window is complete with
 * every frame that follows ten others without a gap.
 */
final class WindowSlide {
  private final FrameGate gate;
  private final UnaryOperator<Frame> prepare;
  private final int intervalMillis;
  private final int frames;
  private final ArrayDeque<Frame> window = new ArrayDeque<>();
  private long lastMillis = Long.MIN_VALUE;

  /** Windows of this analysis; {@code prepare} sees the frames that passed the gate. */
  WindowSlide(AnalysisSpec spec, UnaryOperator<Frame> prepare) {
    this.gate = FrameGate.of(new TimeGrid(spec.intervalMillis()));
    this.prepare = prepare;
    this.intervalMillis = spec.intervalMillis();
    this.frames = spec.window().frames();
  }

  /** Takes the next frame; returns what the gate said of it. */
  FrameGate.Verdict accept(Frame frame) throws FrameGate.SpacingException {
    FrameGate.Verdict verdict = gate.judge(frame);
    if (verdict.kind() != FrameGate.Verdict.Kind.ACCEPTED) {
      return verdict;
    }
    if (verdict.millis() != lastMillis + intervalMillis) {
      window.clear();
    }
    lastMillis = verdict.millis();
    window.addLast(prepare.apply(frame.toBuilder().at(frame.step(), lastMillis / 1000.0).build()));
    if (window.size() > frames) {
      window.removeFirst();
    }
    return verdict;
  }

  /** The newest frame. */
  Frame newest() {
    return window.getLast();
  }

  /** The window the newest frame completed; empty where it did not. */
  List<Frame> complete() {
    return window.size() == frames ? List.copyOf(window) : List.of();
  }
}
