package io.vitrine.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.model.FeatureSpec;
import io.vitrine.model.TrainingSet;
import org.junit.jupiter.api.Test;

final class EffectiveSamplesTest {
  private static final FeatureSpec SPEC = FeatureSpec.standard();

  private static TrainingSet.Builder add(
      TrainingSet.Builder set, int label, String simulation, int particle, double time) {
    TrainingSet.Origin origin = new TrainingSet.Origin(simulation, particle, time, time - 2, 0.1);
    return set.add(label, origin, new float[SPEC.featureCount()], 0);
  }

  @Test
  void of_windowsThatShareFrames_areOneEvent() {
    TrainingSet.Builder set = TrainingSet.of(SPEC);
    add(set, 1, "a", 1, 31);
    add(set, 1, "a", 1, 22);
    add(set, 1, "a", 1, 40.5); // 9.5 after the one at 31: a chain of three
    add(set, 1, "a", 1, 50.5); // 10 later: another event, another block
    add(set, -1, "a", 1, 23); // the other class
    add(set, 1, "a", 2, 23); // another particle
    add(set, 1, "b", 1, 23); // another simulation

    assertThat(EffectiveSamples.of(set.build())).isEqualTo(new EffectiveSamples(5, 3, 3));
  }

  @Test
  void of_noSamples_isNothing() {
    assertThat(EffectiveSamples.of(TrainingSet.of(SPEC).build()))
        .isEqualTo(new EffectiveSamples(0, 0, 0));
  }
}
