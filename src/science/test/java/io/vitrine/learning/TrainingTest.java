package io.vitrine.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.model.FeatureMoments;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.TrainingSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;

final class TrainingTest {
  private static final TrainOptions OPTIONS = TrainOptions.standard("test");

  @Test
  void run_cloudsApart_findsTheFeatureThatSeparatesThem() {
    Training.Result result = run(List.of(Sets.clouds(600, 1.0, 3)), Optional.empty(), OPTIONS);
    Model model = result.model();

    // Shift 1, deviation 1: Phi(1) = 0.841; standard error of 600 samples 0.015, four of them.
    assertThat((double) accuracies(result).get("training")).isCloseTo(0.841, within(0.06));
    assertThat(doubles(accuracies(result).get("cross_validation"))).hasSize(5);
    assertThat(doubles(accuracies(result).get("cross_validation_grouped"))).hasSize(5);
    assertThat(Math.abs(model.weights()[0])).isGreaterThan(5 * Math.abs(model.weights()[1]));
    assertThat(model.weights()[0]).isPositive();
    assertThat(model.origin().temperature()).hasValue(1.2);
    assertThat(model.origin().samples()).isEqualTo(600);
    assertThat(model.bias()).isEqualTo(result.report().get("bias"));
    assertThat(result.report())
        .containsKeys("n", "bias_train", "sigma", "converged", "bias_scan")
        .containsEntry("bias_scan", model.origin().biasScan())
        .containsEntry("bias_best", null)
        .containsEntry("bias_best_interval", null)
        .containsEntry("sigma", null)
        .containsEntry("converged", true);
  }

  /** Clouds that overlap almost wholly, one of half the size: w = 0 has the smallest hinge loss. */
  @Test
  void run_unequalClassesThatOverlap_saysThatTheClassifierIsConstant() {
    TrainingSet clouds = Sets.clouds(900, 0.05, 9);
    TrainingSet.Builder unequal = TrainingSet.of(clouds.spec()).attributes(clouds.attributes());
    for (int i = 0; i < clouds.count(); i++) {
      if (clouds.labels()[i] < 0 || i % 4 == 0) {
        float[] features = Arrays.copyOfRange(clouds.features(), 4 * i, 4 * i + 4);
        unequal.add(clouds.labels()[i], clouds.origin(i), features, 0);
      }
    }

    assertThat(run(List.of(unequal.build()), Optional.empty(), OPTIONS).warnings())
        .contains(
            "the classifier puts every sample into one class: make the classes equal (450 of -1,"
                + " 225 of 1) or C larger");
    assertThat(run(List.of(clouds), Optional.empty(), OPTIONS).warnings())
        .noneMatch(line -> line.contains("one class"));
  }

  @Test
  void run_testSetShifted_findsItsBestBiasThere() {
    TrainingSet hot = Sets.clouds(600, 1.0, 3);
    TrainingSet cold = moved(Sets.clouds(400, 1.0, 4), 2.0f);

    Training.Result result = run(List.of(hot), Optional.of(cold), OPTIONS);

    Model model = result.model();
    double expected =
        model.bias() + model.weights()[0] * 2.0 / model.standardization().deviations()[0];
    double best = (double) result.report().get("bias_best");
    // The optimum's own scatter: the plateau is about half a deviation of the score wide.
    assertThat(best).isCloseTo(expected, within(0.5 * model.weights()[0]));
    assertThat(doubles(result.report().get("bias_best_interval")).get(0)).isLessThan(best);
    assertThat((double) accuracies(result).get("test_best"))
        .isGreaterThan((double) accuracies(result).get("test") + 0.1);
    assertThat(model.origin().biasBest()).hasValue(best);
  }

  @Test
  void run_withBulk_sigmaIsTheScoresDeviationOverTheBulk() {
    TrainingSet set = Sets.clouds(300, 1.0, 5);
    double[] all = new double[1200];
    for (int i = 0; i < all.length; i++) {
      all[i] = set.features()[i];
    }
    FeatureMoments bulk = BulkMoments.of(4).accept(all).result();
    TrainingSet whole =
        TrainingSet.of(set.spec()).addAll(set).attributes(set.attributes()).bulk(bulk).build();

    Training.Result bySet = run(List.of(whole), Optional.empty(), OPTIONS);
    Training.Result byBulk = run(List.of(whole), Optional.empty(), OPTIONS.withBulk(true));

    Model model = bySet.model();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 300; i++) {
      double s = model.score(all, 4 * i);
      sum += s;
      squares += s * s;
    }
    double sigma = Math.sqrt(squares / 300 - sum * sum / 90_000);
    assertThat(model.origin().sigma().orElseThrow()).isCloseTo(sigma, within(1e-9));
    // Here the bulk is the set, so both standardizations are the same.
    assertThat(Directions.cosine(model.weights(), byBulk.model().weights()))
        .isCloseTo(1, within(1e-9));
    assertThat(byBulk.model().origin().convention()).containsEntry("standardize", "bulk");
  }

  /** The scores of 300 samples themselves, by commons-math. */
  @Test
  void correlation_overTheBulk_isThatOfTheScores() {
    TrainingSet set = Sets.clouds(300, 1.0, 5);
    double[] all = new double[1200];
    for (int i = 0; i < all.length; i++) {
      all[i] = set.features()[i];
    }
    Model one = run(List.of(set), Optional.empty(), OPTIONS).model();
    Model other = run(List.of(Sets.clouds(40, 0.2, 8)), Optional.empty(), OPTIONS).model();
    double[] a = new double[300];
    double[] b = new double[300];
    for (int i = 0; i < 300; i++) {
      a[i] = one.score(all, 4 * i);
      b[i] = other.score(all, 4 * i);
    }
    double expected = new PearsonsCorrelation().correlation(a, b);

    FeatureMoments bulk = BulkMoments.of(4).accept(all).result();
    assertThat(Directions.correlation(one, other, bulk)).isCloseTo(expected, within(1e-10));
    assertThat(expected).isLessThan(0.95); // else the test would say nothing
    assertThat(Directions.correlation(one, one, bulk)).isCloseTo(1, within(1e-12));
  }

  @Test
  void run_severalSets_equalsTheirSamplesInOneSet() {
    TrainingSet a = Sets.clouds(200, 0.7, 6);
    TrainingSet b = Sets.clouds(120, 0.7, 7);
    TrainingSet both =
        TrainingSet.of(a.spec()).addAll(a).addAll(b).attributes(a.attributes()).build();

    assertThat(run(List.of(a, b), Optional.empty(), OPTIONS).model())
        .isEqualTo(run(List.of(both), Optional.empty(), OPTIONS).model());
  }

  @Test
  void run_setsOfTwoTemperatures_leavesTheTemperatureOpen() {
    TrainingSet a = Sets.clouds(100, 0.7, 6);
    TrainingSet b =
        TrainingSet.of(a.spec()).addAll(a).attribute(TrainingSet.TEMPERATURE, 2.0).build();

    assertThat(run(List.of(a, b), Optional.empty(), OPTIONS).model().origin().temperature())
        .isEmpty();
  }

  @Test
  void run_withDepth_accuracyGrowsWithSamplesAndHalvesAgree() {
    List<Double> progress = new ArrayList<>();
    Training.Result result =
        Training.run(
            List.of(Sets.clouds(1600, 1.0, 8)),
            Optional.empty(),
            OPTIONS.withDepth(true).withScan(List.of(0.001, 0.1)),
            "",
            progress::add);

    List<?> curve = (List<?>) result.report().get("learning_curve");
    assertThat(curve).hasSize(5);
    assertThat(((Map<?, ?>) curve.get(0)).get("samples")).isEqualTo(80L);
    assertThat(((Map<?, ?>) curve.get(4)).get("samples")).isEqualTo(1280L);
    assertThat((double) ((Map<?, ?>) curve.get(4)).get("cosine")).isGreaterThan(0.99);
    assertThat((double) result.report().get("split_half_cosine")).isGreaterThan(0.95);
    List<?> scan = (List<?>) result.report().get("C_scan");
    assertThat(scan).hasSize(2);
    assertThat(((Map<?, ?>) scan.get(0)).get("C")).isEqualTo(0.001);
    assertThat(progress).isSorted().endsWith(1.0);
  }

  @Test
  void run_tooFewGroups_leavesGroupedValidationOutAndSaysSo() {
    TrainingSet set = Sets.clouds(100, 1.0, 9);
    TrainingSet.Builder one = TrainingSet.of(set.spec());
    for (int i = 0; i < 100; i++) {
      one.add(set.labels()[i], new TrainingSet.Origin("s", 1, 5, 3, 0.1), set.features(), 4 * i);
    }

    Training.Result result = run(List.of(one.build()), Optional.empty(), OPTIONS);

    assertThat(doubles(accuracies(result).get("cross_validation_grouped"))).isEmpty();
    assertThat(doubles(accuracies(result).get("cross_validation"))).hasSize(5);
    assertThat(result.warnings()).anyMatch(w -> w.startsWith("grouped cross-validation left out"));
  }

  @Test
  void run_setsThatCannotBeTrainedOn_areRefused() {
    TrainingSet set = Sets.clouds(20, 1.0, 9);
    TrainingSet empty = TrainingSet.of(set.spec()).build();
    TrainingSet other = TrainingSet.of(FeatureSpec.evenly(1.0, 2, 0.3)).build();

    assertThatThrownBy(() -> run(List.of(empty), Optional.empty(), OPTIONS))
        .hasMessage("number of training samples must be > 0, but was 0");
    assertThatThrownBy(() -> run(List.of(set, other), Optional.empty(), OPTIONS))
        .hasMessageContaining("features of joined training sets must be");
    assertThatThrownBy(() -> run(List.of(set), Optional.empty(), OPTIONS.withBulk(true)))
        .hasMessageContaining("--standardize bulk must all hold bulk_mean");
    assertThatThrownBy(() -> run(List.of(set), Optional.of(empty), OPTIONS))
        .hasMessageContaining("test set must hold both classes");
  }

  private static Training.Result run(
      List<TrainingSet> sets, Optional<TrainingSet> test, TrainOptions options) {
    return Training.run(sets, test, options, "", part -> {});
  }

  private static Map<?, ?> accuracies(Training.Result result) {
    return (Map<?, ?>) result.report().get("accuracies");
  }

  private static List<Double> doubles(Object list) {
    return ((List<?>) list).stream().map(x -> (Double) x).toList();
  }

  private static TrainingSet moved(TrainingSet set, float shift) {
    TrainingSet.Builder moved = TrainingSet.of(set.spec());
    for (int i = 0; i < set.count(); i++) {
      float[] f = new float[4];
      System.arraycopy(set.features(), 4 * i, f, 0, 4);
      f[0] += shift;
      moved.add(set.labels()[i], set.origin(i), f, 0);
    }
    return moved.build();
  }
}
