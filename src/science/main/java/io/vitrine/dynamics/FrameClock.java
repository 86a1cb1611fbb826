package io.vitrine.dynamics;

import io.vitrine.model.Frame;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * Which time a frame has, where it says both a time and a step.
 *
 * <p>It is the time the frame says, with two exceptions, both only where the time of a step (dt) is
 * known. A time of at most six digits (LAMMPS writes {@code ITEM: TIME} so) that agrees, as far as
 * its digits go, with the steps since the first frame is replaced by what these give: else a grid
 * of 1 tau is lost at 10,000 tau. And where times begin anew or do not change while steps do, time
 * continues by steps from there; without dt such frames cannot be used.
 */
final class FrameClock {
  private static final int DIGITS = 6;

  private final double dt;
  private boolean begun;
  private boolean bySteps;
  private double anchorTime;
  private long anchorStep;
  private double lastTime = Double.NaN;
  private long lastStep;

  /**
   * @param dt time of a step, tau, or NaN
   */
  FrameClock(double dt) {
    this.dt = dt;
  }

  /** Time of the frame before, tau; NaN before the first. */
  double lastTime() {
    return lastTime;
  }

  /** Whether times are no longer what frames say. */
  boolean bySteps() {
    return bySteps;
  }

  /** The time of the next frame, tau: finite where what it says is. */
  double read(Frame frame) throws UnusableException {
    double said = frame.time();
    if (!Double.isFinite(said)) {
      return said;
    }
    double time = begun ? time(frame.step(), said) : said;
    if (!begun) {
      begun = true;
      anchorTime = time;
      anchorStep = frame.step();
    }
    lastTime = time;
    lastStep = frame.step();
    return time;
  }

  private double time(long step, double said) throws UnusableException {
    double counted = anchorTime + (step - anchorStep) * dt;
    if (bySteps || (step > anchorStep && isRounded(said, counted))) {
      return counted;
    }
    if (step > lastStep && said <= lastTime) {
      String found =
          String.format(
              Locale.ROOT,
              "time %s at step %d (%s tau behind %s tau at step %d) while steps go on",
              said == lastTime ? "stands still" : "begins anew",
              step,
              said,
              lastTime,
              lastStep);
      if (Double.isNaN(dt)) {
        throw new UnusableException(
            found + ": give dt= (the time of a step), so that steps count, not what frames say");
      }
      bySteps = true;
      anchorTime = lastTime;
      anchorStep = lastStep;
      return anchorTime + (step - anchorStep) * dt;
    }
    return said;
  }

  /** Whether a time is the other one, rounded to six digits. */
  private static boolean isRounded(double said, double exact) {
    if (!Double.isFinite(exact) || said == 0) {
      return false;
    }
    BigDecimal digits = BigDecimal.valueOf(said).stripTrailingZeros();
    if (digits.precision() > DIGITS) {
      return false;
    }
    int leading = digits.precision() - digits.scale();
    double half = 0.5 * Math.pow(10, leading - DIGITS);
    return Math.abs(said - exact) <= half * (1 + 1e-9);
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(begun);
    out.writeBoolean(bySteps);
    out.writeDouble(anchorTime);
    out.writeLong(anchorStep);
    out.writeDouble(lastTime);
    out.writeLong(lastStep);
  }

  static FrameClock read(DataInput in, double dt) throws IOException {
    FrameClock clock = new FrameClock(dt);
    clock.begun = in.readBoolean();
    clock.bySteps = in.readBoolean();
    clock.anchorTime = in.readDouble();
    clock.anchorStep = in.readLong();
    clock.lastTime = in.readDouble();
    clock.lastStep = in.readLong();
    return clock;
  }
}
