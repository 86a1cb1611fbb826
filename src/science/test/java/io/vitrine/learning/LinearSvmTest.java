package io.vitrine.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.TestData;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LinearSvmTest {
  private static final double C = 0.01;

  @Test
  void train_referenceSet_isTheOptimumOfSvc() throws IOException {
    Sets.Reference set = Sets.reference();
    JsonNode svc = json("svm/svm_ref.json").get("svc");
    double[] w = new double[100];
    for (int k = 0; k < w.length; k++) {
      w[k] = svc.get("w").get(k).asDouble();
    }

    LinearSvm svm = LinearSvm.of(set.z(), set.labels());
    SvmSolution s = svm.train(C);

    assertThat(Directions.cosine(s.weights(), w)).isGreaterThanOrEqualTo(0.9999);
    assertThat(s.bias()).isCloseTo(svc.get("b").asDouble(), within(0.005));
    double reference = svc.get("objective").asDouble();
    assertThat(s.objective()).isBetween(reference * (1 - 1e-8), reference * (1 + 1e-4));
    assertThat(s.converged()).isTrue();
    int right = 0;
    for (int i = 0; i < svm.count(); i++) {
      right += (svm.raw(s.weights(), i) > s.bias()) == (set.labels()[i] > 0) ? 1 : 0;
    }
    assertThat((double) right / svm.count())
        .isCloseTo(svc.get("train_accuracy").asDouble(), within(0.01));
  }

  @Test
  void train_referenceFolds_haveTheAccuraciesOfSvc() throws IOException {
    Sets.Reference set = Sets.reference();
    JsonNode reference = json("svm/svm_folds.json").get("accuracy");
    int[] folds = new int[set.labels().length];
    for (int i = 0; i < folds.length; i++) {
      folds[i] = i % 5;
    }

    double[] accuracies =
        CrossValidation.run(LinearSvm.of(set.z(), set.labels()), Folds.of(folds), C).accuracies();

    assertThat(accuracies).hasSize(5);
    for (int k = 0; k < 5; k++) {
      assertThat(accuracies[k]).isCloseTo(reference.get(k).asDouble(), within(0.01));
    }
  }

  @Test
  void train_twoPoints_isTheHandWorkedMaximumMargin() {
    // Points 1 and 3 on a line, C large: w = 1, b = 2, both at margin; C small: w = C (3 - 1).
    LinearSvm svm = LinearSvm.of(new double[] {1, 3}, new byte[] {-1, 1});

    SvmSolution hard = svm.train(10);
    SvmSolution soft = svm.train(0.1);

    // The bias costs b^2 / 200, which moves the solution by about as much.
    assertThat(hard.weights()[0]).isCloseTo(1, within(0.03));
    assertThat(hard.bias()).isCloseTo(2, within(0.06));
    assertThat(soft.weights()[0]).isCloseTo(0.2, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "0, 0", "1, 0", "2, 0", "3, 0"})
  void train_separableConstantEqualOrCollinear_converges(int kind, double apart) {
    SplittableRandom random = new SplittableRandom(kind);
    byte[] labels = new byte[60];
    double[] z = new double[60 * 8];
    for (int i = 0; i < 60; i++) {
      labels[i] = (byte) (i % 2 == 0 ? 1 : -1);
      for (int k = 0; k < 8; k++) {
        double value = random.nextDouble(-1.7, 1.7);
        z[8 * i + k] =
            switch (kind) {
              case 0 -> value + apart * labels[i];
              case 1 -> 0;
              case 2 -> i % 3;
              default -> k == 0 ? value : z[8 * i];
            };
      }
    }
    LinearSvm svm = LinearSvm.of(z, labels);

    for (double c : new double[] {1e-4, 1e-2, 1, 1e2}) {
      assertThat(svm.train(c).gap()).as("C = " + c).isLessThanOrEqualTo(LinearSvm.TOLERANCE);
    }
  }

  @Test
  void train_twice_givesTheSameBits() {
    Sets.Reference set = Sets.reference();
    SvmSolution a = LinearSvm.of(set.z(), set.labels()).train(C);
    SvmSolution b = LinearSvm.of(set.z(), set.labels()).train(C);

    assertThat(a.weights()).isEqualTo(b.weights());
    assertThat(a.bias()).isEqualTo(b.bias());
  }

  @Test
  void train_labelsSwapped_turnsTheHyperplaneAround() {
    Sets.Reference set = Sets.reference();
    byte[] swapped = set.labels().clone();
    for (int i = 0; i < swapped.length; i++) {
      swapped[i] = (byte) -swapped[i];
    }
    SvmSolution a = LinearSvm.of(set.z(), set.labels()).train(C);
    SvmSolution b = LinearSvm.of(set.z(), swapped).train(C);

    assertThat(Directions.cosine(a.weights(), b.weights())).isCloseTo(-1, within(1e-5));
    assertThat(b.bias()).isCloseTo(-a.bias(), within(0.005));
  }

  @Test
  void train_anyC_convergesWithinTheGap() {
    Sets.Reference set = Sets.reference();
    LinearSvm svm = LinearSvm.of(set.z(), set.labels());

    for (double c : new double[] {1e-4, 1e-2, 1, 1e2}) {
      SvmSolution s = svm.train(c);

      assertThat(s.gap()).as("C = " + c).isLessThanOrEqualTo(LinearSvm.TOLERANCE);
      assertThat(s.converged()).isTrue();
    }
  }

  @Test
  void solve_interiorPointAlone_findsTheSameHyperplane() {
    Sets.Reference set = Sets.reference();
    double[][] rows = new double[set.labels().length][101];
    int[] all = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      all[i] = i;
      for (int k = 0; k < 100; k++) {
        rows[i][k] = set.labels()[i] * set.z()[100 * i + k];
      }
      rows[i][100] = set.labels()[i] * 10;
    }

    InteriorPoint point = new InteriorPoint(rows, C);
    double[] alpha = point.solve(1e-9);
    SvmSolution inner =
        new DualAscent(set.z(), set.labels(), 100, all, C, 10, alpha).solve(1e-8, 0);
    SvmSolution outer = LinearSvm.of(set.z(), set.labels()).train(C);

    assertThat(point.steps()).isBetween(5, 25);
    assertThat(inner.gap()).isLessThan(1e-8);
    assertThat(Directions.cosine(inner.weights(), outer.weights())).isGreaterThan(1 - 1e-5);
    assertThat(inner.bias()).isCloseTo(outer.bias(), within(1e-3));
  }

  @Test
  void train_tooFewPasses_saysThatItDidNotConverge() {
    Sets.Reference set = Sets.reference();
    int[] all = new int[set.labels().length];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    double[] nothing = new double[all.length];

    SvmSolution s = new DualAscent(set.z(), set.labels(), 100, all, C, 10, nothing).solve(1e-6, 1);

    assertThat(s.converged()).isFalse();
    assertThat(s.gap()).isGreaterThan(1e-6);
  }

  @Test
  void solve_noRounds_gapIsTheHandWorkedOne() {
    double[] z = {1, 3};
    byte[] labels = {-1, 1};

    SvmSolution s =
        new DualAscent(z, labels, 1, new int[] {0, 1}, 0.1, 10, new double[] {0, 0.1}).solve(0, 0);

    // w = 0.3, its bias weight 1, so b = -10: losses 1 + 0.3 + 10 and 0.
    double objective = 0.3 * 0.3 / 2 + 0.1 * 11.3;
    double primal = objective + 0.5;
    double dual = 0.1 - (0.3 * 0.3 + 1) / 2;
    assertThat(s.bias()).isCloseTo(-10, within(1e-12));
    assertThat(s.objective()).isCloseTo(objective, within(1e-12));
    assertThat(s.gap()).isCloseTo((primal - dual) / primal, within(1e-12));
  }

  @Test
  void train_oneClassOrNonFiniteFeature_isRefused() {
    assertThatThrownBy(() -> LinearSvm.of(new double[] {1, 2}, new byte[] {1, 1}).train(C))
        .hasMessage("training samples must hold both classes, but was 2 of 2 at +1");
    assertThatThrownBy(() -> LinearSvm.of(new double[] {1, Double.NaN}, new byte[] {1, -1}))
        .hasMessage("feature 0 of sample 1 must be finite, but was NaN");
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(TestData.file(name).toFile());
  }
}
