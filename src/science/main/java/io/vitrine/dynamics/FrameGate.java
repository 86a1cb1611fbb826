package io.vitrine.dynamics;

import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Decides for each frame of one simulation, in the order they arrive, whether it is data.
 *
 * <p>A frame passes when it lies on the time grid that begins at the first frame, not before the
 * time already promised, with the particles of the first frame and finite positions. Frames between
 * grid points are thinned and counted, wherever they lie. Frames that come again with the same
 * positions, as a restart writes them, are left out and counted. Frames that come again with others
 * end the simulation, as windows must not join two paths; so do frames that miss the grid for good
 * ({@link FrameSpacing}) and times without order ({@link FrameClock}). What remains is refused, one
 * frame at a time, with a reason that names what was found and what was expected.
 *
 * <p>Sequential state of at most some 100 kB ({@link PassedFrames}), as bytes, so that a source can
 * store and restore it.
 */
public final class FrameGate {
  private static final byte VERSION = 2;

  /** Beyond this a coordinate cannot be wrapped into the box with the precision promised, sigma. */
  private static final double LARGEST_COORDINATE = 1e9;

  private final TimeGrid grid;
  private final FrameClock clock;
  private final FrameSpacing spacing;
  private final PassedFrames passed;
  private long expectedMillis = Long.MIN_VALUE;
  private int count;
  private int particlesHash;
  private long accepted;
  private long thinned;
  private long repeated;
  private long repeatedStep;
  private long missing;
  private Particles particles;

  private FrameGate(TimeGrid grid, FrameClock clock, FrameSpacing spacing, PassedFrames passed) {
    this.grid = grid;
    this.clock = clock;
    this.spacing = spacing;
    this.passed = passed;
  }

  /**
   * A gate before its first frame.
   *
   * @param dt time of a step, tau, or NaN where only frames say their times
   */
  public static FrameGate of(TimeGrid grid, double dt) {
    return new FrameGate(grid, new FrameClock(dt), new FrameSpacing(grid, dt), new PassedFrames());
  }

  /** A gate that continues where another was; empty bytes mean the start. */
  public static FrameGate resume(TimeGrid grid, double dt, byte[] state) {
    if (state.length == 0) {
      return of(grid, dt);
    }
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(state));
      byte version = in.readByte();
      if (version != VERSION) {
        throw new IOException("frame gate has version " + version + ", expected " + VERSION);
      }
      FrameGate gate =
          new FrameGate(
              grid,
              FrameClock.read(in, dt),
              FrameSpacing.read(in, grid, dt),
              PassedFrames.read(in));
      gate.expectedMillis = in.readLong();
      gate.count = in.readInt();
      gate.particlesHash = in.readInt();
      gate.accepted = in.readLong();
      gate.thinned = in.readLong();
      gate.repeated = in.readLong();
      gate.repeatedStep = in.readLong();
      gate.missing = in.readLong();
      return gate;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Position of this gate. */
  public byte[] state() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(VERSION);
      clock.write(out);
      spacing.write(out);
      passed.write(out);
      out.writeLong(expectedMillis);
      out.writeInt(count);
      out.writeInt(particlesHash);
      out.writeLong(accepted);
      out.writeLong(thinned);
      out.writeLong(repeated);
      out.writeLong(repeatedStep);
      out.writeLong(missing);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a frame has been accepted. */
  public boolean started() {
    return accepted > 0;
  }

  /** Whether enough frames were seen to say that the trajectory can be used. */
  public boolean settled() {
    return spacing.settled();
  }

  /** Event time of the next expected frame, ms: nothing earlier passes. */
  public long expectedMillis() {
    return expectedMillis;
  }

  /** Frames accepted so far. */
  public long accepted() {
    return accepted;
  }

  /** Frames left out so far because they lay between grid points. */
  public long thinned() {
    return thinned;
  }

  /** Frames left out so far because they came again and were the same. */
  public long repeated() {
    return repeated;
  }

  /** Step of the first frame that came again. */
  public long repeatedStep() {
    return repeatedStep;
  }

  /** Grid points passed without a frame so far. */
  public long missing() {
    return missing;
  }

  /**
   * Judges the next frame.
   *
   * @throws UnusableException when the simulation cannot be used from here on
   */
  public Verdict judge(Frame frame) throws UnusableException {
    boolean bySteps = clock.bySteps();
    double before = clock.lastTime();
    double time = clock.read(frame);
    if (!Double.isFinite(time)) {
      return Verdict.refused("time is " + time + ", expected a finite number of tau");
    }
    if (Math.abs(time) > TimeGrid.LATEST) {
      return tooLate(frame, time);
    }
    Verdict verdict = judge(frame, time, before);
    return clock.bySteps() && !bySteps
        ? verdict.noting(
            format(
                "time does not go on at step %d (%s tau) while steps do: from there on times are"
                    + " those of the steps and dt",
                frame.step(), frame.time()))
        : verdict;
  }

  private Verdict judge(Frame frame, double time, double before) throws UnusableException {
    if (!started()) {
      String reason = content(frame);
      if (reason != null) {
        return Verdict.refused(reason);
      }
      spacing.look(time);
      return accept(frame, time, grid.begin(time), 0);
    }
    spacing.look(time);
    long millis = grid.near(time - spacing.offset(), expectedMillis);
    if (TimeGrid.offset(time - spacing.offset(), millis) > TimeGrid.TOLERANCE
        && TimeGrid.offset(time, millis) > TimeGrid.TOLERANCE) {
      return offGrid(frame, time, before);
    }
    String reason = content(frame);
    if (millis < expectedMillis) {
      return again(frame, time, millis, reason);
    }
    if (reason != null) {
      return Verdict.refused(reason);
    }
    Verdict verdict =
        accept(frame, time, millis, (millis - expectedMillis) / grid.intervalMillis());
    spacing.check(time, before);
    return verdict;
  }

  private Verdict offGrid(Frame frame, double time, double before) throws UnusableException {
    boolean ahead = time > expectedMillis / (double) TimeGrid.MILLIS_PER_TAU;
    // A window over both grids would be whole if no point of it were left empty.
    boolean apart = slot(grid.begin(time)) > slot(expectedMillis);
    if (accepted == 1
        && ahead
        && apart
        && spacing.isBetterBegin(time, before)
        && content(frame) == null) {
      spacing.beginAnew();
      long millis = grid.begin(time);
      return accept(frame, time, millis, (millis - expectedMillis) / grid.intervalMillis());
    }
    if (ahead) {
      spacing.miss();
      spacing.check(time, before);
    }
    thinned++;
    return Verdict.THINNED;
  }

  private long slot(long millis) {
    return Math.floorDiv(millis, grid.intervalMillis());
  }

  private Verdict accept(Frame frame, double time, long millis, long gap) {
    if (particles == null) {
      particles = frame.particles();
    }
    if (accepted == 0) {
      count = frame.count();
      particlesHash = frame.particles().hashCode();
    }
    spacing.hit(time, millis, gap);
    passed.add(millis, frame.step(), FrameFingerprint.of(frame));
    expectedMillis = millis + grid.intervalMillis();
    accepted++;
    missing += gap;
    return Verdict.accepted(millis);
  }

  /** A frame of a time that has been passed already. */
  private Verdict again(Frame frame, double time, long millis, String reason)
      throws UnusableException {
    if (millis < passed.first()) {
      throw again(frame, time, "at a time before the first frame");
    }
    if (!sameParticles(frame)) {
      throw again(frame, time, "with other particles than before");
    }
    PassedFrames.Passed first = passed.at(millis);
    if (reason == null && first != null) {
      if (FrameFingerprint.same(first.fingerprint(), FrameFingerprint.of(frame), count)) {
        return repeat(frame);
      }
      throw again(frame, time, "with other positions than before");
    }
    if (reason == null && passed.mayBeForgotten(millis)) {
      return repeat(frame);
    }
    return Verdict.refused(
        reason != null
            ? reason
            : format(
                "time %s tau comes late: the stream has already passed it, expected %s tau or"
                    + " later",
                time, expectedMillis / 1000.0));
  }

  private Verdict repeat(Frame frame) {
    repeatedStep = repeated == 0 ? frame.step() : repeatedStep;
    repeated++;
    return Verdict.REPEATED;
  }

  private UnusableException again(Frame frame, double time, String how) {
    return new UnusableException(
        format(
            "step %d (%s tau) comes behind step %d (%s tau) %s: another path, as of a run that"
                + " went on from an older restart or began anew; windows must not join the two,"
                + " so give each a source of its own",
            frame.step(),
            time,
            passed.last().step(),
            (expectedMillis - grid.intervalMillis()) / 1000.0,
            how));
  }

  private Verdict tooLate(Frame frame, double time) throws UnusableException {
    String reason =
        format(
            "time %s tau (step %d) is too large, expected at most %s tau, up to which a thousandth"
                + " of tau can be told: let steps begin at 0",
            time, frame.step(), TimeGrid.LATEST);
    if (!started()) {
      throw new UnusableException(reason);
    }
    return Verdict.refused(reason);
  }

  private String content(Frame frame) {
    if (started()) {
      if (frame.count() != count) {
        return format("%d particles, expected %d as in the first frame", frame.count(), count);
      }
      if (!sameParticles(frame)) {
        return format(
            "ids or types of the particles have the checksum %08x, expected %08x as in the first"
                + " frame",
            frame.particles().hashCode(), particlesHash);
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

  private boolean sameParticles(Frame frame) {
    return frame.count() == count
        && (particles == null
            ? frame.particles().hashCode() == particlesHash
            : particles.equals(frame.particles()));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  /**
   * What was decided of one frame.
   *
   * @param kind accepted, thinned, repeated or refused
   * @param millis event time of an accepted frame, ms
   * @param reason why a refused frame was refused, else null
   * @param note what the user should be told once from this frame on, else null
   */
  public record Verdict(Kind kind, long millis, String reason, String note) {
    private static final Verdict THINNED = new Verdict(Kind.THINNED, 0, null, null);
    private static final Verdict REPEATED = new Verdict(Kind.REPEATED, 0, null, null);

    /** The four things that can happen to a frame. */
    public enum Kind {
      /** It is data. */
      ACCEPTED,
      /** It lies between two grid points and is left out on purpose. */
      THINNED,
      /** It came before and is the same: it is left out on purpose. */
      REPEATED,
      /** It cannot be used: a dead letter. */
      REFUSED
    }

    private static Verdict accepted(long millis) {
      return new Verdict(Kind.ACCEPTED, millis, null, null);
    }

    private static Verdict refused(String reason) {
      return new Verdict(Kind.REFUSED, 0, reason, null);
    }

    private Verdict noting(String text) {
      return new Verdict(kind, millis, reason, text);
    }
  }
}
