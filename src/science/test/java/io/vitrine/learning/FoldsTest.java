package io.vitrine.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.model.FeatureSpec;
import io.vitrine.model.TrainingSet;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FoldsTest {
  private static final FeatureSpec SPEC = FeatureSpec.evenly(1.0, 1, 0.2);

  @Test
  void random_anySet_dealsEachClassEvenly() {
    TrainingSet set = Sets.clouds(103, 0.5, 1);
    Folds folds = Folds.random(set, 5, 1);

    for (int k = 0; k < 5; k++) {
      assertThat(count(set, folds.held(k), 1)).isBetween(10, 11);
      assertThat(count(set, folds.held(k), -1)).isBetween(10, 11);
      assertThat(folds.held(k).length + folds.training(k).length).isEqualTo(103);
    }
  }

  @Test
  void random_sameSeed_givesTheSameFoldsAndAnotherSeedOthers() {
    TrainingSet set = Sets.clouds(100, 0.5, 1);

    assertThat(Folds.random(set, 5, 1).assignment())
        .isEqualTo(Folds.random(set, 5, 1).assignment());
    assertThat(Folds.random(set, 5, 2).assignment())
        .isNotEqualTo(Folds.random(set, 5, 1).assignment());
  }

  @Test
  void grouped_particleWithinABlock_staysTogetherAndClassesStayEven() {
    TrainingSet.Builder builder = TrainingSet.of(SPEC);
    for (int i = 0; i < 600; i++) {
      builder.add(
          i % 3 == 0 ? 1 : -1,
          new TrainingSet.Origin("s" + i % 2, i % 37, 5 + i % 180, 3 + i % 180, 0.1),
          new float[2],
          0);
    }
    TrainingSet set = builder.build();

    int[] fold = Folds.grouped(set, 5, 1, 50).assignment();

    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < fold.length; i++) {
      String group =
          set.simulations()[i] + " " + set.particles()[i] + " " + (int) (set.times()[i] / 50);
      assertThat(seen.merge(group, fold[i], (a, b) -> a)).isEqualTo(fold[i]);
    }
    assertThat(seen).hasSizeGreaterThan(100);
    for (int k = 0; k < 5; k++) {
      assertThat(count(set, Folds.of(fold).held(k), 1)).isBetween(36, 44);
      assertThat(count(set, Folds.of(fold).held(k), -1)).isBetween(72, 88);
    }
  }

  @Test
  void grouped_groupsOfOneClass_areDealtEvenlyByClass() {
    TrainingSet.Builder builder = TrainingSet.of(SPEC);
    for (int i = 0; i < 80; i++) {
      int particle = i < 40 ? i : 40 + i % 8;
      builder.add(
          i < 40 ? 1 : -1, new TrainingSet.Origin("s", particle, 7, 5, 0.1), new float[2], 0);
    }
    TrainingSet set = builder.build();

    Folds folds = Folds.grouped(set, 4, 1, 50);

    // 40 groups of one hop and 8 groups of five quiet samples: ten of each to every fold.
    for (int k = 0; k < 4; k++) {
      assertThat(count(set, folds.held(k), 1)).isEqualTo(10);
      assertThat(count(set, folds.held(k), -1)).isEqualTo(10);
    }
  }

  @Test
  void grouped_anotherBlock_mayGoToAnotherFold() {
    TrainingSet.Builder builder = TrainingSet.of(SPEC);
    for (int i = 0; i < 40; i++) {
      builder.add(
          i % 2 == 0 ? 1 : -1,
          new TrainingSet.Origin("s", 7, 25 + 50 * i, 5, 0.1),
          new float[2],
          0);
    }

    int[] fold = Folds.grouped(builder.build(), 4, 1, 50).assignment();

    assertThat(fold).contains(0, 1, 2, 3);
  }

  @Test
  void grouped_infiniteBlock_keepsAllSamplesOfAParticleTogether() {
    TrainingSet set = Sets.clouds(400, 0.5, 1);
    int[] fold = Folds.grouped(set, 4, 1, Double.POSITIVE_INFINITY).assignment();

    for (int i = 50; i < fold.length; i++) {
      assertThat(fold[i]).isEqualTo(fold[i - 50]);
    }
  }

  @Test
  void random_samplesInAnotherOrder_keepTheirFolds() {
    TrainingSet set = Sets.clouds(100, 0.5, 1);
    TrainingSet.Builder reversed = TrainingSet.of(set.spec());
    for (int i = 99; i >= 0; i--) {
      reversed.add(set.labels()[i], set.origin(i), set.features(), 4 * i);
    }

    int[] fold = Folds.random(set, 5, 1).assignment();
    int[] mirrored = Folds.random(reversed.build(), 5, 1).assignment();

    for (int i = 0; i < 100; i++) {
      assertThat(mirrored[99 - i]).isEqualTo(fold[i]);
    }
  }

  @Test
  void of_emptyFold_isRefused() {
    assertThatThrownBy(() -> Folds.of(new int[] {0, 2, 2}))
        .hasMessage("samples in fold 1 must be > 0, but was 0");
  }

  private static int count(TrainingSet set, int[] rows, int label) {
    int n = 0;
    for (int i : rows) {
      n += set.labels()[i] == label ? 1 : 0;
    }
    return n;
  }
}
