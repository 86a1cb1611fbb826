package io.vitrine.analysis.barriers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Energy barriers dE(x), entropic terms Sigma(x) and the onset temperature T0 from a table of
 * counts: Kramers fits by likelihood bin by bin, then the point where their lines meet.
 *
 * <p>A bin needs three temperatures, so that its line has a chi^2, and T0 three below itself.
 *
 * <p>Errors of dE and Sigma: from the fit's covariance where counts are independent, from bootstrap
 * replicas where they are not. The interval of T0 always comes from replicas; percentiles are taken
 * of 1/T0, so replicas whose lines meet beyond infinite temperature count as such. Same table,
 * settings and seed give the same bits. Cost: replicas x 10 passes over the table.
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
    double[][] effects = errors.effects(table, settings.replicas(), settings.seed());
    List<RateTable> leftOut = errors.leftOut(table);
    List<RatePoints> points = new ArrayList<>();
    List<KramersFit> fits = new ArrayList<>();
    List<Integer> fitted = new ArrayList<>();
    for (int b = 0; b < table.bins(); b++) {
      RatePoints bin = RatePoints.of(table, b, effects, settings);
      KramersFit fit = KramersFit.of(table, b, bin, leftOut, settings);
      points.add(bin);
      fits.add(fit);
      if (fit.fitted()) {
        fitted.add(b);
      }
    }
    Replicas replicas = new Replicas(table, errors, settings, points, fitted);
    if (errors.correlated() && !fitted.isEmpty()) {
      replicas.replaceErrors(fits);
    }
    OnsetFit.Meeting meeting = meeting(table, points, fitted, settings, 0, 1);
    String refusal = OnsetFit.refusal(fits);
    if (refusal.isEmpty()) {
      refusal = tooFewBelow(1 / meeting.u0(), table, points, fitted);
    }
    if (!refusal.isEmpty()) {
      return new BarrierAnalysis(settings, fits, Onset.refused(refusal));
    }
    DoubleStream.Builder others = DoubleStream.builder();
    others.add(meeting(table, points, fitted, settings, 0, 2.0 / 3).u0());
    others.add(meeting(table, points, fitted, settings, 1.0 / 3, 1).u0());
    for (RateTable other : leftOut) {
      others.add(meeting(other, points, fitted, settings, 0, 1).u0());
    }
    return new BarrierAnalysis(
        settings, fits, replicas.onset(meeting, largest(1 / meeting.u0(), others.build())));
  }

  /** The fit of the bin centred at x = 0; null where there is no such bin. */
  public KramersFit atZero() {
    return fits.stream().filter(f -> Math.abs(f.low() + f.high()) < 1e-9).findFirst().orElse(null);
  }

  /** chi^2 of all bins together. */
  public double chiSquared() {
    return fits.stream().filter(KramersFit::fitted).mapToDouble(KramersFit::chiSquared).sum();
  }

  /** Degrees of freedom of all bins together. */
  public int degreesOfFreedom() {
    return fits.stream().filter(KramersFit::fitted).mapToInt(KramersFit::degreesOfFreedom).sum();
  }

  /**
   * Analyses of a table over several ranges, of those that hold the same temperatures one.
   *
   * @param below ends of the ranges; infinity for all temperatures
   */
  public static List<Range> ranges(
      RateTable table, RateErrors errors, KramersSettings settings, double... below) {
    SortedMap<Integer, List<Double>> ends = new TreeMap<>();
    for (double end : below) {
      int inside = 0;
      while (inside < table.temperatures() && table.temperature(inside) < end) {
        inside++;
      }
      ends.computeIfAbsent(inside, n -> new ArrayList<>()).add(end);
    }
    List<Range> ranges = new ArrayList<>();
    for (List<Double> same : ends.values()) {
      ranges.add(new Range(same, of(table, errors, settings.below(same.get(0)))));
    }
    return ranges;
  }

  /**
   * One of several ranges.
   *
   * @param below its ends: several where they hold the same temperatures
   * @param found what was found in it
   */
  public record Range(List<Double> below, BarrierAnalysis found) {
    /** Freezes the list. */
    public Range {
      below = List.copyOf(below);
    }
  }

  /** A crossing far outside of what was measured is no onset: what it lacks, or nothing. */
  private static String tooFewBelow(
      double t0, RateTable table, List<RatePoints> points, List<Integer> fitted) {
    TreeSet<Double> colder = new TreeSet<>();
    for (int b : fitted) {
      for (int t : points.get(b).temperatures) {
        if (table.temperature(t) < t0) {
          colder.add(table.temperature(t));
        }
      }
    }
    return !(t0 > 0) || colder.size() >= KramersFit.FEWEST
        ? ""
        : String.format(
            Locale.ROOT,
            "%d temperatures below the crossing at %.3f are needed, but there were %d: %s",
            KramersFit.FEWEST,
            t0,
            colder.size(),
            colder);
  }

  /** Where the lines meet through a part of each bin's temperatures, counted from the coldest. */
  private static OnsetFit.Meeting meeting(
      RateTable table,
      List<RatePoints> points,
      List<Integer> fitted,
      KramersSettings settings,
      double from,
      double to) {
    List<RateLine> lines = new ArrayList<>();
    for (int b : fitted) {
      int n = points.get(b).count();
      int left = Math.max(1, n / 3);
      RateLine line =
          RateLine.of(
              points.get(b).part(table, b, from > 0 ? left : 0, to < 1 ? n - left : n),
              1,
              settings);
      if (line != null) {
        lines.add(line);
      }
    }
    return lines.size() < 2
        ? new OnsetFit.Meeting(Double.NaN, Double.NaN, Double.NaN)
        : OnsetFit.fit(lines);
  }

  private static double largest(double t0, DoubleStream others) {
    return others.filter(u -> u > 0).map(u -> Math.abs(1 / u - t0)).max().orElse(Double.NaN);
  }

  /** The fits of all replicas, at the temperatures and with the design effects of the table. */
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
        List<RatePoints> points,
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
        List<RateLine> lines = new ArrayList<>();
        for (int f = 0; f < fitted.size(); f++) {
          int b = fitted.get(f);
          RatePoints drawnPoints = points.get(b).from(drawn, b);
          RateLine line = RateLine.of(drawnPoints, 1, settings);
          if (line != null) {
            lines.add(line);
          }
          if (errors.correlated()) {
            RateLine parabola = RateLine.of(drawnPoints, 2, settings);
            dE[f][r] = line == null ? Double.NaN : -line.slope();
            sigma[f][r] = line == null ? Double.NaN : line.at(0);
            curvature[f][r] = parabola == null ? Double.NaN : parabola.leading();
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

    Onset onset(OnsetFit.Meeting meeting, double systematic) {
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
      return new Onset(
          1 / meeting.u0(),
          (high - low) / 2,
          low,
          high,
          systematic,
          meeting.chiSquared(),
          fitted.size() - 2,
          meeting.c(),
          "");
    }

    private static double spread(double[] values) {
      double[] known = Arrays.stream(values).filter(Double::isFinite).toArray();
      double mean = Arrays.stream(known).average().orElse(Double.NaN);
      double squares = Arrays.stream(known).map(v -> (v - mean) * (v - mean)).sum();
      return Math.sqrt(squares / (known.length - 1));
    }
  }
}
