package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vitrine.analysis.KramersFit;
import io.vitrine.pipelines.PaperReport.Classifier;
import java.util.Map;
import java.util.function.Predicate;

/** What must hold of a reproduction, and whether it does. */
final class PaperChecks {
  /** The range of x over which dE must fall. */
  private static final double RANGE = 1.5;

  private final Map<String, Classifier> classifiers;

  PaperChecks(Map<String, Classifier> classifiers) {
    this.classifiers = classifiers;
  }

  void addTo(ArrayNode checks) {
    check(checks, "sigma within 20% of the paper's at every training T", sigmaHolds());
    check(
        checks,
        "b_best negative for fluidities, positive for softness",
        all(c -> PaperReport.isSoftness(c) ? c.best() > 0 : c.best() < 0));
    check(checks, "b_best of the coldest fluidity nearest zero", nearestZero());
    check(
        checks,
        "mean fluidity monotonic in T",
        all(c -> PaperReport.isSoftness(c) || monotonic(c)));
    check(checks, "dE at x=0 of each fluidity within 10% of softness's", barriersAgree());
    check(checks, "dE falls with x over -1.5..1.5, all classifiers", all(this::falls));
    check(checks, "68% interval of T0 overlaps 0.8-1.2, all classifiers", all(this::onset));
  }

  private static void check(ArrayNode checks, String what, boolean holds) {
    checks.addObject().put("check", what).put("holds", holds);
  }

  private boolean all(Predicate<Classifier> test) {
    return classifiers.values().stream().allMatch(test);
  }

  private boolean sigmaHolds() {
    return all(
        c ->
            PaperReport.printed(c) == null
                || Math.abs(c.sigma() / PaperReport.printed(c).sigma() - 1) <= 0.2);
  }

  private boolean nearestZero() {
    double first = Math.abs(classifiers.values().iterator().next().best());
    return all(c -> PaperReport.isSoftness(c) || Math.abs(c.best()) >= first);
  }

  private static boolean monotonic(Classifier c) {
    double before = Double.NaN;
    int sign = 0;
    for (double[] m : c.moments().values()) {
      int step = Double.isNaN(before) ? 0 : (int) Math.signum(m[0] - before);
      if (step != 0 && sign != 0 && step != sign) {
        return false;
      }
      sign = step == 0 ? sign : step;
      before = m[0];
    }
    return true;
  }

  private boolean barriersAgree() {
    KramersFit reference = classifiers.get(PaperStages.SOFTNESS).atZero();
    return reference != null
        && all(c -> c.atZero() != null && Math.abs(c.atZero().dE() / reference.dE() - 1) <= 0.1);
  }

  private boolean falls(Classifier c) {
    double before = Double.POSITIVE_INFINITY;
    for (KramersFit fit : c.barriers().fits()) {
      double centre = (fit.low() + fit.high()) / 2;
      if (Math.abs(centre) <= RANGE + 1e-9) {
        if (!fit.fitted() || fit.dE() >= before) {
          return false;
        }
        before = fit.dE();
      }
    }
    return true;
  }

  private boolean onset(Classifier c) {
    var onset = c.barriers().onset();
    return onset.found()
        && onset.low() <= PaperValues.ONSET_HIGH
        && onset.high() >= PaperValues.ONSET_LOW;
  }
}
