package io.vitrine.analysis.window;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.learning.ridge.ExactMoments;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSets;
import io.vitrine.structure.Landscape;
import io.vitrine.structure.ParticleFeatures;

/**
 * What a window leaves for ridge regression: the moments of features (of the structure at t - 2
 * tau) and label (at t) of the particles looked at.
 *
 * <p>Only windows that share no frame are taken, one in each length of a window, as those between
 * say the same once more. A function of the window alone.
 */
public final class WindowMoments {
  private final AnalysisSpec spec;
  private final FeatureSets sets;
  private final ParticleFeatures features;

  private WindowMoments(AnalysisSpec spec, FeatureSets sets, Landscape landscape) {
    this.spec = spec;
    this.sets = sets;
    this.features = ParticleFeatures.of(sets, landscape);
  }

  /** Of the sets of features, on the frames as the analysis has them. */
  public static WindowMoments of(AnalysisSpec spec, FeatureSets sets, Landscape landscape) {
    if (sets.needsBoth()) {
      throw Check.refuse("--features of monitor", "be without cage and thermal:", "'" + sets + "'");
    }
    return new WindowMoments(spec, sets, landscape);
  }

  /** Length of a vector: features and, last, the label. */
  public int length() {
    return sets.count() + 1;
  }

  /** Whether a window is one of those that are taken, which share no frame. */
  public static boolean takes(AnalysisSpec spec, HopFrame window) {
    long number = Math.floorDiv(window.timeMillis(), spec.intervalMillis());
    return Math.floorMod(number, spec.windowMillis() / spec.intervalMillis()) == 0;
  }

  /** The moments of a window. */
  public ExactMoments of(HopFrame window) {
    int[] targets = window.structure().particles().indicesOf(spec.targets());
    double[] label = window.values(spec.training().label());
    double[] all = features.of(window.structure());
    int d = sets.count();
    double[] rows = new double[targets.length * (d + 1)];
    for (int i = 0; i < targets.length; i++) {
      System.arraycopy(all, targets[i] * d, rows, i * (d + 1), d);
      rows[i * (d + 1) + d] = label[i];
    }
    return ExactMoments.of(d + 1).accept(rows);
  }
}
