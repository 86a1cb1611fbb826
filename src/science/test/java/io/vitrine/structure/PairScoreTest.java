package io.vitrine.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.vitrine.DumpFrames;
import io.vitrine.model.Box;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PairScoreTest {
  private static final FeatureSpec SPEC = FeatureSpec.standard();

  private static Frame frame;
  private static int[] a;
  private static double[] features;
  private static double[] means;
  private static double[] deviations;

  @BeforeAll
  static void computeFeatures() {
    frame = DumpFrames.read("ka512/ka512_T0.60.lammpstrj").get(30);
    a = frame.particles().indicesOf(0);
    features = RadialStructure.reference(SPEC).features(frame, a);
    means = new double[100];
    deviations = new double[100];
    for (int k = 0; k < 100; k++) {
      double sum = 0;
      double squares = 0;
      for (int n = 0; n < a.length; n++) {
        sum += features[100 * n + k] / a.length;
      }
      for (int n = 0; n < a.length; n++) {
        squares += Math.pow(features[100 * n + k] - sum, 2) / a.length;
      }
      means[k] = sum;
      deviations[k] = Math.sqrt(squares);
    }
  }

  @Test
  void scores_randomModels_equalTheSumOverFeatures() {
    PairScore[] models = new PairScore[3];
    double[][] weights = new double[3][];
    for (int m = 0; m < 3; m++) {
      weights[m] = new Random(m).doubles(100, -1, 1).toArray();
      models[m] = PairScore.of(SPEC, weights[m], means, deviations, 0.25 * m);
    }

    double[][] scores = PairScore.scores(frame, a, List.of(models));
    double[][] live = PairScore.live(frame, a, List.of(models));

    double worst = 0;
    for (int m = 0; m < 3; m++) {
      double[] expected = new double[a.length];
      double squares = 0;
      for (int n = 0; n < a.length; n++) {
        expected[n] = 0.25 * m;
        for (int k = 0; k < 100; k++) {
          expected[n] += weights[m][k] * (features[100 * n + k] - means[k]) / deviations[k];
        }
        squares += Math.pow(expected[n] - 0.25 * m, 2) / a.length;
      }
      double sigma = Math.sqrt(squares);
      for (int n = 0; n < a.length; n++) {
        assertThat(Math.abs(scores[m][n] - expected[n]) / sigma).isLessThan(1e-6);
        worst = Math.max(worst, Math.abs(live[m][n] - expected[n]) / sigma);
      }
    }
    // Measured: 5.6e-6.
    assertThat(worst).isLessThan(2e-5);
  }

  @Test
  void live_frameFarFromTheOrigin_isAsNear() {
    PairScore one = model(SPEC, 1);
    double[] shifted = frame.positions().clone();
    for (int n = 0; n < shifted.length; n++) {
      shifted[n] += 1e5;
    }
    Frame far = frame(frame.box().at(1e5, 1e5, 1e5), shifted, frame.particles());

    double[] exact = PairScore.scores(frame, a, List.of(one))[0];
    double[] live = PairScore.live(far, a, List.of(one))[0];

    for (int n = 0; n < a.length; n++) {
      assertThat(live[n]).isCloseTo(exact[n], within(5e-3));
    }
  }

  @Test
  void live_particlesAlmostInOnePlace_isNearTheExactScore() {
    double[] r = {1, 1, 1, 1, 1, 1, 1.001, 1, 1};
    Frame frame = frame(Box.cube(20), r, Particles.numbered(1, new byte[] {0, 0, 1}));

    double[] exact = PairScore.scores(frame, new int[] {0}, List.of(model(SPEC, 1)))[0];
    double[] live = PairScore.live(frame, new int[] {0}, List.of(model(SPEC, 1)))[0];

    assertThat(live[0]).isCloseTo(exact[0], withinPercentage(2));
  }

  @Test
  void live_particlesInOnePlace_isNearTheExactScoreOfAllAndOfOne() {
    double[] r = {1, 1, 1, 1, 1, 1, 3, 1, 1, 3, 1, 1, 2, 1, 1};
    Frame frame = frame(Box.cube(20), r, Particles.numbered(1, new byte[] {0, 1, 0, 0, 0}));
    int[] all = {0, 2, 3, 4};
    PairScore one = model(SPEC, 1);

    double[] exact = PairScore.scores(frame, all, List.of(one))[0];
    double[] live = PairScore.live(frame, all, List.of(one))[0];

    for (int n = 0; n < all.length; n++) {
      assertThat(live[n]).isCloseTo(exact[n], within(1e-3 * Math.abs(exact[n])));
      assertThat(PairScore.live(frame, new int[] {all[n]}, List.of(one))[0])
          .containsExactly(live[n]);
    }
  }

  @Test
  void live_anyUnitOfLength_isTheSame() {
    double[] expected = PairScore.live(frame, a, List.of(model(SPEC, 1)))[0];
    for (double unit : new double[] {0x1p-32, 0x1p-3, 0x1p5, 0x1p40}) {
      double[] r = Arrays.stream(frame.positions()).map(x -> x * unit).toArray();
      double[] radii = Arrays.stream(SPEC.radii()).map(x -> x * unit).toArray();
      FeatureSpec spec = FeatureSpec.of(radii, SPEC.delta() * unit, SPEC.cutoff() * unit);
      Frame other = frame(Box.cube(frame.box().lx() * unit), r, frame.particles());

      double[] live = PairScore.live(other, a, List.of(model(spec, 1)))[0];

      for (int n = 0; n < a.length; n++) {
        assertThat(live[n]).isCloseTo(expected[n], within(1e-6));
      }
    }
  }

  @Test
  void live_cutoffWherePhiIsNotSmall_countsTheSamePairs() {
    PairScore sharp = model(FeatureSpec.of(SPEC.radii(), SPEC.delta(), 4.03), 1);

    double[] exact = PairScore.scores(frame, a, List.of(sharp))[0];
    double[] live = PairScore.live(frame, a, List.of(sharp))[0];

    for (int n = 0; n < a.length; n++) {
      assertThat(live[n]).isCloseTo(exact[n], within(5e-3));
    }
  }

  @Test
  void live_someTargetsOneModelOnThreads_areTheBitsOfAll() throws Exception {
    PairScore one = model(SPEC, 1);
    double[][] all = PairScore.live(frame, a, List.of(model(SPEC, 2), one));
    int[] some = {a[3], a[400], a[5]};
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      double[][] found = PairScore.live(frame, some, List.of(one), executor, 3);

      assertThat(found[0]).containsExactly(all[1][3], all[1][400], all[1][5]);
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void scores_someTargetsOneModelOnThreads_areTheBitsOfAll() throws Exception {
    PairScore one = model(SPEC, 1);
    double[][] all = PairScore.scores(frame, a, List.of(model(SPEC, 2), one));
    int[] some = {a[3], a[400], a[5]};
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      double[][] found = PairScore.scores(frame, some, List.of(one), executor, 3);

      assertThat(found[0]).containsExactly(all[1][3], all[1][400], all[1][5]);
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void scores_modelsOfOtherCutoffs_areScoredAsIfAlone() {
    PairScore narrow = model(FeatureSpec.of(SPEC.radii(), SPEC.delta(), 5.8), 1);
    PairScore wide = model(SPEC, 1);

    double[][] both = PairScore.scores(frame, a, List.of(narrow, wide));

    assertThat(both[0]).isEqualTo(PairScore.scores(frame, a, List.of(narrow))[0]);
    assertThat(both[1]).isEqualTo(PairScore.scores(frame, a, List.of(wide))[0]);
    assertThat(both[0]).isNotEqualTo(both[1]);
  }

  @Test
  void scores_featureWithoutDeviation_isLeftOut() {
    double[] flat = deviations.clone();
    flat[7] = 0;
    double[] silent = new Random(3).doubles(100, -1, 1).toArray();
    double[] loud = silent.clone();
    silent[7] = 0;

    assertThat(PairScore.scores(frame, a, List.of(PairScore.of(SPEC, loud, means, flat, 0)))[0])
        .isEqualTo(
            PairScore.scores(frame, a, List.of(PairScore.of(SPEC, silent, means, deviations, 0)))[
                0]);
  }

  @Test
  void of_valuesThatCannotBe_areRefused() {
    double[] negative = deviations.clone();
    negative[4] = -1;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PairScore.of(SPEC, means, means, negative, 0))
        .withMessage("deviation of feature 4 must be >= 0, but was -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PairScore.of(SPEC, means, means, deviations, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PairScore.of(SPEC, Arrays.copyOf(means, 99), means, deviations, 0))
        .withMessage("weights must have 100 entries, but was 99");
  }

  private static PairScore model(FeatureSpec spec, long seed) {
    double[] weights = new Random(seed).doubles(100, -1, 1).toArray();
    return PairScore.of(spec, weights, means, deviations, 0.1);
  }

  private static Frame frame(Box box, double[] positions, Particles particles) {
    return Frame.of("test").box(box).particles(particles).wrapped(positions, null).build();
  }
}
