package io.vitrine.pipelines.train;

import io.vitrine.analysis.spec.Composition;
import io.vitrine.analysis.spec.Conventions;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.format.WholeFile;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.learning.ridge.ExactMoments;
import io.vitrine.learning.ridge.RidgeTraining;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.Frame;
import io.vitrine.model.Target;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.Program;
import io.vitrine.pipelines.run.RunFolder;
import io.vitrine.pipelines.study.QuenchChoice;
import io.vitrine.pipelines.study.SpeciesChoice;
import io.vitrine.streaming.io.feed.FrameUri;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * {@code train --learner ridge}: configurations with a number per particle in, a model of that
 * number out.
 *
 * @param sets features, of whichever species
 * @param label the name of the number in the files
 * @param choice whose particles are trained on
 * @param minima whether features are those of the inherent structures, and whose pairs there are
 * @param lambdas penalties to choose from
 */
record RidgeRun(
    FeatureSets sets,
    String label,
    SpeciesChoice choice,
    QuenchChoice minima,
    List<Double> lambdas) {

  /** Refuses sets that need inherent structures where there are none. */
  RidgeRun {
    if (!minima.isOn() && sets.needsBoth()) {
      throw Check.refuse("--features cage and thermal:", "come with --quench", "'" + sets + "'");
    }
  }

  /** Trains, tests, writes the model and prints what a person wants to know; gives the report. */
  Map<String, Object> run(
      List<String> frames, List<String> testFrames, Path output, PrintStream people)
      throws FailureException {
    try {
      Frame first = LabelledFrames.first(frames.get(0), label);
      Target target =
          choice.choose(
              FrameUri.parse(frames.get(0)).place(), SpeciesChoice.counts(first.particles()));
      FeatureSets own = sets.in(first.particles().names(), first.box().dimensions());
      Quench quench =
          minima.choose(List.of(), own.species(), own.radial().dimensions(), own.hasEnergies());
      LabelledFrames source = new LabelledFrames(own, label, target, quench);
      List<ExactMoments> blocks = source.moments(frames);
      RidgeTraining.Result result = RidgeTraining.run(blocks, lambdas);
      double[] tests =
          testFrames.isEmpty() ? new double[0] : test(source.moments(testFrames), result);
      Map<String, Object> pearson = new LinkedHashMap<>();
      pearson.put("cross_validation", result.crossValidation());
      pearson.put("test", tests);
      Map<String, Object> convention = new LinkedHashMap<>();
      convention.put("prediction", "w.z - bias");
      convention.put("deviation", "population");
      convention.putAll(Conventions.of(quench));
      convention.putAll(
          Composition.of(Composition.density(first), SpeciesChoice.counts(first.particles()))
              .conventions());
      Model model =
          result.model(
              own,
              new Model.Regression(label, target.name(), result.lambda(), pearson),
              OptionalDouble.empty(),
              convention,
              TrainingRun.sha256(frames.stream().map(f -> FrameUri.parse(f).path()).toList()),
              Program.VERSION);
      WholeFile.write(output, ModelJson.text(model));
      if (source.notConverged() > 0) {
        System.err.println(
            "vitrine: warning: "
                + source.notConverged()
                + " configurations are not at their minimum after 20,000 steps");
      }
      return report(own, target, quench, result, blocks.size(), tests, pearson, output, people);
    } catch (IOException e) {
      throw new FailureException(RunFolder.reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new FailureException(refusal(e).getMessage(), e);
    }
  }

  /** A parallel stream wraps what one of its threads refused. */
  private static Throwable refusal(IllegalArgumentException e) {
    Throwable refusal = e;
    while (refusal.getCause() instanceof IllegalArgumentException cause) {
      refusal = cause;
    }
    return refusal;
  }

  private static double[] test(List<ExactMoments> blocks, RidgeTraining.Result result) {
    double[] r = new double[blocks.size()];
    for (int b = 0; b < r.length; b++) {
      r[b] =
          RidgeTraining.pearson(
              result.weights(), result.regression().standardization(), blocks.get(b).result(), b);
    }
    return r;
  }

  private Map<String, Object> report(
      FeatureSets own,
      Target target,
      Quench quench,
      RidgeTraining.Result result,
      int configurations,
      double[] tests,
      Map<String, Object> pearson,
      Path output,
      PrintStream people) {
    String model = output.toAbsolutePath().normalize().toString();
    people.printf(
        Locale.ROOT,
        "Trained on %d particles %s of %d configurations, %d features, lambda %g%n",
        result.regression().count(),
        target,
        configurations,
        own.count(),
        result.lambda());
    print("left out", result.crossValidation(), people);
    print("tested", tests, people);
    people.println("  " + model);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("learner", "ridge");
    report.put("label", label);
    report.put("particles", target.name());
    report.put("features", sets.toString());
    report.put("quench", quench.text());
    report.put("n", result.regression().count());
    report.put("configurations", configurations);
    report.put("lambda", result.lambda());
    report.put("lambdas", result.lambdas());
    report.put("pearson", pearson);
    report.put("model", model);
    return report;
  }

  private static void print(String what, double[] r, PrintStream people) {
    if (r.length > 0) {
      people.printf(
          Locale.ROOT,
          "  r on configurations %s: mean %.4f, from %.4f to %.4f%n",
          what,
          Arrays.stream(r).average().orElseThrow(),
          Arrays.stream(r).min().orElseThrow(),
          Arrays.stream(r).max().orElseThrow());
    }
  }
}
