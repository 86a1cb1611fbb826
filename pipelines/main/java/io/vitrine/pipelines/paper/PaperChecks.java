package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitrine.analysis.barriers.KramersFit;
import io.vitrine.analysis.barriers.Onset;
import io.vitrine.learning.BiasScan;
import io.vitrine.model.TrainingSet;
import io.vitrine.pipelines.figures.Plot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What must hold of one reading if the paper is right and we read it as its authors did. Each can
 * fail; what was found is said beside it.
 */
final class PaperChecks {
  /** The range of x over which dE must fall. */
  private static final double RANGE = 1.5;

  /** Combined errors within which two numbers are the same. */
  private static final double ERRORS = 2;

  /** Chance of chi^2 below which a straight line is refuted. */
  private static final double REFUTED = 0.01;

  /** Points of accuracy: what "almost as good" and "weakly dependent" leave, and less. */
  private static final double ALMOST = 0.03;

  /** Points of accuracy: the least that is "substantially lower". */
  private static final double SUBSTANTIAL = 0.03;

  /**
   * One of them.
   *
   * @param what must hold
   * @param found in numbers
   * @param holds whether it does
   */
  record Check(String what, String found, boolean holds) {}

  private final PaperResults results;
  private final PaperReading reading;
  private final List<PaperClassifier> all;
  private final List<PaperClassifier> fluidities;
  private final PaperClassifier softness;
  private final List<Check> checks = new ArrayList<>();

  private PaperChecks(PaperResults results, PaperReading reading) {
    this.results = results;
    this.reading = reading;
    this.all = results.of(reading);
    this.fluidities = results.fluidities(reading);
    this.softness = results.softness(reading);
  }

  /** All checks; where the mixture is another one, what is printed is none. */
  static List<Check> of(PaperResults results, PaperReading reading) throws IOException {
    PaperChecks checks = new PaperChecks(results, reading);
    if (results.scale().isThePapers()) {
      checks.printed();
    }
    checks.classifiers();
    checks.barriers();
    checks.accuracies();
    return checks.checks;
  }

  private void check(String what, String found, boolean holds) {
    checks.add(new Check(what, found, holds));
  }

  /** Holds where the largest of the numbers is at most {@code limit}; NaN fails. */
  private void atMost(
      String what,
      List<PaperClassifier> of,
      ToDoubleFunction<PaperClassifier> number,
      double limit) {
    double largest = Double.NEGATIVE_INFINITY;
    String name = "";
    for (PaperClassifier c : of) {
      double value = number.applyAsDouble(c);
      if (!(value <= largest)) {
        largest = value;
        name = c.name();
      }
    }
    check(what, "at most " + Plot.number(largest, 3) + ", " + name, largest <= limit);
  }

  private void printed() {
    atMost(
        "sigma within 20% of the printed one",
        all, c -> Math.abs(c.sigma() / c.printed().sigma() - 1), 0.2);
    atMost(
        "b within 0.05 of the printed one",
        all,
        c -> Math.abs(c.train() - c.printed().bias()),
        0.05);
    atMost(
        "b within 0.05 of the printed one, features standardized over the set",
        all,
        c -> Math.abs(PaperClassifier.number(c.bySet(), "bias_train") - c.printed().bias()),
        0.05);
    atMost(
        "printed b_best within our plateau: distance from its middle in half widths",
        all,
        c -> Math.abs(c.best() - c.printed().best()) / halfWidth(c),
        1);
    atMost(
        "b_best - b within 0.15 of the printed one",
        all,
        c -> Math.abs(c.difference() - c.printed().difference()),
        0.15);
    atMost(
        "cosine with softness within 0.1 of the printed one",
        fluidities,
        c -> Math.abs(c.cosines().get(softness.name()) - c.printed().cosine()),
        0.1);
    PaperClassifier far = furthestOnset();
    check(
        "68% interval of T0 overlaps 0.8 to 1.2, all classifiers",
        far == null ? "all" : far.name() + " " + onset(far), far == null);
  }

  private static double halfWidth(PaperClassifier c) {
    JsonNode ends = c.report().path("bias_best_interval");
    return (ends.path(1).asDouble(Double.NaN) - ends.path(0).asDouble(Double.NaN)) / 2;
  }

  private static String onset(PaperClassifier c) {
    Onset onset = c.counts().barriers().onset();
    return onset.found()
        ? Plot.number(onset.low(), 3) + " to " + Plot.number(onset.high(), 3)
        : onset.reason();
  }

  private PaperClassifier furthestOnset() {
    for (PaperClassifier c : results.counted(reading)) {
      Onset onset = c.counts().barriers().onset();
      if (!onset.found()
          || onset.low() > PaperValues.ONSET_HIGH
          || onset.high() < PaperValues.ONSET_LOW) {
        return c;
      }
    }
    return null;
  }

  private void classifiers() {
    StringBuilder best = new StringBuilder();
    boolean signs = true;
    boolean nearest = true;
    double first = Math.abs(fluidities.get(0).best());
    for (PaperClassifier c : all) {
      best.append(best.isEmpty() ? "" : ", ").append(Plot.number(c.best(), 3));
      signs &= c.isSoftness() ? c.best() > 0 : c.best() < 0;
      nearest &= c.isSoftness() || Math.abs(c.best()) >= first;
    }
    check("b_best negative for fluidities, positive for softness", best.toString(), signs);
    check("b_best of the coldest fluidity nearest zero", best.toString(), nearest);
    List<String> turns =
        fluidities.stream().filter(c -> !monotonic(c)).map(PaperClassifier::name).toList();
    check(
        "mean fluidity monotonic in T", turns.isEmpty() ? "all" : "not " + turns, turns.isEmpty());
  }

  private static boolean monotonic(PaperClassifier c) {
    double before = Double.NaN;
    int sign = 0;
    for (double[] m : c.counts().moments().values()) {
      int step = Double.isNaN(before) ? 0 : (int) Math.signum(m[0] - before);
      if (step != 0 && sign != 0 && step != sign) {
        return false;
      }
      sign = step == 0 ? sign : step;
      before = m[0];
    }
    return true;
  }

  private void barriers() {
    KramersFit reference = softness.counts().atZero();
    atMost(
        "dE at x = 0 of each fluidity within 10% of softness's",
        fluidities, c -> Math.abs(dE(c.counts().atZero()) / dE(reference) - 1), 0.1);
    atMost(
        "dE at x = 0 of each fluidity equal to softness's within 2 combined errors",
        fluidities,
        c -> apart(c.counts().atZero(), reference),
        ERRORS);
    Onset onset = softness.counts().barriers().onset();
    atMost(
        "T0 of each fluidity equal to softness's within 2 combined errors",
        fluidities,
        c -> apart(c.counts().barriers().onset(), onset),
        ERRORS);
    atMost(
        "a straight line describes P_R at x = 0: 1 - chance of its chi^2",
        results.counted(reading),
        c -> c.counts().atZero() == null ? Double.NaN : 1 - c.counts().atZero().goodness(),
        1 - REFUTED);
    List<String> rising =
        results.counted(reading).stream()
            .filter(c -> !falls(c))
            .map(PaperClassifier::name)
            .toList();
    check(
        "dE falls with x over -1.5 to 1.5, all classifiers",
        rising.isEmpty() ? "all" : "not " + rising,
        rising.isEmpty());
  }

  private static double dE(KramersFit fit) {
    return fit == null ? Double.NaN : fit.dE();
  }

  /** Difference over the statistical and systematic errors of both. */
  private static double apart(KramersFit a, KramersFit b) {
    return a == null || b == null
        ? Double.NaN
        : apart(a.dE() - b.dE(), a.dEError(), b.dEError(), a.dESystematic(), b.dESystematic());
  }

  private static double apart(Onset a, Onset b) {
    return apart(a.t0() - b.t0(), a.error(), b.error(), a.systematic(), b.systematic());
  }

  private static double apart(double difference, double... errors) {
    double squares = 0;
    for (double error : errors) {
      squares += error * error;
    }
    return Math.abs(difference) / Math.sqrt(squares);
  }

  private static boolean falls(PaperClassifier c) {
    double before = Double.POSITIVE_INFINITY;
    for (KramersFit fit : c.counts().barriers().fits()) {
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

  /** What the text says of figures 1, 2, 7 and 8; it gives no numbers. */
  private void accuracies() throws IOException {
    atMost(
        "figure 1: near-peak accuracy at small b (peak less accuracy at 0 at most 0.01)",
        fluidities,
        c -> c.peak() - c.accuracyAt(0),
        0.01);
    double gap = Double.NEGATIVE_INFINITY;
    for (PaperClassifier c : fluidities) {
      TrainingSet hot = PaperScores.set(results, c.name());
      double own = BiasScan.of(PaperScores.raw(c.model(), hot), hot.labels()).best().accuracy();
      double other =
          BiasScan.of(PaperScores.raw(softness.model(), hot), hot.labels()).best().accuracy();
      gap = Math.max(gap, own - other);
    }
    check(
        "figure 1, inset: softness almost as good (0.03) on the hot sets as those trained on them",
        "at most " + Plot.number(gap, 3) + " less",
        gap <= ALMOST);
    atMost(
        "figure 2: every fluidity right for 60% of the test set: 1 - accuracy",
        fluidities,
        c -> 1 - c.report().path("accuracies").path("test_best").asDouble(Double.NaN),
        0.4);
    double[] fractions = PaperScores.byFraction(results, reading);
    double spread = 0;
    for (double a : fractions) {
      for (double b : fractions) {
        spread = Math.max(spread, a - b);
      }
    }
    check(
        "figure 7: accuracy depends weakly (0.03) on the fraction of the tails",
        "differs by " + Plot.number(spread, 3),
        spread <= ALMOST);
    check(
        "figure 7: more extreme events are easier",
        Plot.number(fractions[0], 3) + " to " + Plot.number(fractions[fractions.length - 1], 3),
        fractions.length > 1 && fractions[0] > fractions[fractions.length - 1]);
    PaperScores.Gap random = PaperScores.random(results, reading);
    check(
        "figure 8: immobile or random substantially lower (by 0.03 and 3 errors) than or mobile",
        Plot.number(random.gap(), 3) + " +- " + Plot.number(random.error(), 3),
        random.gap() >= Math.max(SUBSTANTIAL, 3 * random.error()));
  }
}
