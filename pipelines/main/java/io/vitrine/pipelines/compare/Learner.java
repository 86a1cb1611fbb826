package io.vitrine.pipelines.compare;

import io.vitrine.learning.LinearSvm;
import io.vitrine.learning.Model;
import io.vitrine.learning.Standardization;
import io.vitrine.learning.SvmSolution;
import io.vitrine.learning.TrainOptions;
import io.vitrine.learning.ridge.ExactMoments;
import io.vitrine.learning.ridge.RidgeTraining;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureMoments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What can be learnt from the same windows. */
enum Learner {
  /** The hinge classifier of the most and the least mobile particles, C = 0.01. */
  SVM {
    @Override
    Model train(Described windows, double tailFraction) {
      List<int[]> samples = tails(windows, tailFraction);
      int d = windows.sets().count();
      byte[] labels = new byte[samples.size()];
      double[] x = new double[samples.size() * d];
      for (int s = 0; s < labels.length; s++) {
        int[] at = samples.get(s);
        System.arraycopy(windows.rows().get(at[0]), at[1] * (d + 1), x, s * d, d);
        labels[s] = (byte) (2 * s < labels.length ? -1 : 1);
      }
      FeatureMoments moments = ExactMoments.of(d).accept(x).result();
      Standardization z = Standardization.of(moments);
      for (int s = 0; s < labels.length; s++) {
        for (int k = 0; k < d; k++) {
          x[s * d + k] = (x[s * d + k] - z.means()[k]) / z.deviations()[k];
        }
      }
      SvmSolution solution = LinearSvm.of(x, labels).train(TrainOptions.STANDARD_C);
      return Model.of(
          name(), solution.weights(), solution.bias(), z, windows.sets(), Model.Origin.unknown());
    }
  },
  /** Ridge regression on ln p_hop of all particles; lambda by leaving out a fifth of the time. */
  RIDGE {
    @Override
    Model train(Described windows, double tailFraction) {
      RidgeTraining.Result result =
          RidgeTraining.run(windows.groups(GROUPS), RidgeTraining.standardLambdas());
      Model.Regression trained = new Model.Regression("log-p_hop", "A", result.lambda(), Map.of());
      return result.model(
          windows.sets(), trained, OptionalDouble.empty(), Map.of(), "", "compared");
    }
  };

  private static final int GROUPS = 5;

  abstract Model train(Described windows, double tailFraction);

  /** As it is written. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Window and particle of the least mobile, then of as many most mobile. */
  private static List<int[]> tails(Described windows, double fraction) {
    List<int[]> all = new ArrayList<>();
    for (int w = 0; w < windows.pHop().size(); w++) {
      for (int i = 0; i < windows.pHop().get(w).length; i++) {
        all.add(new int[] {w, i});
      }
    }
    all.sort(
        Comparator.<int[]>comparingDouble(at -> windows.pHop().get(at[0])[at[1]])
            .thenComparing(Arrays::compare));
    int each = (int) Math.round(fraction * all.size());
    Check.positive("samples of each tail", each);
    List<int[]> tails = new ArrayList<>(all.subList(0, each));
    tails.addAll(all.subList(all.size() - each, all.size()));
    return tails;
  }
}
