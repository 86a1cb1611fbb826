package io.vitrine.relaxation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The verdict on a simulation: a pure function of its {@link Evidence}. The first rule that applies
 * decides.
 *
 * <ol>
 *   <li><b>crystal</b>: of the M wavevectors at the first peak of S(k) one has more than ln M +
 *       {@value #BRAGG} means. In a liquid each is exponentially distributed, so this has a chance
 *       of 1e-4 a look.
 *   <li><b>composition wave</b>: over the last half of the run the mean of S_cc over the shortest
 *       wavevectors exceeds that of those beyond by more than chance allows ({@link
 *       CompositionBand}).
 *   <li><b>ageing</b>: stretches of 2 tau_alpha differ ({@link Stationarity}; probability {@value
 *       #DRIFT}, shared by the series), and what is left when a beginning, up to half of the run,
 *       is left out is not enough either. Where a series has fewer than six stretches, or tau_alpha
 *       is unknown: its beginning (a block, a tenth, a quarter of the run) differs from the last
 *       half by more than {@value #SPREAD} errors. What is slower than a block of frames has at
 *       most the variance of what is faster (in a cold liquid half of the energy's is vibration),
 *       and a mean over S tau has the part min(1, 2 tau_alpha/S) of it.
 *   <li><b>frozen</b>: F_s has not fallen to 1/e although the run has {@value #LOOK} tau.
 *   <li><b>too short</b>: what is stationary spans fewer than {@value #ENOUGH} tau_alpha.
 *   <li><b>equilibrated</b> since the end of what was left out.
 * </ol>
 */
final class Judge {
  private static final double BRAGG = 9.2;
  private static final double DRIFT = 0.01;
  private static final double SPREAD = 3.5;
  private static final int FEWEST_BLOCKS = 4;
  private static final double LOOK = 100;
  private static final double ENOUGH = 20;

  private final Evidence evidence;
  private final List<String> reasons = new ArrayList<>();

  private Judge(Evidence evidence) {
    this.evidence = evidence;
  }

  static Verdict judge(Evidence evidence) {
    return new Judge(evidence).verdict();
  }

  private Verdict verdict() {
    tellTauAlpha();
    if (evidence.cuts() > 0) {
      say(
          "paths of particles were lost %d times: gaps without image flags that are too wide",
          evidence.cuts());
    }
    boolean crystal = crystal();
    boolean wave = wave();
    long quiet = stationary();
    double start = evidence.start();
    if (crystal) {
      return new Verdict(Verdict.Kind.CRYSTAL, Double.NaN, reasons);
    }
    if (wave) {
      return new Verdict(Verdict.Kind.COMPOSITION_WAVE, Double.NaN, reasons);
    }
    if (quiet < 0) {
      return new Verdict(Verdict.Kind.AGEING, Double.NaN, reasons);
    }
    double since = start + quiet * evidence.interval();
    double span = length() - quiet * evidence.interval();
    double tau = evidence.tauAlpha().atMost();
    if (Double.isInfinite(tau)) {
      double atLeast = ENOUGH * evidence.tauAlpha().above();
      if (length() >= LOOK) {
        say("the run has %.4g tau: equilibrium takes more than %.4g", length(), atLeast);
        return new Verdict(Verdict.Kind.FROZEN, Double.NaN, reasons);
      }
      say("at least %.4g tau more", Math.max(LOOK, atLeast) - length());
      return new Verdict(Verdict.Kind.TOO_SHORT, Double.NaN, reasons);
    }
    boolean enough = span >= ENOUGH * tau && span >= LOOK;
    if (!enough && quiet > 0) {
      say("what is stationary begins at %.6g tau and spans %.4g tau", since, span);
      return new Verdict(Verdict.Kind.AGEING, since, reasons);
    }
    if (!enough) {
      say("%.4g tau more make 20 tau_alpha", Math.max(LOOK, ENOUGH * tau) - span);
      return new Verdict(Verdict.Kind.TOO_SHORT, Double.NaN, reasons);
    }
    return new Verdict(Verdict.Kind.EQUILIBRATED, since, reasons);
  }

  private double length() {
    return evidence.last() * evidence.interval();
  }

  private void tellTauAlpha() {
    RelaxationTime tau = evidence.tauAlpha();
    if (tau.known() && Double.isNaN(tau.error())) {
      say("tau_alpha = %.4g tau of one stretch, run %.4g tau", tau.value(), length());
    } else if (tau.known()) {
      say("tau_alpha = %.4g +- %.2g tau, run %.4g tau", tau.value(), tau.error(), length());
    } else if (tau.above() > 0) {
      say("tau_alpha is longer than %.4g tau, run %.4g tau", tau.above(), length());
    } else if (!Double.isNaN(tau.below())) {
      say("tau_alpha is shorter than %.4g tau, run %.4g tau", tau.below(), length());
    }
  }

  private boolean crystal() {
    double limit = Math.log(evidence.vectors()) + BRAGG;
    boolean found = evidence.largest() > limit;
    if (found) {
      say(
          "S of one wavevector at the first peak is %.4g times its mean, a liquid's below %.3g",
          evidence.largest(), limit);
    }
    return found;
  }

  private boolean wave() {
    CompositionBand band =
        CompositionBand.of(
            evidence.composition(), evidence.last(), evidence.shortest(), evidence.beyond());
    if (!band.known()) {
      return false;
    }
    say(
        "S_cc at k = %.3g is %.3g, %.3g times that beyond (%.3g), in equilibrium below %.3g times",
        evidence.wavenumber(), band.shortest(), band.ratio(), band.beyond(), band.highest());
    return band.ratio() > band.highest();
  }

  /** The first frame from which on all series are stationary; -1 where there is none. */
  private long stationary() {
    long step = 1;
    for (Evidence.Series series : evidence.series()) {
      step = Math.max(step, series.blocks().length());
    }
    String why = "";
    for (long from = 0; from <= evidence.last() / 2; from += step) {
      why = "";
      for (Evidence.Series series : evidence.series()) {
        double[] means = means(series, from);
        if (means.length < Stationarity.FEWEST) {
          why = series.squares() && why.isEmpty() ? spread(series) : why;
        } else {
          double p = Stationarity.probability(means);
          if (p * evidence.series().size() < DRIFT) {
            why = drift(series, means, p);
          }
        }
      }
      if (why.isEmpty()) {
        return from;
      }
    }
    reasons.add(why);
    return -1;
  }

  /** Means of stretches that are longer than the series remembers, the last one if it is whole. */
  private static double[] means(Evidence.Series series, long from) {
    double[][] rows = series.blocks().rows(from, RelaxationCurves.BLOCK * series.memory());
    double most = 0;
    for (double[] row : rows) {
      most = Math.max(most, row[0]);
    }
    int n = 0;
    double[] means = new double[rows.length];
    for (double[] row : rows) {
      if (row[0] > most / 2) {
        means[n++] = series.sum(row) / row[0];
      }
    }
    return Arrays.copyOf(means, n);
  }

  /**
   * What is told of a series of too few stretches whose beginning differs from its last half by
   * more than single configurations differ; empty where it does not. Always over the whole run.
   */
  private static String spread(Evidence.Series series) {
    double[][] rows = series.blocks().rows(0, 0);
    if (rows.length < FEWEST_BLOCKS) {
      return "";
    }
    double single = single(series, rows);
    int half = rows.length / 2;
    double late = mean(series, rows, half, rows.length);
    for (int part : new int[] {rows.length, 10, 4}) {
      int head = Math.max(1, rows.length / part);
      double early = mean(series, rows, 0, head);
      double length = series.blocks().length();
      double variance = part(series, head * length) + part(series, (rows.length - half) * length);
      double errors = Math.abs(early - late) / (single * Math.sqrt(variance));
      if (errors > SPREAD) {
        return format(
            "%s goes from %.6g to %.6g, %.3g times its error", series.name(), early, late, errors);
      }
    }
    return "";
  }

  /** The variance of a mean over so many frames, in those of single frames. */
  private static double part(Evidence.Series series, double frames) {
    return Math.min(1, RelaxationCurves.BLOCK * series.memory() / frames);
  }

  /** Standard deviation of single frames about the means of their blocks. */
  private static double single(Evidence.Series series, double[][] rows) {
    double sum = 0;
    double count = 0;
    for (double[] row : rows) {
      sum += series.squares(row) - series.sum(row) * series.sum(row) / row[0];
      count += row[0] - 1;
    }
    return Math.sqrt(Math.max(0, sum) / count);
  }

  private static double mean(Evidence.Series series, double[][] rows, int from, int to) {
    double sum = 0;
    double count = 0;
    for (int b = from; b < to; b++) {
      sum += series.sum(rows[b]);
      count += rows[b][0];
    }
    return sum / count;
  }

  private static String drift(Evidence.Series series, double[] means, double p) {
    return format(
        "%s goes from %.6g to %.6g in successive stretches, by chance with %.2g",
        series.name(), means[0], means[means.length - 1], p);
  }

  private void say(String text, Object... values) {
    reasons.add(format(text, values));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
