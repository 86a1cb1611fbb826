package io.vitrine.streaming.transforms;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.analysis.window.ModelScores;
import io.vitrine.engine.InherentStructure;
import io.vitrine.engine.Interactions;
import io.vitrine.engine.Mixture;
import io.vitrine.learning.Model;
import io.vitrine.model.Frame;
import io.vitrine.streaming.io.feed.Mixtures;
import io.vitrine.structure.Landscape;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Takes frames to their inherent structures by FIRE, until no force component exceeds 1e-5, and
 * keeps account of what that costs. A function of the frame alone; not for several threads.
 */
public final class Quencher implements UnaryOperator<Frame>, Landscape {
  private final Quench quench;
  private final List<String> species;
  private Interactions interactions;
  private Interactions.Energies energies;
  private long frames;
  private long iterations;
  private long notConverged;
  private long nanos;

  private Quencher(Quench quench, List<String> species) {
    this.quench = quench;
    this.species = species;
  }

  /**
   * Of frames of these species; one that is off leaves frames as they are and has energies. A
   * mixture without one of the species is refused when energies or minima are first asked for.
   */
  public static Quencher of(Quench quench, List<String> species) {
    return new Quencher(quench, List.copyOf(species));
  }

  /** Of the frames of an analysis. */
  public static Quencher of(AnalysisSpec spec) {
    return of(spec.quench(), spec.features().species());
  }

  /** The mixture whose pairs these are. */
  public static Mixture mixture(Quench quench) {
    return switch (quench.mixture()) {
      case Quench.KOB_ANDERSEN -> Mixture.kobAndersen();
      case Quench.CUT_ALIKE ->
          Mixture.kobAndersen().with(Interactions.kobAndersenAllPairs().pairs());
      default -> Mixtures.of(quench.mixture());
    };
  }

  /** Models as scorers of the frames of an analysis; not for several threads. */
  public static ModelScores scores(AnalysisSpec spec, List<Model> models) {
    return ModelScores.of(models, spec.quench(), Quencher::of);
  }

  private Interactions interactions() {
    if (interactions == null) {
      interactions = mixture(quench).interactions(species);
      energies = interactions.energies();
    }
    return interactions;
  }

  @Override
  public double at(int type, int other, double squared) {
    interactions();
    return energies.at(type, other, squared);
  }

  @Override
  public double reach() {
    return interactions().largestCutoff();
  }

  @Override
  public Frame minimum(Frame frame) {
    return apply(frame);
  }

  @Override
  public Frame apply(Frame frame) {
    if (!quench.on()) {
      return frame;
    }
    long started = System.nanoTime();
    InherentStructure found = InherentStructure.of(frame, interactions());
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
