package io.vitrine.analysis.window;

import io.vitrine.analysis.spec.Quench;
import io.vitrine.learning.Model;
import io.vitrine.learning.Standardization;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.structure.Landscape;
import io.vitrine.structure.LinearScore;
import io.vitrine.structure.PairScore;
import io.vitrine.structure.ParticleFeatures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Scores of structures by several models at once.
 *
 * <p>Classifiers of the radial structure functions of frames as they are share one pass over the
 * pairs. All others are {@link LinearScore}s. A model that was trained on inherent structures
 * scores the inherent structure of the frame, which is computed here, once for all such models,
 * unless the frames are inherent structures already. A model may have the species of the frames in
 * another order: they are matched by name.
 */
public final class ModelScores {
  private static final ModelScores NONE =
      new ModelScores(List.of(), Quench.OFF, (quench, species) -> null);

  private final List<Model> models;
  private final List<Structures> structures = new ArrayList<>();
  private final Map<List<String>, List<Integer>> inOnePass = new LinkedHashMap<>();
  private final List<PairScore> sums = new ArrayList<>();
  private final Map<Integer, LinearScore> others = new TreeMap<>();
  private final Map<Structures, Landscape> landscapes = new HashMap<>();

  /** What a model is scored on: frames with their species in this order, quenched like this. */
  private record Structures(List<String> species, Quench quench) {}

  private ModelScores(
      List<Model> models,
      Quench frames,
      BiFunction<Quench, List<String>, ? extends Landscape> landscape) {
    this.models = List.copyOf(models);
    for (int m = 0; m < models.size(); m++) {
      Model model = models.get(m);
      Quench own = Quench.of(model.origin().convention());
      check(model, own, frames);
      boolean asTheyAre = !own.on() || own.equals(frames);
      List<String> species = model.spec().species();
      structures.add(new Structures(species, asTheyAre ? Quench.OFF : own));
      Standardization z = model.standardization();
      if (asTheyAre && model.sets().isRadialOnly() && !model.isRegression()) {
        inOnePass.computeIfAbsent(species, s -> new ArrayList<>()).add(m);
        sums.add(PairScore.of(model.spec(), model.weights(), z.means(), z.deviations(), 0.0));
      } else {
        Landscape mixture =
            landscapes.computeIfAbsent(
                new Structures(species, own), s -> landscape.apply(s.quench, s.species));
        ParticleFeatures features = ParticleFeatures.of(model.sets(), mixture);
        others.put(m, LinearScore.of(features, model.weights(), z.means(), z.deviations()));
        sums.add(null);
      }
    }
  }

  /** Refuses a model whose structures these frames do not have. */
  private static void check(Model model, Quench own, Quench frames) {
    boolean otherMinima = own.on() && frames.on() && !own.equals(frames);
    boolean thermalGone = frames.on() && model.sets().needsBoth();
    if (otherMinima || thermalGone) {
      throw Check.refuse(
          "--quench",
          "be left out for the model "
              + model.name()
              + " (features "
              + model.sets()
              + " of --quench="
              + own.text()
              + "), which finds inherent structures itself",
          frames.text());
    }
    if (!own.on() && model.sets().needsBoth()) {
      throw Check.refuse(
          "convention.quench of the model " + model.name() + ", features " + model.sets(),
          "be ka, all-pairs or mixture",
          own.text());
    }
  }

  /**
   * Of some models.
   *
   * @param frames how the frames that will be scored were taken to their inherent structures
   * @param landscapes gives the landscape of a mixture for frames of these species
   */
  public static ModelScores of(
      List<Model> models,
      Quench frames,
      BiFunction<Quench, List<String>, ? extends Landscape> landscapes) {
    return new ModelScores(models, frames, landscapes);
  }

  /** Of no models. */
  public static ModelScores none() {
    return NONE;
  }

  /** The models, in the order of the scores. */
  public List<Model> models() {
    return models;
  }

  /** w . z [models][n] of some particles, indices [n] into the frame. */
  double[][] raw(Frame frame, int[] particles) {
    double[][] raw = new double[models.size()][];
    inOnePass.forEach(
        (species, some) -> {
          List<PairScore> alike = some.stream().map(sums::get).toList();
          double[][] together = PairScore.live(in(species, frame), particles, alike);
          for (int m = 0; m < together.length; m++) {
            raw[some.get(m)] = together[m];
          }
        });
    Map<Structures, Frame> minima = new HashMap<>();
    others.forEach(
        (m, score) -> {
          Structures on = structures.get(m);
          Frame own = in(on.species, frame);
          Frame minimum =
              on.quench.on()
                  ? minima.computeIfAbsent(on, s -> landscapes.get(s).minimum(own))
                  : own;
          raw[m] = score.scores(own, minimum, particles);
        });
    return raw;
  }

  /** The frame with its species in the order a model has them. */
  private static Frame in(List<String> species, Frame frame) {
    return frame.particles().names().equals(species)
        ? frame
        : frame.toBuilder().particles(frame.particles().in(species)).build();
  }

  /** w . z - b [models][n]. */
  public double[][] scores(Frame frame, int[] particles) {
    double[][] scores = raw(frame, particles);
    for (int m = 0; m < scores.length; m++) {
      double bias = models.get(m).bias();
      for (int i = 0; i < scores[m].length; i++) {
        scores[m][i] -= bias;
      }
    }
    return scores;
  }
}
