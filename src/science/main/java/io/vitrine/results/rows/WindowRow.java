package io.vitrine.results.rows;

import io.vitrine.model.Check;
import java.util.List;

/**
 * What one complete window of 11 frames says; key (study, simulation, model, time). Made by a loop
 * in particle order, so the same on every machine.
 *
 * @param study name of the study
 * @param simulation identifier of the simulation
 * @param model name of the classifier; empty where none scored the window
 * @param timeMillis centre of the window, ms of event time
 * @param modelVersion version of the classifier; empty without one
 * @param n number of particles with a p_hop
 * @param hops how many of them have p_hop > p_c
 * @param pHop mean, variance and range of p_hop, sigma^2
 * @param score moments of the score of the structures at t - 2 tau; {@link ScoreMoments#NONE}
 *     without a model
 * @param largestStep largest displacement component between two frames over half the box length: 1
 *     means that unwrapping is ambiguous
 * @param msd mean squared displacement at lags 1..10 frames, sigma^2
 */
public record WindowRow(
    String study,
    String simulation,
    String model,
    long timeMillis,
    String modelVersion,
    long n,
    long hops,
    HopMoments pHop,
    ScoreMoments score,
    double largestStep,
    List<Double> msd)
    implements ResultRow {
  /** Lags of the mean squared displacement. */
  public static final int LAGS = 10;

  /**
   * Moments of p_hop over the particles of one window.
   *
   * @param mean mean, sigma^2
   * @param variance population variance, sigma^4
   * @param min smallest
   * @param max largest
   */
  public record HopMoments(double mean, double variance, double min, double max) {}

  /**
   * Moments of the score w.z - b over the particles of one window.
   *
   * @param mean mean
   * @param sigma population standard deviation
   * @param skewness third standardized moment
   * @param kurtosis fourth standardized moment less 3
   */
  public record ScoreMoments(double mean, double sigma, double skewness, double kurtosis) {
    /** No model scored the window. */
    public static final ScoreMoments NONE =
        new ScoreMoments(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  /** Checks the row. */
  public WindowRow {
    Rule.named("study", study);
    Rule.named("simulation", simulation);
    Rule.clean("model", model);
    Rule.clean("modelVersion", modelVersion);
    Rule.notNegative("n", n);
    if (hops < 0 || hops > n) {
      throw Check.refuse("hops", "lie in [0, n = " + n + "]", hops);
    }
    Check.length("msd", msd.size(), LAGS);
    msd = List.copyOf(msd);
  }

  static WindowRow of(RowCells c) {
    return new WindowRow(
        c.text(),
        c.text(),
        c.text(),
        c.whole(),
        c.text(),
        c.whole(),
        c.whole(),
        new HopMoments(c.real(), c.real(), c.real(), c.real()),
        new ScoreMoments(c.real(), c.real(), c.real(), c.real()),
        c.real(),
        List.of(
            c.real(), c.real(), c.real(), c.real(), c.real(), c.real(), c.real(), c.real(),
            c.real(), c.real()));
  }

  @Override
  public RowKind kind() {
    return RowKind.WINDOW;
  }

  @Override
  public Object[] cells() {
    Object[] cells = new Object[16 + LAGS];
    Object[] first = {
      study,
      simulation,
      model,
      timeMillis,
      modelVersion,
      n,
      hops,
      pHop.mean(),
      pHop.variance(),
      pHop.min(),
      pHop.max(),
      score.mean(),
      score.sigma(),
      score.skewness(),
      score.kurtosis(),
      largestStep
    };
    System.arraycopy(first, 0, cells, 0, first.length);
    for (int lag = 0; lag < LAGS; lag++) {
      cells[16 + lag] = msd.get(lag);
    }
    return cells;
  }
}
