package io.vitrine.dynamics;

import io.vitrine.model.Check;

/**
 * Where frames may lie in time: at multiples of one interval, to the millisecond.
 *
 * <p>Event time is simulation time, 1 tau = 1000 ms, rounded to the millisecond. A frame lies on
 * the grid when its time is within {@link #TOLERANCE} of a multiple of the interval; it then counts
 * as that multiple. The interval divides 1 tau, so that 5 tau and 2 tau are whole frames.
 *
 * @param intervalMillis distance of two frames of a window, ms of event time (1000 = 1 tau)
 */
public record TimeGrid(long intervalMillis) {
  /** Milliseconds of event time in one tau. */
  public static final long MILLIS_PER_TAU = 1000;

  /** How far a frame's time may lie off a multiple of the interval, tau. */
  public static final double TOLERANCE = 1e-3;

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

  /** Whether a time (tau) lies on the grid. */
  public boolean holds(double time) {
    return Math.abs(time - millis(time) / (double) MILLIS_PER_TAU) <= TOLERANCE;
  }

  /** The grid point nearest to a time (tau), ms. */
  public long millis(double time) {
    return Math.round(time * MILLIS_PER_TAU / intervalMillis) * intervalMillis;
  }
}
