package io.vitrine.learning;

import io.vitrine.model.Check;
import io.vitrine.model.FeatureMoments;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.TrainingSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleConsumer;

/**
 * From training sets to a classifier and what is known about it.
 *
 * <p>Sets are joined in the order given; their bulk moments are combined. The same sets, options
 * and test set give the same model, bit for bit. sigma = sqrt(w' S w), with S the covariance of the
 * standardized features over all particles; null without the bulk of every set.
 *
 * <p>Refused: no samples, one class only, sets with different features, {@code bulk} without bulk
 * moments, a test set with one class. Cost: about 2 k + 1 trainings for k folds, 0.3 s each for
 * 10,400 x 100.
 */
public final class Training {
  private static final int CURVE_POINTS = 201;

  private final TrainingSet set;
  private final Optional<FeatureMoments> bulk;
  private final TrainOptions options;
  private final DoubleConsumer progress;
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, Object> report = new LinkedHashMap<>();
  private int steps;
  private int done;

  /**
   * A model and what is known about it.
   *
   * @param model named {@code model} until it has a file
   * @param report by key, in order: {@code n, accuracies, bias, bias_train, ...}; numbers, nulls,
   *     lists and maps of them, ready for JSON
   * @param warnings one line each, for people
   */
  public record Result(Model model, Map<String, Object> report, List<String> warnings) {}

  private Training(List<TrainingSet> sets, TrainOptions options, DoubleConsumer progress) {
    this.set = join(sets);
    this.bulk = bulk(sets);
    this.options = options;
    this.progress = progress;
  }

  /**
   * Trains.
   *
   * @param sets at least one, all of the same features
   * @param test the set that b_best is found on, if any
   * @param sha256 what the training set's files hash to
   * @param progress told the part done, 0 to 1
   */
  public static Result run(
      List<TrainingSet> sets,
      Optional<TrainingSet> test,
      TrainOptions options,
      String sha256,
      DoubleConsumer progress) {
    Check.positive("number of training sets", sets.size());
    return new Training(sets, options, progress).run(test, sha256);
  }

  private Result run(Optional<TrainingSet> test, String sha256) {
    Check.positive("number of training samples", set.count());
    if (options.bulk() && bulk.isEmpty()) {
      throw Check.refuse(
          "training sets for --standardize bulk", "all hold bulk_mean and bulk_cov", "without");
    }
    Standardization standardization =
        options.bulk() ? Standardization.of(bulk.get()) : Standardization.of(List.of(set));
    LinearSvm svm = LinearSvm.of(standardization.apply(set), set.labels());
    Folds random = folds(false);
    Folds grouped = folds(true);
    int trainings =
        (random == null ? 0 : options.folds()) + (grouped == null ? 0 : options.folds());
    boolean deep = options.depth() && grouped != null;
    steps =
        1
            + trainings * (1 + options.scan().size())
            + (deep ? 2 + options.folds() * LearningCurve.POINTS : 0);

    SvmSolution solution = svm.train(options.c());
    step(1);
    CrossValidation byRandom = validate(svm, random, options.c());
    CrossValidation byGroup = validate(svm, grouped, options.c());
    boolean converged =
        solution.converged()
            && (byRandom == null || byRandom.converged())
            && (byGroup == null || byGroup.converged());
    if (!converged) {
      warnings.add(
          "the solver did not reach the optimum: the objective may lie "
              + solution.gap()
              + " of itself above it; a smaller C converges faster");
    }

    BiasScan onTraining = scan(svm, solution.weights());
    Optional<BiasScan> onTest = test.map(t -> scan(t, standardization, solution.weights()));
    Map<String, Object> accuracies = new LinkedHashMap<>();
    accuracies.put("training", onTraining.accuracy(solution.bias()));
    accuracies.put("cross_validation", list(byRandom));
    accuracies.put("cross_validation_grouped", list(byGroup));
    onTest.ifPresent(t -> accuracies.put("test", t.accuracy(solution.bias())));
    onTest.ifPresent(t -> accuracies.put("test_best", t.best().accuracy()));
    Optional<BiasScan> held = Optional.ofNullable(byRandom).map(v -> scan(v));
    Optional<BiasScan.Plateau> train = held.map(BiasScan::best);
    Optional<BiasScan.Plateau> best = onTest.map(BiasScan::best);
    OptionalDouble sigma = sigma(standardization, solution.weights());

    report.put("n", set.count());
    report.put("accuracies", accuracies);
    report.put("bias", solution.bias());
    report.put("bias_train", train.map(BiasScan.Plateau::bias).orElse(null));
    report.put("bias_train_interval", train.map(Training::ends).orElse(null));
    report.put("bias_best", best.map(BiasScan.Plateau::bias).orElse(null));
    report.put("bias_best_interval", best.map(Training::ends).orElse(null));
    report.put("sigma", sigma.isPresent() ? sigma.getAsDouble() : null);
    report.put("converged", converged);
    report.put("gap", solution.gap());
    report.put("objective", solution.objective());
    report.put("score_positive_given_hop", positive(solution.bias(), onTraining, held, onTest));
    report.put("bias_scan", curve(onTraining, held, onTest));
    if (!options.scan().isEmpty()) {
      report.put("C_scan", compareC(svm, random, grouped));
    }
    if (deep) {
      report.put("split_half_cosine", splitHalves(svm));
      report.put(
          "learning_curve",
          LearningCurve.of(svm, set, grouped, options, solution.weights(), () -> step(1)));
    }
    Model.Origin origin =
        new Model.Origin(
            set.temperature(),
            options.c(),
            sigma,
            optional(train),
            optional(best),
            accuracies,
            convention(),
            sha256,
            set.count(),
            options.version());
    Model model =
        Model.of("model", solution.weights(), solution.bias(), standardization, set.spec(), origin);
    report.put("warnings", List.copyOf(warnings));
    return new Result(model, report, List.copyOf(warnings));
  }

  /** All samples in order, with the attributes that all sets agree on. */
  private static TrainingSet join(List<TrainingSet> sets) {
    if (sets.size() == 1) {
      return sets.get(0);
    }
    FeatureSpec spec = sets.get(0).spec();
    TrainingSet.Builder joined = TrainingSet.of(spec);
    sets.forEach(joined::addAll);
    sets.get(0)
        .attributes()
        .forEach(
            (name, value) -> {
              if (sets.stream().allMatch(s -> value.equals(s.attributes().get(name)))) {
                joined.attribute(name, value);
              }
            });
    return joined.build();
  }

  private static Optional<FeatureMoments> bulk(List<TrainingSet> sets) {
    if (!sets.stream().allMatch(s -> s.bulk().isPresent())) {
      return Optional.empty();
    }
    BulkMoments all = BulkMoments.of(sets.get(0).spec().featureCount());
    sets.forEach(s -> all.merge(BulkMoments.of(s.bulk().get())));
    return Optional.of(all.result());
  }

  private Folds folds(boolean grouped) {
    if (options.folds() == 0) {
      return null;
    }
    int fewest = Math.min(set.count(1), set.count(-1));
    int units = grouped ? Folds.groups(set, options.block()) : fewest;
    if (units < options.folds()) {
      warnings.add(
          (grouped ? "grouped" : "random")
              + " cross-validation left out: "
              + options.folds()
              + " folds need as many "
              + (grouped ? "groups" : "samples")
              + " of each class, but there are "
              + units);
      return null;
    }
    return grouped
        ? Folds.grouped(set, options.folds(), options.seed(), options.block())
        : Folds.random(set, options.folds(), options.seed());
  }

  private CrossValidation validate(LinearSvm svm, Folds folds, double c) {
    if (folds == null) {
      return null;
    }
    CrossValidation result = CrossValidation.run(svm, folds, c);
    step(folds.count());
    return result;
  }

  private BiasScan scan(LinearSvm svm, double[] weights) {
    double[] raw = new double[svm.count()];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = svm.raw(weights, i);
    }
    return BiasScan.of(raw, set.labels());
  }

  private BiasScan scan(CrossValidation validation) {
    return BiasScan.of(validation.raw(), set.labels());
  }

  private BiasScan scan(TrainingSet test, Standardization standardization, double[] weights) {
    if (!test.spec().equals(set.spec())) {
      throw Check.refuse("features of the test set", "be " + set.spec(), test.spec());
    }
    if (test.count(1) == 0 || test.count(-1) == 0) {
      throw Check.refuse("test set", "hold both classes", test);
    }
    LinearSvm points = LinearSvm.of(standardization.apply(test), test.labels());
    double[] raw = new double[points.count()];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = points.raw(weights, i);
    }
    return BiasScan.of(raw, test.labels());
  }

  private OptionalDouble sigma(Standardization standardization, double[] w) {
    if (bulk.isEmpty()) {
      warnings.add("sigma is unknown: the training set holds no bulk moments");
      return OptionalDouble.empty();
    }
    int d = w.length;
    double[] covariance = bulk.get().covariance();
    double[] s = standardization.deviations();
    double sum = 0;
    for (int k = 0; k < d; k++) {
      for (int l = 0; l < d; l++) {
        sum += w[k] / s[k] * covariance[k * d + l] * (w[l] / s[l]);
      }
    }
    return OptionalDouble.of(Math.sqrt(Math.max(0.0, sum)));
  }

  private Map<String, Object> positive(
      double bias, BiasScan training, Optional<BiasScan> held, Optional<BiasScan> test) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("training", training.above(bias));
    held.ifPresent(scan -> result.put("cross_validation", scan.above(bias)));
    test.ifPresent(scan -> result.put("test", scan.above(bias)));
    return result;
  }

  private Map<String, Object> curve(
      BiasScan training, Optional<BiasScan> held, Optional<BiasScan> test) {
    double[] range = training.range();
    List<Double> biases = new ArrayList<>();
    for (int k = 0; k < CURVE_POINTS; k++) {
      biases.add(range[0] + k * (range[1] - range[0]) / (CURVE_POINTS - 1));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("bias", biases);
    result.put("training", biases.stream().map(training::accuracy).toList());
    held.ifPresent(
        scan -> result.put("cross_validation", biases.stream().map(scan::accuracy).toList()));
    test.ifPresent(scan -> result.put("test", biases.stream().map(scan::accuracy).toList()));
    return result;
  }

  private List<Map<String, Object>> compareC(LinearSvm svm, Folds random, Folds grouped) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (double c : options.scan()) {
      CrossValidation r = validate(svm, random, c);
      CrossValidation g = validate(svm, grouped, c);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("C", c);
      row.put("cross_validation", r == null ? null : r.mean());
      row.put("cross_validation_grouped", g == null ? null : g.mean());
      row.put("converged", (r == null || r.converged()) && (g == null || g.converged()));
      rows.add(row);
    }
    return rows;
  }

  private double splitHalves(LinearSvm svm) {
    Folds halves = Folds.grouped(set, 2, options.seed() + 1, options.block());
    double[] a = svm.train(options.c(), halves.held(0)).weights();
    step(1);
    double[] b = svm.train(options.c(), halves.held(1)).weights();
    step(1);
    return Directions.cosine(a, b);
  }

  private Map<String, Object> convention() {
    Map<String, Object> convention = new LinkedHashMap<>();
    convention.put("score", "w.z - bias");
    convention.put("standardize", options.bulk() ? "bulk" : "set");
    convention.put("deviation", "population");
    set.attributes().forEach(convention::putIfAbsent);
    return convention;
  }

  private void step(int count) {
    done += count;
    progress.accept((double) done / steps);
  }

  private static List<Double> ends(BiasScan.Plateau plateau) {
    return List.of(plateau.low(), plateau.high());
  }

  private static OptionalDouble optional(Optional<BiasScan.Plateau> plateau) {
    return plateau.isPresent() ? OptionalDouble.of(plateau.get().bias()) : OptionalDouble.empty();
  }

  private static List<Double> list(CrossValidation validation) {
    List<Double> values = new ArrayList<>();
    if (validation != null) {
      for (double a : validation.accuracies()) {
        values.add(a);
      }
    }
    return values;
  }
}
