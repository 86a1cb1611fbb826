package io.vitrine.dynamics;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;

/**
 * A few numbers by which the positions of a frame are known again, within rounding.
 *
 * <p>Each number is a sum over all coordinates with fixed signs that look like chance: sum_i s_i
 * u_i. Coordinates that are off by e at random move it by about e sqrt(3N). So two frames are the
 * same where every number agrees within {@link #SAME} sqrt(3N), which leaves room for float
 * rounding and for text with three digits, but not for another path: thermal motion is two orders
 * of magnitude larger, and a single particle that is 1 sigma off is seen up to N = 80,000.
 *
 * <p>The first {@link #SUMS} numbers take for u the distance from the middle of the box along each
 * edge, which does not depend on the periodic image; the others take unwrapped positions, where the
 * frame has them. Two frames that both have them must agree in both. Cost: 0.1 ms for 4,096
 * particles.
 */
final class FrameFingerprint {
  /** How far coordinates may be off at random, root mean square, sigma. */
  static final double SAME = 2e-3;

  static final int SUMS = 4;

  private FrameFingerprint() {}

  /** The numbers [2 SUMS] of a frame; NaN where it has no unwrapped positions. */
  static double[] of(Frame frame) {
    double[] sums = new double[2 * SUMS];
    double[] r = frame.positions();
    int[] images = frame.images();
    boolean known = frame.unwrapped() || images != null;
    Box box = frame.box();
    for (int i = 0; i < r.length; i += 3) {
      double sz = (r[i + 2] - box.originZ()) / box.lz();
      double sy = (r[i + 1] - box.originY() - sz * box.yz()) / box.ly();
      double sx = (r[i] - box.originX() - sy * box.xy() - sz * box.xz()) / box.lx();
      add(sums, 0, i, along(sx, box.lx(), box.periodicX()));
      add(sums, 0, i + 1, along(sy, box.ly(), box.periodicY()));
      add(sums, 0, i + 2, along(sz, box.lz(), box.periodicZ()));
      if (known) {
        int nx = images == null ? 0 : images[i];
        int ny = images == null ? 0 : images[i + 1];
        int nz = images == null ? 0 : images[i + 2];
        add(sums, SUMS, i, r[i] + nx * box.lx() + ny * box.xy() + nz * box.xz());
        add(sums, SUMS, i + 1, r[i + 1] + ny * box.ly() + nz * box.yz());
        add(sums, SUMS, i + 2, r[i + 2] + nz * box.lz());
      }
    }
    if (!known) {
      java.util.Arrays.fill(sums, SUMS, 2 * SUMS, Double.NaN);
    }
    return sums;
  }

  /** Whether two frames of n particles have the same positions. */
  static boolean same(double[] one, double[] other, int n) {
    double most = SAME * Math.sqrt(3.0 * n);
    for (int k = 0; k < one.length; k++) {
      double off = Math.abs(one[k] - other[k]);
      if (off > most) {
        return false;
      }
    }
    return true;
  }

  /** A periodic, continuous function of a fractional coordinate, in sigma. */
  private static double along(double s, double edge, boolean periodic) {
    return edge * (periodic ? Math.abs(s - Math.floor(s) - 0.5) : s);
  }

  private static void add(double[] sums, int from, int coordinate, double value) {
    long bits = Double.doubleToRawLongBits(value);
    long signs = mix(coordinate);
    for (int k = 0; k < SUMS; k++) {
      sums[from + k] += Double.longBitsToDouble(bits ^ ((signs << k) & Long.MIN_VALUE));
    }
  }

  /** Spreads a number over 64 bits (Steele et al. 2014, doi:10.1145/2660193.2660195). */
  private static long mix(int coordinate) {
    long z = (coordinate + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
