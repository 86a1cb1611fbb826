package io.vitrine.dynamics;

import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.Locale;

/**
 * Decides for each frame of one simulation, in the order they arrive, whether it is data.
 *
 * <p>A frame passes when it lies on the time grid, not before the time already promised, with the
 * particles of the first frame and finite positions. Frames between grid points are thinned and
 * counted. All others are refused with a reason that names what was found and what was expected.
 *
 * <p>The spacing of the first {@value #SPACING_FRAMES} frames decides whether the trajectory can be
 * used at all: one coarser than the interval, or that does not divide it, is refused whole.
 *
 * <p>Sequential state: {@link State}, a few numbers, so that a source can store and restore it.
 */
public final class FrameGate {
  /** How many frames it takes to judge the spacing of a trajectory. */
  public static final int SPACING_FRAMES = 4;

  /** Beyond this a coordinate cannot be wrapped into the box with the precision promised, sigma. */
  private static final double LARGEST_COORDINATE = 1e9;

  private final TimeGrid grid;
  private State state;
  private Particles particles;

  private FrameGate(TimeGrid grid, State state) {
    this.grid = grid;
    this.state = state;
  }

  /** A gate before its first frame. */
  public static FrameGate of(TimeGrid grid) {
    return new FrameGate(grid, State.START);
  }

  /** A gate that goes on where another stood. */
  public static FrameGate resume(TimeGrid grid, State state) {
    return new FrameGate(grid, state);
  }

  /** Where this gate stands. */
  public State state() {
    return state;
  }

  /**
   * Judges the next frame.
   *
   * @throws SpacingException when the trajectory as a whole cannot be used
   */
  public Verdict judge(Frame frame) throws SpacingException {
    double time = frame.time();
    if (!Double.isFinite(time)) {
      return Verdict.refused("time is " + time + ", expected a finite number of tau");
    }
    noteSpacing(time);
    if (!grid.holds(time)) {
      boolean between = Double.isNaN(state.spacing) || state.spacing < grid.interval() * 0.999;
      if (between) {
        state = state.thinnedOne();
        return Verdict.THINNED;
      }
      return Verdict.refused(
          format(
              "time %s tau is not within %s tau of a multiple of the interval %s tau",
              time, TimeGrid.TOLERANCE, grid.interval()));
    }
    long millis = grid.millis(time);
    if (millis < state.expectedMillis) {
      return Verdict.refused(
          format(
              "time %s tau comes again: the stream has already passed it, expected %s tau or later",
              time, state.expectedMillis / 1000.0));
    }
    String reason = content(frame);
    if (reason != null) {
      return Verdict.refused(reason);
    }
    if (particles == null) {
      particles = frame.particles();
    }
    long gap = state.accepted == 0 ? 0 : (millis - state.expectedMillis) / grid.intervalMillis();
    state = state.accepted(millis, grid, frame, gap);
    return Verdict.accepted(millis);
  }

  private void noteSpacing(double time) throws SpacingException {
    if (state.seen < SPACING_FRAMES) {
      double step = time - state.lastTime;
      double spacing =
          step > TimeGrid.TOLERANCE
              ? (Double.isNaN(state.spacing) ? step : Math.min(state.spacing, step))
              : state.spacing;
      state = state.seen(time, spacing);
      if (state.seen == SPACING_FRAMES && !Double.isNaN(spacing)) {
        checkSpacing(spacing);
      }
    }
  }

  private void checkSpacing(double spacing) throws SpacingException {
    double interval = grid.interval();
    double ratio = interval / spacing;
    if (ratio < 1 - TimeGrid.TOLERANCE / interval) {
      throw new SpacingException(
          format(
              "frames are %s tau apart, expected %s tau or a part of it: p_hop needs a frame every"
                  + " %s tau",
              round(spacing), interval, interval));
    }
    if (Math.abs(ratio - Math.rint(ratio)) * spacing > SPACING_FRAMES * TimeGrid.TOLERANCE) {
      throw new SpacingException(
          format(
              "frames are %s tau apart, which does not divide the interval %s tau",
              round(spacing), interval));
    }
  }

  private String content(Frame frame) {
    if (state.accepted > 0) {
      if (frame.count() != state.count) {
        return format(
            "%d particles, expected %d as in the first frame", frame.count(), state.count);
      }
      boolean same =
          particles == null
              ? frame.particles().hashCode() == state.particlesHash
              : particles.equals(frame.particles());
      if (!same) {
        return format(
            "ids or types of the particles have the checksum %08x, expected %08x as in the first"
                + " frame",
            frame.particles().hashCode(), state.particlesHash);
      }
    }
    double[] x = frame.positions();
    for (int i = 0; i < x.length; i++) {
      if (!(Math.abs(x[i]) <= LARGEST_COORDINATE)) {
        return format(
            "%s of particle %d is %s, expected a finite number below %s sigma",
            "xyz".charAt(i % 3), frame.particles().ids()[i / 3], x[i], LARGEST_COORDINATE);
      }
    }
    return null;
  }

  private static double round(double spacing) {
    return Math.rint(spacing * 1e6) / 1e6;
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  /** The trajectory as a whole cannot be used: its frames are not spaced as windows need them. */
  public static final class SpacingException extends Exception {
    private static final long serialVersionUID = 1L;

    SpacingException(String reason) {
      super(reason);
    }
  }

  /**
   * What was decided of one frame.
   *
   * @param kind accepted, thinned or refused
   * @param millis event time of an accepted frame, ms
   * @param reason why a refused frame was refused, else null
   */
  public record Verdict(Kind kind, long millis, String reason) {
    private static final Verdict THINNED = new Verdict(Kind.THINNED, 0, null);

    /** The three things that can happen to a frame. */
    public enum Kind {
      /** It is data. */
      ACCEPTED,
      /** It lies between two grid points and is left out on purpose. */
      THINNED,
      /** It cannot be used: a dead letter. */
      REFUSED
    }

    private static Verdict accepted(long millis) {
      return new Verdict(Kind.ACCEPTED, millis, null);
    }

    private static Verdict refused(String reason) {
      return new Verdict(Kind.REFUSED, 0, reason);
    }
  }

  /**
   * Everything a gate remembers.
   *
   * @param expectedMillis event time of the next expected frame; nothing earlier passes
   * @param count particles of the first accepted frame
   * @param particlesHash hash of their ids and types
   * @param accepted frames accepted so far
   * @param thinned frames thinned so far
   * @param missing grid points passed without a frame so far
   * @param seen frames whose spacing was looked at
   * @param lastTime time of the last frame whose spacing was looked at, tau
   * @param spacing smallest spacing seen, tau, or NaN
   */
  public record State(
      long expectedMillis,
      int count,
      int particlesHash,
      long accepted,
      long thinned,
      long missing,
      int seen,
      double lastTime,
      double spacing) {
    /** Before the first frame. */
    public static final State START =
        new State(Long.MIN_VALUE, 0, 0, 0, 0, 0, 0, Double.NaN, Double.NaN);

    /** Whether a frame has been accepted. */
    public boolean started() {
      return accepted > 0;
    }

    private State seen(double time, double newSpacing) {
      return new State(
          expectedMillis,
          count,
          particlesHash,
          accepted,
          thinned,
          missing,
          seen + 1,
          time,
          newSpacing);
    }

    private State thinnedOne() {
      return new State(
          expectedMillis,
          count,
          particlesHash,
          accepted,
          thinned + 1,
          missing,
          seen,
          lastTime,
          spacing);
    }

    private State accepted(long millis, TimeGrid grid, Frame frame, long gap) {
      return new State(
          millis + grid.intervalMillis(),
          frame.count(),
          accepted == 0 ? frame.particles().hashCode() : particlesHash,
          accepted + 1,
          thinned,
          missing + gap,
          seen,
          lastTime,
          spacing);
    }
  }
}
