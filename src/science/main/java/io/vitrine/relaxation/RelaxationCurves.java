package io.vitrine.relaxation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Relaxation functions out of sums over pairs of frames, with errors that know tau_alpha.
 *
 * <p>From a row of sums over P pairs of frames and N particles: F_s = sum/(P N), msd = &lt;r^2&gt;,
 * alpha_2 = 3 &lt;r^4&gt; / (5 &lt;r^2&gt;^2) - 1 (&lt;r^4&gt; / (2 &lt;r^2&gt;^2) - 1 in two
 * dimensions), Q = &lt;r &lt;= a&gt;, chi_4 = N (&lt;q^2&gt; - &lt;q&gt;^2) over origins, q the
 * overlap of one origin. chi_4 is computed from whole numbers and loses no digits.
 *
 * <p>Standard errors by the delete-one jackknife over blocks of origins that are longer than the
 * lag and than 2 tau_alpha: what is measured within one relaxation time is one measurement. Where
 * the run does not reach tau_alpha there is one block, and the error is not known.
 *
 * @see <a href="https://doi.org/10.1063/1.1605094">Lacevic et al. 2003</a> for Q and chi_4
 * @see <a href="https://doi.org/10.1103/PhysRevE.51.4626">Kob and Andersen 1995</a> for F_s,
 *     alpha_2
 */
final class RelaxationCurves {
  /** Blocks are at least this many tau_alpha long. */
  static final double BLOCK = 2;

  private final RelaxationSpec spec;
  private final double interval;
  private final List<Level> levels;

  /**
   * @param interval of frames, tau
   * @param levels sums, level 0 first
   */
  RelaxationCurves(RelaxationSpec spec, double interval, List<Level> levels) {
    this.spec = spec;
    this.interval = interval;
    this.levels = levels;
  }

  /** tau_alpha of a species of n particles. */
  RelaxationTime time(int species, int n) {
    ToDoubleFunction<double[]> first = row -> row[1] / (row[0] * n);
    RelaxationTime bare = RelaxationTime.of(points(species, "", first, "", 0, 0));
    return RelaxationTime.of(points(species, "", first, "", 0, bare.atMost()));
  }

  /** All functions of a species of n particles. */
  List<RelaxationPoint> points(int species, String name, int n, double tauAlpha) {
    List<RelaxationPoint> all = new ArrayList<>();
    int waves = spec.wavevectors().size();
    for (int w = 0; w < waves; w++) {
      int column = w + 1;
      all.addAll(
          points(
              species,
              name,
              row -> row[column] / (row[0] * n),
              RelaxationPoint.SCATTERING,
              spec.wavevectors().get(w),
              tauAlpha));
    }
    ToDoubleFunction<double[]> msd = row -> row[waves + 1] / (row[0] * n);
    double gauss = spec.dimensions() == 3 ? 3.0 / 5 : 1.0 / 2;
    ToDoubleFunction<double[]> alpha2 =
        row -> {
          double square = msd.applyAsDouble(row);
          return gauss * (row[waves + 2] / (row[0] * n)) / (square * square) - 1;
        };
    ToDoubleFunction<double[]> q = row -> row[waves + 3] / (row[0] * n);
    ToDoubleFunction<double[]> chi4 = row -> chi4(row[0], row[waves + 3], row[waves + 4], n);
    all.addAll(points(species, name, msd, RelaxationPoint.MSD, Double.NaN, tauAlpha));
    all.addAll(points(species, name, alpha2, RelaxationPoint.ALPHA2, Double.NaN, tauAlpha));
    all.addAll(points(species, name, q, RelaxationPoint.OVERLAP, Double.NaN, tauAlpha));
    all.addAll(points(species, name, chi4, RelaxationPoint.CHI4, Double.NaN, tauAlpha));
    return all;
  }

  private static double chi4(double pairs, double sum, double squares, int n) {
    BigDecimal first = new BigDecimal(sum);
    BigDecimal variance =
        new BigDecimal(pairs).multiply(new BigDecimal(squares)).subtract(first.multiply(first));
    return variance.doubleValue() / (pairs * pairs) / n;
  }

  private List<RelaxationPoint> points(
      int species,
      String name,
      ToDoubleFunction<double[]> value,
      String observable,
      double wavevector,
      double tauAlpha) {
    List<RelaxationPoint> points = new ArrayList<>();
    for (int level = 0; level < levels.size(); level++) {
      for (int m = Lags.first(level); m < Lags.SPAN; m++) {
        TimeBlocks blocks = levels.get(level).of(species, m);
        double[] total = blocks.total();
        if (total.length > 0 && total[0] > 0) {
          long lag = Lags.lag(level, m);
          double[][] rows = blocks.rows(0, Math.max((double) lag, BLOCK * tauAlpha / interval));
          points.add(
              new RelaxationPoint(
                  name,
                  observable,
                  wavevector,
                  Math.round(lag * interval * 1000),
                  value.applyAsDouble(total),
                  jackknife(value, total, rows),
                  rows.length,
                  (long) total[0]));
        }
      }
    }
    return points;
  }

  /** sqrt((B - 1)/B sum_b (f_b - f)^2), f_b without block b, f the mean of the f_b. */
  private static double jackknife(
      ToDoubleFunction<double[]> value, double[] total, double[][] rows) {
    int b = rows.length;
    if (b < 2) {
      return Double.NaN;
    }
    double[] without = new double[b];
    double mean = 0;
    for (int i = 0; i < b; i++) {
      double[] rest = total.clone();
      for (int c = 0; c < rest.length; c++) {
        rest[c] -= rows[i][c];
      }
      without[i] = value.applyAsDouble(rest);
      mean += without[i] / b;
    }
    double sum = 0;
    for (double f : without) {
      sum += (f - mean) * (f - mean);
    }
    return Math.sqrt((b - 1.0) / b * sum);
  }
}
