package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.analysis.window.ModelScores;
import io.vitrine.engine.InherentStructure;
import io.vitrine.engine.Interactions;
import io.vitrine.learning.Model;
import io.vitrine.model.Frame;
import io.vitrine.structure.Landscape;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Takes frames to their inherent structures by FIRE, until no force component exceeds 1e-5, and
 * keeps account of what that costs. A function of the frame alone; not for several threads.
 */
public final class Quencher implements UnaryOperator<Frame>, Landscape {
  private final Interactions interactions;
  private final Interactions.Energies energies;
  private final boolean off;
  private long frames;
  private long iterations;
  private long notConverged;
  private long nanos;

  private Quencher(Interactions interactions, boolean off) {
    this.interactions = interactions;
    this.energies = interactions.energies();
    this.off = off;
  }

  /** A quencher, or one that leaves frames as they are; its energies are the Kob-Andersen ones. */
  public static Quencher of(Quench quench) {
    return switch (quench) {
      case OFF, KA -> new Quencher(Interactions.kobAndersen(), quench == Quench.OFF);
      case ALL_PAIRS -> new Quencher(Interactions.kobAndersenAllPairs(), false);
    };
  }

  /** Models as scorers of the frames of an analysis; not for several threads. */
  public static ModelScores scores(AnalysisSpec spec, List<Model> models) {
    return ModelScores.of(models, spec.quench(), Quencher::of);
  }

  @Override
  public double at(int type, int other, double squared) {
    return energies.at(type, other, squared);
  }

  @Override
  public double reach() {
    return interactions.largestCutoff();
  }

  @Override
  public Frame minimum(Frame frame) {
    return apply(frame);
  }

  @Override
  public Frame apply(Frame frame) {
    if (off) {
      return frame;
    }
    long started = System.nanoTime();
    InherentStructure found = InherentStructure.of(frame, interactions);
    nanos += System.nanoTime() - started;
    frames++;
    iterations += found.iterations();
    notConverged += found.converged() ? 0 : 1;
    return found.frame();
  }

  /** Frames taken down so far. */
  public long frames() {
    return frames;
  }

  /** Force evaluations so far. */
  public long iterations() {
    return iterations;
  }

  /**
   * Frames that 20,000 evaluations were not enough for; they are as far down as these took them.
   */
  public long notConverged() {
    return notConverged;
  }

  /** Seconds they took. */
  public double seconds() {
    return nanos * 1e-9;
  }
}
