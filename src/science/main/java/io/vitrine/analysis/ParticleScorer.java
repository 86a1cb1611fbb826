package io.vitrine.analysis;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.ModelScores;
import io.vitrine.analysis.window.WindowMeasure;
import io.vitrine.analysis.window.WindowSlide;
import io.vitrine.dynamics.FrameGate;
import io.vitrine.dynamics.UnusableException;
import io.vitrine.model.Frame;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The frames of one simulation with what can be shown of each particle: p_hop at that time and, per
 * model, the score of the structure at that time.
 *
 * <p>So the colours of a frame belong to its positions; the score that goes with p_hop(t) is that
 * of the frame at t - 2 tau. NaN for particles that were not looked at, and for p_hop where the
 * window is not complete, as within 5 tau of either end. A plain loop with the numbers of the
 * dataflow; holds at most eleven frames.
 */
public final class ParticleScorer {
  private final AnalysisSpec spec;
  private final WindowMeasure measure;
  private final ModelScores models;
  private final WindowSlide slide;
  private final ArrayDeque<Scored> waiting = new ArrayDeque<>();
  private final Consumer<Scored> out;

  private ParticleScorer(
      AnalysisSpec spec,
      double dt,
      ModelScores models,
      UnaryOperator<Frame> prepare,
      Consumer<Scored> out) {
    this.spec = spec;
    this.measure = WindowMeasure.of(spec);
    this.models = models;
    this.slide = new WindowSlide(spec, dt, prepare);
    this.out = out;
  }

  /**
   * One frame.
   *
   * @param frame its time on the grid
   * @param pHop of all particles [N], sigma^2
   * @param scores w . z - b of all particles [models][N]
   */
  public record Scored(Frame frame, double[] pHop, double[][] scores) {
    /** Whether the window around it is complete, so that p_hop is known. */
    public boolean complete() {
      return Arrays.stream(pHop).anyMatch(p -> !Double.isNaN(p));
    }

    private long millis() {
      return Math.round(frame.time() * 1000);
    }
  }

  /**
   * A scorer.
   *
   * @param dt time of a step, tau, or NaN where only frames say their times
   * @param prepare done to every frame that passed the gate before it is looked at
   * @param out is given the frames in order, each when its window is complete or cannot be
   */
  public static ParticleScorer of(
      AnalysisSpec spec,
      double dt,
      ModelScores models,
      UnaryOperator<Frame> prepare,
      Consumer<Scored> out) {
    return new ParticleScorer(spec, dt, models, prepare, out);
  }

  /** Takes the next frame; returns what the gate said of it. */
  public FrameGate.Verdict accept(Frame frame) throws UnusableException {
    FrameGate.Verdict verdict = slide.accept(frame);
    if (verdict.kind() != FrameGate.Verdict.Kind.ACCEPTED) {
      return verdict;
    }
    Frame newest = slide.newest();
    int[] looked = looked(newest);
    double[] unknown = new double[newest.count()];
    Arrays.fill(unknown, Double.NaN);
    double[][] scores = models.scores(newest, looked);
    for (int m = 0; m < scores.length; m++) {
      scores[m] = newest.particles().spread(scores[m], looked);
    }
    waiting.addLast(new Scored(newest, unknown, scores));
    long centre = verdict.millis() - (long) spec.window().halfFrames() * spec.intervalMillis();
    List<Frame> window = slide.complete();
    while (!waiting.isEmpty() && waiting.getFirst().millis() <= centre) {
      Scored first = waiting.removeFirst();
      if (!window.isEmpty() && first.millis() == centre) {
        first = new Scored(first.frame(), pHop(window, looked(first.frame())), first.scores());
      }
      out.accept(first);
    }
    return verdict;
  }

  /** No frame follows. */
  public void finish() {
    waiting.forEach(out);
    waiting.clear();
  }

  private double[] pHop(List<Frame> window, int[] looked) {
    HopFrame hops = measure.measure(window, slide.number());
    return hops.structure()
        .particles()
        .spread(spec.targets().exportsOthers() ? hops.pHopOfExported() : hops.pHop(), looked);
  }

  private int[] looked(Frame frame) {
    return frame.particles().indicesExported(spec.targets());
  }
}
