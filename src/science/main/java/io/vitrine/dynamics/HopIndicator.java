package io.vitrine.dynamics;

import io.vitrine.geometry.Paths;
import io.vitrine.geometry.Unwrapper;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import java.util.List;

/**
 * p_hop(i, t) = sqrt( &lt;(r - &lt;r&gt;_w2)^2&gt;_w1 &lt;(r - &lt;r&gt;_w1)^2&gt;_w2 ): large
 * where the particle's place in the second half of the window is not the one in the first.
 *
 * <p>Units: sigma^2. w1 and w2 are the halves of the window around t, see {@link HopConvention};
 * averages are plain means over their frames; no drift is removed. Positions are unwrapped and
 * taken relative to the centre frame, so that the error stays below 1e-9 where coordinates are 1e5.
 *
 * <p>Cost: about 40 ns a particle for 11 frames. Reference: <a
 * href="https://doi.org/10.1103/PhysRevLett.102.088001">Candelier et al. 2009</a>; the paper's
 * section II.
 */
public final class HopIndicator {
  /** Every frame may be off its place on the time grid by tau/1000, so two differ by twice that. */
  private static final double TIME_TOLERANCE = 2.001e-3;

  private final WindowSpec spec;
  private final HopConvention convention;

  private HopIndicator(WindowSpec spec, HopConvention convention) {
    this.spec = spec;
    this.convention = convention;
  }

  /** The indicator for windows of that shape. */
  public static HopIndicator of(WindowSpec spec, HopConvention convention) {
    return new HopIndicator(spec, convention);
  }

  /**
   * What the targets did over one complete window.
   *
   * @param frames all frames of the window, in order of time
   * @param targets indices [n] of particles
   */
  public WindowHops measure(List<Frame> frames, int[] targets) {
    Check.length("window", frames.size(), spec.frames());
    double tolerance = Math.min(TIME_TOLERANCE, spec.intervalMillis() / 2000.0);
    for (int f = 1; f < frames.size(); f++) {
      double after = frames.get(f).time() - frames.get(0).time();
      if (!(Math.abs(after - f * spec.intervalMillis() / 1000.0) <= tolerance)) {
        String rule = "be " + f + " intervals of " + spec.intervalMillis() + " tau/1000";
        throw Check.refuse("time from the window's first frame to " + frames.get(f), rule, after);
      }
    }
    Paths paths = Unwrapper.follow(frames, spec.halfFrames(), targets);
    return new WindowHops(pHop(paths.relative()), paths);
  }

  /**
   * p_hop [n] of paths through a window.
   *
   * @param relative [frames][3n] positions relative to the centre frame
   */
  public double[] pHop(double[][] relative) {
    Check.length("window", relative.length, spec.frames());
    int centre = spec.halfFrames();
    int firstEnd = convention.firstEnd(centre);
    int secondBegin = convention.secondBegin(centre);
    double[] pHop = new double[relative[0].length / 3];
    for (int i = 0; i < pHop.length; i++) {
      double first = 0;
      double second = 0;
      for (int d = 3 * i; d < 3 * i + 3; d++) {
        double mean1 = mean(relative, d, 0, firstEnd);
        double mean2 = mean(relative, d, secondBegin, relative.length);
        first += meanSquare(relative, d, 0, firstEnd, mean2);
        second += meanSquare(relative, d, secondBegin, relative.length, mean1);
      }
      pHop[i] = Math.sqrt(first * second);
    }
    return pHop;
  }

  private static double mean(double[][] r, int d, int from, int to) {
    double sum = 0;
    for (int f = from; f < to; f++) {
      sum += r[f][d];
    }
    return sum / (to - from);
  }

  private static double meanSquare(double[][] r, int d, int from, int to, double about) {
    double sum = 0;
    for (int f = from; f < to; f++) {
      double off = r[f][d] - about;
      sum += off * off;
    }
    return sum / (to - from);
  }
}
