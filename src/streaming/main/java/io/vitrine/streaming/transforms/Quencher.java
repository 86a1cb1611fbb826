package io.vitrine.streaming.transforms;

import io.vitrine.analysis.Quench;
import io.vitrine.engine.InherentStructure;
import io.vitrine.engine.Interactions;
import io.vitrine.model.Frame;
import java.util.function.UnaryOperator;

/**
 * Takes frames to their inherent structures by FIRE, until no force component exceeds 1e-5, and
 * keeps account of what that costs. A function of the frame alone; not for several threads.
 */
public final class Quencher implements UnaryOperator<Frame> {
  private final Interactions interactions;
  private long frames;
  private long iterations;
  private long notConverged;
  private long nanos;

  private Quencher(Interactions interactions) {
    this.interactions = interactions;
  }

  /** A quencher, or one that leaves frames as they are. */
  public static Quencher of(Quench quench) {
    return new Quencher(
        switch (quench) {
          case OFF -> null;
          case KA -> Interactions.kobAndersen();
          case ALL_PAIRS -> Interactions.kobAndersenAllPairs();
        });
  }

  @Override
  public Frame apply(Frame frame) {
    if (interactions == null) {
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
