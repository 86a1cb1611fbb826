package io.vitrine.dynamics;

import io.vitrine.model.Check;

/**
 * Where frames may lie in time: one interval apart from the first frame on, to the millisecond.
 *
 * <p>Event time is simulation time, 1 tau = 1000 ms, rounded to the millisecond. A frame lies on
 * the grid when its time is within {@link #TOLERANCE} of a grid point; it then counts as that
 * point. The interval divides 1 tau, so that 5 tau and 2 tau are whole frames. A grid is told from
 * another of the same interval by any of its points.
 *
 * @param intervalMillis distance of two frames of a window, ms of event time (1000 = 1 tau)
 */
public record TimeGrid(long intervalMillis) {
  /** Milliseconds of event time in one tau. */
  public static final long MILLIS_PER_TAU = 1000;

  /** How far a frame's time may lie off a grid point, tau. */
  public static final double TOLERANCE = 1e-3;

  /** Up to here a double is known to a ten-thousandth of tau, tau. */
  static final double LATEST = 1e12;

  /** Refuses an interval that does not divide 1 tau. */
  public TimeGrid {
    if (intervalMillis <= 0 || MILLIS_PER_TAU % intervalMillis != 0) {
      throw Check.refuse("interval", "divide 1 tau", intervalMillis / 1000.0 + " tau");
    }
  }

  /** The grid whose interval is given in tau. */
  public static TimeGrid of(double intervalTau) {
    Check.positive("interval", intervalTau);
    long millis = Math.round(intervalTau * MILLIS_PER_TAU);
    if (Math.abs(millis - intervalTau * MILLIS_PER_TAU) > 1e-6) {
      throw Check.refuse("interval", "be a whole number of thousandths of tau", intervalTau);
    }
    return new TimeGrid(millis);
  }

  /** The interval, tau. */
  public double interval() {
    return intervalMillis / (double) MILLIS_PER_TAU;
  }

  /**
   * The grid point at which a grid begins whose first frame has this time (tau), ms: the multiple
   * of the interval that the time is at, within the tolerance, else the time itself.
   */
  public long begin(double time) {
    long multiple = near(time, 0);
    return offset(time, multiple) <= TOLERANCE ? multiple : Math.round(time * MILLIS_PER_TAU);
  }

  /** The point nearest to a time (tau) of the grid that has the point {@code known} (ms), ms. */
  public long near(double time, long known) {
    long phase = Math.floorMod(known, intervalMillis);
    return Math.round((time * MILLIS_PER_TAU - phase) / intervalMillis) * intervalMillis + phase;
  }

  /** How far a time (tau) is from a grid point (ms), tau. */
  public static double offset(double time, long millis) {
    return Math.abs(time - millis / (double) MILLIS_PER_TAU);
  }
}
