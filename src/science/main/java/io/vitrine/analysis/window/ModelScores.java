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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Scores of structures by several models at once.
 *
 * <p>Classifiers of the radial structure functions of frames as they are share one pass over the
 * pairs. All others are {@link LinearScore}s. A model that was trained on inherent structures
 * scores the inherent structure of the frame, which is computed here, once for all such models,
 * unless the frames are inherent structures already.
 */
public final class ModelScores {
  private static final ModelScores NONE = new ModelScores(List.of(), Quench.OFF, Map.of());

  private final List<Model> models;
  private final List<Integer> inOnePass = new ArrayList<>();
  private final List<PairScore> sums = new ArrayList<>();
  private final Map<Integer, LinearScore> others = new TreeMap<>();
  private final Map<Quench, Landscape> landscapes;
  private final List<Quench> quenches = new ArrayList<>();

  private ModelScores(List<Model> models, Quench frames, Map<Quench, Landscape> landscapes) {
    this.models = List.copyOf(models);
    this.landscapes = landscapes;
    for (int m = 0; m < models.size(); m++) {
      Model model = models.get(m);
      Quench own = Quench.named(model.quench());
      check(model, own, frames);
      boolean asTheyAre = own == Quench.OFF || own == frames;
      quenches.add(asTheyAre ? Quench.OFF : own);
      Standardization z = model.standardization();
      if (asTheyAre && model.sets().isRadialOnly() && !model.isRegression()) {
        inOnePass.add(m);
        sums.add(PairScore.of(model.spec(), model.weights(), z.means(), z.deviations(), 0.0));
      } else {
        Landscape landscape = landscapes.get(own);
        ParticleFeatures features = ParticleFeatures.of(model.sets(), landscape, landscape.reach());
        others.put(m, LinearScore.of(features, model.weights(), z.means(), z.deviations()));
      }
    }
  }

  /** Refuses a model whose structures these frames do not have. */
  private static void check(Model model, Quench own, Quench frames) {
    boolean otherMinima = own != Quench.OFF && frames != Quench.OFF && own != frames;
    boolean thermalGone = frames != Quench.OFF && model.sets().needsBoth();
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
    if (own == Quench.OFF && model.sets().needsBoth()) {
      throw Check.refuse(
          "convention.quench of the model " + model.name() + ", features " + model.sets(),
          "be ka or all-pairs",
          own.text());
    }
  }

  /**
   * Of some models.
   *
   * @param frames how the frames that will be scored were taken to their inherent structures
   * @param landscapes gives the landscape of each potential
   */
  public static ModelScores of(
      List<Model> models, Quench frames, Function<Quench, ? extends Landscape> landscapes) {
    Map<Quench, Landscape> all = new EnumMap<>(Quench.class);
    for (Quench quench : Quench.values()) {
      all.put(quench, landscapes.apply(quench));
    }
    return new ModelScores(models, frames, all);
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
    double[][] together = PairScore.live(frame, particles, sums);
    for (int m = 0; m < together.length; m++) {
      raw[inOnePass.get(m)] = together[m];
    }
    Map<Quench, Frame> inherent = new EnumMap<>(Quench.class);
    inherent.put(Quench.OFF, frame);
    others.forEach(
        (m, score) -> {
          Frame minimum =
              inherent.computeIfAbsent(quenches.get(m), q -> landscapes.get(q).minimum(frame));
          raw[m] = score.scores(frame, minimum, particles);
        });
    return raw;
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
