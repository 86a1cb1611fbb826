package io.vitrine.pipelines.compare;

import io.vitrine.analysis.barriers.BarrierAnalysis;
import io.vitrine.analysis.barriers.KramersFit;
import io.vitrine.analysis.barriers.Onset;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.learning.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One learner on one list of features: how well, at what cost, and whether its barriers mean
 * something.
 *
 * @param learner which
 * @param features its sets
 * @param columns how many
 * @param featureSeconds CPU time of the features of a window trained on
 * @param trainSeconds CPU time of training from them
 * @param judged on windows not trained on, by temperature in the order of the study
 * @param curve r at the temperature trained at, by windows trained on
 * @param barriers from the counts of all temperatures
 */
record Compared(
    Learner learner,
    String features,
    int columns,
    double featureSeconds,
    double trainSeconds,
    List<Judged> judged,
    Map<Integer, Double> curve,
    BarrierAnalysis barriers) {

  /** Windows to train on, as parts of all there are. */
  private static final double[] PARTS = {0.125, 0.25, 0.5};

  /** Windows of one temperature that are not trained on. */
  record Tested(String simulation, double temperature, List<HopFrame> windows) {}

  static Compared of(
      Learner learner,
      Described described,
      List<HopFrame> trained,
      List<Tested> tests,
      AnalysisSpec spec,
      double tailFraction) {
    Map<Integer, Double> curve = new LinkedHashMap<>();
    for (double part : PARTS) {
      int windows = (int) Math.round(part * trained.size());
      if (windows >= 2) {
        Model model = learner.train(described.first(windows), tailFraction);
        curve.put(windows, judged(model, trained, tests.get(0), spec, tailFraction).r());
      }
    }
    Cost cost = new Cost();
    Model model = learner.train(described, tailFraction);
    double seconds = cost.seconds();
    List<Judged> judged = new ArrayList<>();
    for (Tested test : tests) {
      judged.add(judged(model, trained, test, spec, tailFraction));
    }
    curve.put(trained.size(), judged.get(0).r());
    return new Compared(
        learner,
        described.sets().toString(),
        described.sets().count(),
        described.seconds() / trained.size(),
        seconds,
        judged,
        curve,
        Judged.barriers(model.name(), judged));
  }

  private static Judged judged(
      Model model, List<HopFrame> trained, Tested test, AnalysisSpec spec, double tailFraction) {
    Judged.Scale scale = Judged.Scale.of(model, trained, spec);
    return Judged.of(
        model, scale, test.simulation, test.temperature, test.windows, spec, tailFraction);
  }

  /** Deviance of the lines over degrees of freedom: near 1 where ln(T P_R) is straight in 1/T. */
  double straightness() {
    double deviance = 0;
    int freedom = 0;
    for (KramersFit fit : barriers.fits()) {
      if (fit.fitted() && fit.points() > 2) {
        deviance += fit.chiSquared();
        freedom += fit.points() - 2;
      }
    }
    return freedom == 0 ? Double.NaN : deviance / freedom;
  }

  /** Chi-squared of the lines meeting in one point over degrees of freedom. */
  double meeting() {
    Onset onset = barriers.onset();
    return onset.found() && onset.degreesOfFreedom() > 0
        ? onset.chiSquared() / onset.degreesOfFreedom()
        : Double.NaN;
  }

  /** How dE(x) differs from that of another: mean squared difference in units of its error. */
  double collapse(Compared other) {
    double sum = 0;
    int bins = 0;
    for (KramersFit own : barriers.fits()) {
      for (KramersFit theirs : other.barriers.fits()) {
        if (own.low() == theirs.low() && own.fitted() && theirs.fitted()) {
          double variance = Math.pow(own.dEError(), 2) + Math.pow(theirs.dEError(), 2);
          sum += Math.pow(own.dE() - theirs.dE(), 2) / variance;
          bins++;
        }
      }
    }
    return bins == 0 ? Double.NaN : sum / bins;
  }

  /** Fewest windows whose r is 95% of that of all. */
  int enough() {
    double all = judged.get(0).r();
    return curve.entrySet().stream()
        .filter(e -> e.getValue() >= 0.95 * all)
        .mapToInt(Map.Entry::getKey)
        .min()
        .orElseThrow();
  }

  /** For JSON. */
  Map<String, Object> report(Compared first) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("learner", learner.text());
    report.put("features", features);
    report.put("columns", columns);
    report.put("feature_seconds_per_window", featureSeconds);
    report.put("train_seconds", trainSeconds);
    List<Map<String, Object>> each = new ArrayList<>();
    for (Judged at : judged) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("T", at.temperature());
      one.put("windows", at.windows());
      one.put("r", at.r());
      one.put("r_error", Double.isNaN(at.rError()) ? null : at.rError());
      one.put("accuracy", at.accuracy());
      one.put("score_milliseconds", at.milliseconds());
      each.add(one);
    }
    report.put("temperatures", each);
    report.put("learning_curve", curve);
    report.put("windows_for_95_percent", enough());
    List<Map<String, Object>> bins = new ArrayList<>();
    for (KramersFit fit : barriers.fits()) {
      if (fit.fitted()) {
        Map<String, Object> bin = new LinkedHashMap<>();
        bin.put("x", (fit.low() + fit.high()) / 2);
        bin.put("dE", fit.dE());
        bin.put("dE_error", fit.dEError());
        bin.put("Sigma", fit.sigma());
        bin.put("chi2", fit.chiSquared());
        bin.put("dof", fit.points() - 2);
        bins.add(bin);
      }
    }
    report.put("bins", bins);
    report.put("straight_chi2_per_dof", known(straightness()));
    report.put("T0", known(barriers.onset().t0()));
    report.put("T0_error", known(barriers.onset().error()));
    report.put("T0_reason", barriers.onset().reason());
    report.put("meet_chi2_per_dof", known(meeting()));
    report.put("dE_chi2_per_bin_beside_first", known(collapse(first)));
    return report;
  }

  private static Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
