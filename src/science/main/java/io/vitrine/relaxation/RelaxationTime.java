package io.vitrine.relaxation;

import java.util.List;

/**
 * tau_alpha: when F_s falls to 1/e, interpolated linearly in ln t between the lags around it.
 *
 * <p>Where the run does not reach it, or has it before its first lag, only a bound is known.
 *
 * @param value tau; NaN where only a bound is known
 * @param error standard error, from that of F_s over its slope; NaN where unknown
 * @param above the longest lag known to be shorter, tau; 0 where none is
 * @param below the shortest lag known to be longer, tau; NaN where none is
 */
public record RelaxationTime(double value, double error, double above, double below) {
  private static final double LEVEL = Math.exp(-1);

  /** Reads tau_alpha off F_s at ascending lags. */
  static RelaxationTime of(List<RelaxationPoint> scattering) {
    RelaxationPoint before = null;
    for (RelaxationPoint point : scattering) {
      if (point.value() <= LEVEL) {
        return before == null
            ? new RelaxationTime(Double.NaN, Double.NaN, 0, point.lag())
            : between(before, point);
      }
      before = point;
    }
    return new RelaxationTime(
        Double.NaN, Double.NaN, before == null ? 0 : before.lag(), Double.NaN);
  }

  private static RelaxationTime between(RelaxationPoint a, RelaxationPoint b) {
    double part = (a.value() - LEVEL) / (a.value() - b.value());
    double width = Math.log(b.lag() / a.lag());
    double value = a.lag() * Math.exp(part * width);
    double error = a.error() + part * (b.error() - a.error());
    double slope = (a.value() - b.value()) / width;
    return new RelaxationTime(value, value * error / slope, a.lag(), b.lag());
  }

  /** Whether it is known as a number. */
  public boolean known() {
    return !Double.isNaN(value);
  }

  /** The smallest bound from above: the value, the lag that is longer, or infinity. */
  double atMost() {
    return known() ? value : Double.isNaN(below) ? Double.POSITIVE_INFINITY : below;
  }
}
