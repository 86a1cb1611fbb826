package io.vitrine.analysis.barriers;

/**
 * The onset temperature T0.
 *
 * @param t0 epsilon / k_B; NaN where refused
 * @param error half the 68% interval; infinite where the interval is open
 * @param low lower end of the 68% bootstrap interval
 * @param high upper end; infinite where lines of some replicas meet at no positive temperature
 * @param systematic largest change of T0 when the coldest or the hottest third of the temperatures,
 *     or one simulation of every temperature that has several, is left out; NaN where the lines of
 *     no part meet
 * @param chiSquared of the lines meeting in one point
 * @param degreesOfFreedom bins - 2
 * @param level common value c of ln(T P_R) there
 * @param reason why there is none; empty where there is
 */
public record Onset(
    double t0,
    double error,
    double low,
    double high,
    double systematic,
    double chiSquared,
    int degreesOfFreedom,
    double level,
    String reason) {
  static Onset refused(String reason) {
    return new Onset(
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        0,
        Double.NaN,
        reason);
  }

  /** True where there is a T0. */
  public boolean found() {
    return reason.isEmpty();
  }
}
