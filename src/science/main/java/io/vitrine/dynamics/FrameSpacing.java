package io.vitrine.dynamics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;

/**
 * Watches how the frames of a simulation lie in time, to say when the grid is missed for good.
 *
 * <p>Single frames off the grid do no harm. The trajectory cannot be used when no two frames in a
 * row are one interval apart within the first {@value #PATIENCE} intervals, when nothing hits the
 * grid for as long later on, or when the first frames drift off the grid by the same amount each (a
 * spacing of 0.9999 tau). A drift too slow for that is followed, so that no frame is lost late.
 */
final class FrameSpacing {
  /** How many intervals, and how many frames, must have missed the grid. */
  private static final int PATIENCE = 4;

  /** Slowest drift an interval that is refused once five frames show it, tau. */
  private static final double DRIFT = 2e-5;

  /** Drift an interval that three frames are enough to show, tau. */
  private static final double FAST_DRIFT = 2e-4;

  private static final double FOLLOWED = 1 / 8.0;

  /** Grids finer than this are not followed: their points are as close as frames may be off. */
  private static final long SHORTEST_FOLLOWED_MILLIS = 20;

  private final TimeGrid grid;
  private final double dt;
  private long seen;
  private boolean paired;
  private double anchorTime = Double.NaN;
  private long sinceAnchor;
  private double drift = Double.NaN;
  private double offset;
  private long missed;
  private double hitTime = Double.NaN;

  /**
   * Nothing seen yet.
   *
   * @param dt time of a step as its user gave it, tau, or NaN
   */
  FrameSpacing(TimeGrid grid, double dt) {
    this.grid = grid;
    this.dt = dt;
  }

  /** Whether it is certain that the first frames lie on the grid as they should. */
  boolean settled() {
    return paired && (Double.isNaN(drift) || sinceAnchor > PATIENCE);
  }

  /** How far the grid has been followed off its nominal place, tau. */
  double offset() {
    return offset;
  }

  /** A frame has come: refuses a trajectory whose first frames drift. */
  void look(double time) throws UnusableException {
    seen++;
    if (sinceAnchor < 2 || sinceAnchor > PATIENCE || Double.isNaN(drift)) {
      return;
    }
    double off = time - anchorTime - sinceAnchor * grid.interval();
    if (Math.abs(off) > 2 * sinceAnchor * TimeGrid.TOLERANCE) {
      return;
    }
    if (Math.abs(off - sinceAnchor * drift) > Math.max(Math.abs(drift) / 4, 1e-9)) {
      drift = Double.NaN;
    } else if (Math.abs(drift) > (sinceAnchor == PATIENCE ? DRIFT : FAST_DRIFT)) {
      throw apart(off / sinceAnchor + grid.interval());
    }
  }

  /** A frame was taken, so many intervals behind the one expected; the first one is none behind. */
  void hit(double time, long millis, long gap) {
    if (Double.isNaN(anchorTime)) {
      anchor(time);
    } else {
      paired |= gap == 0;
      if (gap > 0) {
        drift = Double.NaN;
      } else if (sinceAnchor == 1) {
        drift = time - anchorTime - grid.interval();
      }
      sinceAnchor++;
      if (grid.intervalMillis() >= SHORTEST_FOLLOWED_MILLIS) {
        double off = time - millis / (double) TimeGrid.MILLIS_PER_TAU;
        offset += FOLLOWED * (off - offset);
      }
    }
    missed = 0;
    hitTime = time;
  }

  /** The grid begins with the next frame that is taken. */
  void beginAnew() {
    anchorTime = Double.NaN;
  }

  private void anchor(double time) {
    anchorTime = time;
    sinceAnchor = 1;
    drift = Double.NaN;
    offset = 0;
  }

  /**
   * Whether the grid should begin here instead: the first frame is alone (a minimiser's, that of a
   * setup), and those behind it are regularly spaced.
   */
  boolean isBetterBegin(double time, double timeBefore) {
    double step = time - timeBefore;
    double times = Math.rint(grid.interval() / step);
    return sinceAnchor == 1
        && !paired
        && seen > 2
        && times >= 1
        && Math.abs(times * step - grid.interval()) <= TimeGrid.TOLERANCE / 10;
  }

  /** A frame beyond the one expected lies off the grid. */
  void miss() {
    missed++;
  }

  /** Refuses a trajectory that misses the grid for good. */
  void check(double time, double timeBefore) throws UnusableException {
    double patience = PATIENCE * grid.interval() + TimeGrid.TOLERANCE;
    if (!paired && seen >= PATIENCE && time - anchorTime > patience) {
      throw apart(time - timeBefore);
    }
    if (paired && missed > PATIENCE && time - hitTime > patience) {
      throw new UnusableException(
          String.format(
              Locale.ROOT,
              "frames are %s tau apart and miss the grid of the first frames, which are %s tau"
                  + " apart: the last frame on it has the time %s tau, the %d behind it lie between"
                  + " its points, up to %s tau",
              round(time - timeBefore),
              grid.interval(),
              round(hitTime),
              missed,
              round(time)));
    }
  }

  private UnusableException apart(double spacing) {
    return new UnusableException(
        String.format(
            Locale.ROOT,
            "frames are %s tau apart, expected %s tau or a part of it: p_hop needs a frame every"
                + " %s tau from the first one on, which has the time %s tau%s",
            round(spacing),
            grid.interval(),
            grid.interval(),
            round(anchorTime),
            Double.isNaN(dt) ? "" : "; is dt=" + dt + " right?"));
  }

  private static double round(double tau) {
    return Math.rint(tau * 1e6) / 1e6;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(seen);
    out.writeBoolean(paired);
    out.writeDouble(anchorTime);
    out.writeLong(sinceAnchor);
    out.writeDouble(drift);
    out.writeDouble(offset);
    out.writeLong(missed);
    out.writeDouble(hitTime);
  }

  static FrameSpacing read(DataInput in, TimeGrid grid, double dt) throws IOException {
    FrameSpacing spacing = new FrameSpacing(grid, dt);
    spacing.seen = in.readLong();
    spacing.paired = in.readBoolean();
    spacing.anchorTime = in.readDouble();
    spacing.sinceAnchor = in.readLong();
    spacing.drift = in.readDouble();
    spacing.offset = in.readDouble();
    spacing.missed = in.readLong();
    spacing.hitTime = in.readDouble();
    return spacing;
  }
}
