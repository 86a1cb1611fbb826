package io.vitrine.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Energy barriers dE(x), entropic terms Sigma(x) and the onset temperature T0 from a table of
 * counts: weighted Kramers fits bin by bin, then one joint fit of all bins.
 *
 * <p>Errors of dE and Sigma: from the fit's covariance where counts are independent, from bootstrap
 * replicas where they are not. The interval of T0 always comes from replicas; percentiles are taken
 * of 1/T0, so replicas whose lines meet beyond infinite temperature count as such. Same table,
 * settings and seed give the same bits. Cost: replicas x 100 passes over the table.
 *
 * <p>Reference: Schoenholz et al., Nature Physics 12, 469 (2016), doi:10.1038/nphys3560. The factor
 * T of ln(T P_R) is the paper's; it can be switched off.
 *
 * @param settings how it was made
 * @param fits one a bin of the table
 * @param onset T0
 */
public record BarrierAnalysis(KramersSettings settings, List<KramersFit> fits, Onset onset) {
  private static final double LOW = 15.865525393145708; // percent below -1 sigma
  private static final double HIGH = 100 - LOW;

  /** Freezes the list. */
  public BarrierAnalysis {
    fits = List.copyOf(fits);
  }

  /** Analyses a table. */
  public static BarrierAnalysis of(RateTable table, RateErrors errors, KramersSettings settings) {
    double[][] variances = errors.logVariances(table, settings.replicas(), settings.seed());
    List<LogRates> rates = new ArrayList<>();
    List<KramersFit> fits = new ArrayList<>();
    List<Integer> fitted = new ArrayList<>();
    for (int b = 0; b < table.bins(); b++) {
      LogRates bin = LogRates.of(table, b, variances, settings);
      KramersFit fit = KramersFit.of(table.low(b), table.high(b), bin);
      rates.add(bin);
      fits.add(fit);
      if (fit.fitted()) {
        fitted.add(b);
      }
    }
    Replicas replicas = new Replicas(table, errors, settings, variances, rates, fitted);
    if (errors.correlated() && !fitted.isEmpty()) {
      replicas.replaceErrors(fits);
    }
    String refusal = OnsetFit.refusal(fits);
    Onset onset =
        refusal.isEmpty()
            ? replicas.onset(OnsetFit.fit(fitted.stream().map(rates::get).toList()))
            : Onset.refused(refusal);
    return new BarrierAnalysis(settings, fits, onset);
  }

  /** The fits of all replicas, with the variances and points of the table itself. */
  private static final class Replicas {
    private final KramersSettings settings;
    private final double[] u0;
    private final double[][] dE;
    private final double[][] sigma;
    private final double[][] curvature;
    private final List<Integer> fitted;

    Replicas(
        RateTable table,
        RateErrors errors,
        KramersSettings settings,
        double[][] variances,
        List<LogRates> rates,
        List<Integer> fitted) {
      this.settings = settings;
      this.fitted = fitted;
      int count = settings.replicas();
      u0 = new double[count];
      dE = new double[fitted.size()][count];
      sigma = new double[fitted.size()][count];
      curvature = new double[fitted.size()][count];
      RandomGenerator random = new Well19937c(settings.seed() + 1);
      for (int r = 0; r < count; r++) {
        RateTable drawn = errors.redraw(table, random);
        List<LogRates> lines = new ArrayList<>();
        for (int f = 0; f < fitted.size(); f++) {
          int b = fitted.get(f);
          LogRates line = rates.get(b).from(drawn, b, variances[b], settings.prefactor());
          if (line.count() >= 2) {
            lines.add(line);
          }
          if (errors.correlated()) {
            KramersFit fit = KramersFit.of(table.low(b), table.high(b), line);
            dE[f][r] = fit.dE();
            sigma[f][r] = fit.sigma();
            curvature[f][r] = fit.curvature();
          }
        }
        u0[r] = lines.size() < 2 ? Double.NaN : OnsetFit.fit(lines).u0();
      }
    }

    void replaceErrors(List<KramersFit> fits) {
      for (int f = 0; f < fitted.size(); f++) {
        int b = fitted.get(f);
        fits.set(b, fits.get(b).withErrors(spread(dE[f]), spread(sigma[f]), spread(curvature[f])));
      }
    }

    Onset onset(OnsetFit.Meeting meeting) {
      if (!(meeting.u0() > 0)) {
        return Onset.refused(
            "the lines must meet at a positive temperature, but 1/T0 was " + meeting.u0());
      }
      double[] known = Arrays.stream(u0).filter(Double::isFinite).toArray();
      if (known.length < 0.9 * settings.replicas()) {
        return Onset.refused(
            "the lines must meet in 90% of the replicas, but did in "
                + known.length
                + " of "
                + settings.replicas());
      }
      Percentile percentile = new Percentile();
      percentile.setData(known);
      double low = 1 / percentile.evaluate(HIGH);
      double lowest = percentile.evaluate(LOW);
      double high = lowest > 0 ? 1 / lowest : Double.POSITIVE_INFINITY;
      return new Onset(1 / meeting.u0(), (high - low) / 2, low, high, meeting.c(), "");
    }

    private static double spread(double[] values) {
      double[] known = Arrays.stream(values).filter(Double::isFinite).toArray();
      double mean = Arrays.stream(known).average().orElse(Double.NaN);
      double squares = Arrays.stream(known).map(v -> (v - mean) * (v - mean)).sum();
      return Math.sqrt(squares / (known.length - 1));
    }
  }
}
