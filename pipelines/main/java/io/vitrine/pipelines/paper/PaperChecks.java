package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vitrine.analysis.barriers.KramersFit;
import java.util.Map;
import java.util.function.Predicate;

/** What must hold of a reproduction, and whether it does. */
final class PaperChecks {
  /** The range of x over which dE must fall. */
  private static final double RANGE = 1.5;

  private final Map<String, PaperClassifier> classifiers;
  private final boolean printed;

  /** Where the mixture is another one, what is printed is no check. */
  PaperChecks(Map<String, PaperClassifier> classifiers, boolean printed) {
    this.classifiers = classifiers;
    this.printed = printed;
  }

  void addTo(ArrayNode checks) {
    if (printed) {
      check(checks, "sigma within 20% of the paper's at every training T", sigmaHolds());
    }
    check(
        checks,
        "b_best negative for fluidities, positive for softness",
        all(c -> c.isSoftness() ? c.best() > 0 : c.best() < 0));
    check(checks, "b_best of the coldest fluidity nearest zero", nearestZero());
    check(checks, "mean fluidity monotonic in T", all(c -> c.isSoftness() || monotonic(c)));
    check(checks, "dE at x=0 of each fluidity within 10% of softness's", barriersAgree());
    check(checks, "dE falls with x over -1.5..1.5, all classifiers", all(this::falls));
    if (printed) {
      check(checks, "68% interval of T0 overlaps 0.8-1.2, all classifiers", all(this::onset));
    }
  }

  private static void check(ArrayNode checks, String what, boolean holds) {
    checks.addObject().put("check", what).put("holds", holds);
  }

  private boolean all(Predicate<PaperClassifier> test) {
    return classifiers.values().stream().allMatch(test);
  }

  private boolean sigmaHolds() {
    return all(c -> c.printed() == null || Math.abs(c.sigma() / c.printed().sigma() - 1) <= 0.2);
  }

  private boolean nearestZero() {
    double first = Math.abs(classifiers.values().iterator().next().best());
    return all(c -> c.isSoftness() || Math.abs(c.best()) >= first);
  }

  private static boolean monotonic(PaperClassifier c) {
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
    KramersFit reference = classifiers.get(PaperFolder.SOFTNESS).atZero();
    return reference != null
        && all(c -> c.atZero() != null && Math.abs(c.atZero().dE() / reference.dE() - 1) <= 0.1);
  }

  private boolean falls(PaperClassifier c) {
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

  private boolean onset(PaperClassifier c) {
    var onset = c.barriers().onset();
    return onset.found()
        && onset.low() <= PaperValues.ONSET_HIGH
        && onset.high() >= PaperValues.ONSET_LOW;
  }
}
