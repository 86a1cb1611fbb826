package io.vitrine.pipelines;

import io.vitrine.analysis.spec.Quench;
import io.vitrine.learning.Model;
import io.vitrine.learning.Standardization;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.FeatureSpec;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;

/** Models of random weights. */
final class LoopModels {
  private LoopModels() {}

  static Model classifier() {
    Random random = new Random(7);
    int d = FeatureSpec.standard().featureCount();
    double[] means = random.doubles(d).toArray();
    double[] deviations = random.doubles(d, 0.5, 2).toArray();
    return Model.of(
        "random",
        random.doubles(d, -1, 1).toArray(),
        0.3,
        Standardization.of(means, deviations),
        FeatureSpec.standard(),
        Model.Origin.unknown());
  }

  static Model regression(String names, Quench quench) {
    FeatureSets sets = FeatureSets.parse(names);
    Random random = new Random(8);
    int d = sets.count();
    OptionalDouble none = OptionalDouble.empty();
    Model.Origin origin =
        new Model.Origin(
            none,
            Double.NaN,
            none,
            none,
            none,
            Map.of(),
            Map.of(),
            Map.of("quench", quench.text()),
            "",
            50,
            "test",
            new Model.Regression("p_hop", "A", 1, Map.of()));
    double[] means = random.doubles(d).toArray();
    double[] deviations = random.doubles(d, 0.5, 2).toArray();
    return Model.of(
        "regression",
        random.doubles(d, -1, 1).toArray(),
        -0.1,
        Standardization.of(means, deviations),
        sets,
        origin);
  }
}
