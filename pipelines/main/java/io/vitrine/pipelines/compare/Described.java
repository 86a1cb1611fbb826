package io.vitrine.pipelines.compare;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.learning.ridge.ExactMoments;
import io.vitrine.model.FeatureSets;
import io.vitrine.streaming.transforms.Quencher;
import io.vitrine.structure.ParticleFeatures;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows trained on, with the features of the particles looked at: rows [n * (d + 1)], the
 * last column ln p_hop.
 *
 * @param sets which features
 * @param rows one array a window
 * @param pHop p_hop of the same particles
 * @param seconds CPU time it took
 */
record Described(FeatureSets sets, List<double[]> rows, List<double[]> pHop, double seconds) {

  static Described of(FeatureSets sets, List<HopFrame> windows, AnalysisSpec spec) {
    Cost cost = new Cost();
    Quencher landscape = Quencher.of(Quench.OFF, sets.species());
    ParticleFeatures features = ParticleFeatures.of(sets, landscape);
    int d = sets.count();
    List<double[]> rows = new ArrayList<>();
    List<double[]> pHop = new ArrayList<>();
    for (HopFrame window : windows) {
      int[] targets = window.structure().particles().indicesOf(spec.targets());
      double[] all = features.of(window.structure());
      double[] label = window.values(TrainingSpec.Label.LOG_P_HOP);
      double[] own = new double[targets.length * (d + 1)];
      for (int i = 0; i < targets.length; i++) {
        System.arraycopy(all, targets[i] * d, own, i * (d + 1), d);
        own[i * (d + 1) + d] = label[i];
      }
      rows.add(own);
      pHop.add(window.pHop());
    }
    return new Described(sets, rows, pHop, cost.seconds());
  }

  /** Length of a row. */
  int width() {
    return sets.count() + 1;
  }

  /** The first windows only. */
  Described first(int windows) {
    return new Described(sets, rows.subList(0, windows), pHop.subList(0, windows), seconds);
  }

  /** Moments of the windows in so many groups of neighbours. */
  List<ExactMoments> groups(int most) {
    int count = Math.min(most, rows.size());
    List<ExactMoments> groups = new ArrayList<>();
    for (int g = 0; g < count; g++) {
      ExactMoments sum = ExactMoments.of(width());
      for (int w = rows.size() * g / count; w < rows.size() * (g + 1) / count; w++) {
        sum.merge(ExactMoments.of(width()).accept(rows.get(w)));
      }
      groups.add(sum);
    }
    return groups;
  }
}
