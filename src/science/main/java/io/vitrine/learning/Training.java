package io.vitrine.learning;

import io.vitrine.model.Check;
import io.vitrine.model.TrainingSet;
import java.util.ArrayList;
import java.util.Arrays;
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
 * moments, a test set with one class. Cost: 2 k + 1 trainings for k folds, about 0.4 s each for
 * 10,400 x 100.
 */
public final class Training {
  private final JoinedSets joined;
  private final TrainingSet set;
  private final TrainOptions options;
  private final DoubleConsumer progress;
  private final List<String> warnings = new ArrayList<>();
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
    this.joined = JoinedSets.of(sets);
    this.set = joined.set();
    this.options = options;
    this.progress = progress;
  }

  /**
   * Trains.
   *
   * @param sets at least one, all of the same features
   * @param test the set that b_best is found on, if any
   * @param sha256 what the training set's files hash to; empty when there are none
   * @param progress told the part done, 0 to 1
   */
  public static Result run(
      List<TrainingSet> sets,
      Optional<TrainingSet> test,
      TrainOptions options,
      String sha256,
      DoubleConsumer progress) {
    return new Training(sets, options, progress).run(test, sha256);
  }

  private Result run(Optional<TrainingSet> test, String sha256) {
    test.ifPresent(this::checkTest);
    Standardization standardization = joined.standardization(options.bulk());
    LinearSvm svm = LinearSvm.of(standardization.apply(set), set.labels());
    Folds random = folds(false);
    Folds grouped = folds(true);
    boolean deep = options.depth() && grouped != null;
    int trainings =
        (random == null ? 0 : options.folds()) + (grouped == null ? 0 : options.folds());
    steps =
        1
            + trainings * (1 + options.scan().size())
            + (deep ? 2 + options.folds() * LearningCurve.POINTS : 0);

    SvmSolution solution = svm.train(options.c());
    step(1);
    CrossValidation byRandom = validate(svm, random, options.c());
    CrossValidation byGroup = validate(svm, grouped, options.c());
    BiasReport biases =
        new BiasReport(
            solution.bias(),
            BiasScan.of(svm.raw(solution.weights()), set.labels()),
            Optional.ofNullable(byRandom).map(v -> BiasScan.of(v.raw(), set.labels())),
            test.map(t -> scan(t, standardization, solution.weights())));
    OptionalDouble sigma = joined.sigma(standardization, solution.weights());
    boolean converged = converged(byRandom) && converged(byGroup) && solution.converged();
    warn(solution, converged, sigma);
    warnOfConstant(svm.raw(solution.weights()), solution.bias());

    Map<String, Object> accuracies = new LinkedHashMap<>();
    biases.addAccuracies(accuracies);
    accuracies.put("cross_validation", list(byRandom));
    accuracies.put("cross_validation_grouped", list(byGroup));
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("n", set.count());
    report.put("effective", EffectiveSamples.of(set).report());
    report.put("accuracies", accuracies);
    biases.addBiases(report);
    report.put("sigma", sigma.isPresent() ? sigma.getAsDouble() : null);
    report.put("converged", converged);
    report.put("gap", solution.gap());
    report.put("objective", solution.objective());
    Map<String, Object> curves = biases.curves();
    report.put("score_positive_given_hop", biases.positive());
    report.put("bias_scan", curves);
    if (!options.scan().isEmpty()) {
      report.put("C_scan", compareC(svm, random, grouped));
    }
    if (deep) {
      report.put("split_half_cosine", splitHalves(svm));
      report.put(
          "learning_curve",
          LearningCurve.of(svm, set, grouped, options, solution.weights(), () -> step(1)));
    }
    report.put("warnings", List.copyOf(warnings));
    Model.Origin origin =
        new Model.Origin(
            set.temperature(),
            options.c(),
            sigma,
            biases.train(),
            biases.best(),
            accuracies,
            curves,
            convention(),
            sha256,
            set.count(),
            options.version(),
            null);
    Model model =
        Model.of("model", solution.weights(), solution.bias(), standardization, set.spec(), origin);
    return new Result(model, report, List.copyOf(warnings));
  }

  private void checkTest(TrainingSet test) {
    if (!test.spec().equals(set.spec())) {
      throw Check.refuse("features of the test set", "be " + set.spec(), test.spec());
    }
    if (test.count(1) == 0 || test.count(-1) == 0) {
      throw Check.refuse("test set", "hold both classes", test);
    }
  }

  private Folds folds(boolean grouped) {
    if (options.folds() == 0) {
      return null;
    }
    int units =
        grouped ? Folds.groups(set, options.block()) : Math.min(set.count(1), set.count(-1));
    if (units < options.folds()) {
      warnings.add(
          String.format(
              "%s cross-validation left out: %d folds need as many %s of each class, but there are"
                  + " %d",
              grouped ? "grouped" : "random",
              options.folds(),
              grouped ? "groups" : "samples",
              units));
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

  private static BiasScan scan(TrainingSet test, Standardization standardization, double[] w) {
    return BiasScan.of(
        LinearSvm.of(standardization.apply(test), test.labels()).raw(w), test.labels());
  }

  private void warn(SvmSolution solution, boolean converged, OptionalDouble sigma) {
    if (!converged) {
      warnings.add(
          "the solver did not reach the optimum everywhere (here its objective is at most "
              + solution.gap()
              + " of itself above it); a smaller C converges faster");
    }
    if (sigma.isEmpty()) {
      warnings.add("sigma is unknown: a training set holds no bulk moments");
    }
    if (set.temperature().isEmpty()) {
      warnings.add("the training temperature is unknown or mixed: the model has none");
    }
  }

  /** Where classes overlap and one is smaller, the best hinge loss may be that of w = 0. */
  private void warnOfConstant(double[] raw, double bias) {
    long positive = Arrays.stream(raw).filter(x -> x > bias).count();
    if (positive == 0 || positive == raw.length) {
      warnings.add(
          String.format(
              "the classifier puts every sample into one class: make the classes equal (%d of -1,"
                  + " %d of 1) or C larger",
              set.count(-1), set.count(1)));
    }
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
      row.put("converged", converged(r) && converged(g));
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

  private static boolean converged(CrossValidation validation) {
    return validation == null || validation.converged();
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
