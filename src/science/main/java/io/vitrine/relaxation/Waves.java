package io.vitrine.relaxation;

import io.vitrine.geometry.ReciprocalLattice;
import io.vitrine.model.Frame;
import java.util.Arrays;

/**
 * exp(i k.r) of every particle for the wavevectors of a box, from powers of those of its three
 * shortest: sums over particles of weights times the wave.
 *
 * <p>Cost: three sines and cosines a particle, then 2 ns a particle and wavevector.
 */
final class Waves {
  /** Two at least; the second one of a single basis vector has the coefficient 0 alone. */
  private final int dimensions;

  private final int count;

  /** Real and imaginary parts of exp(i m b_d . r_j), [d][m][j]. */
  private final double[][][] cos;

  private final double[][][] sin;
  private final double[] planeCos;
  private final double[] planeSin;

  /** Waves of a frame with coefficients up to {@code most[d]} along each basis vector. */
  Waves(Frame frame, ReciprocalLattice lattice, int[] most) {
    this.dimensions = Math.max(2, lattice.dimensions());
    this.count = frame.count();
    this.cos = new double[dimensions][][];
    this.sin = new double[dimensions][][];
    this.planeCos = new double[count];
    this.planeSin = new double[count];
    double[] x = frame.positions();
    if (lattice.dimensions() == 1) {
      cos[1] = new double[1][count];
      sin[1] = new double[1][count];
      Arrays.fill(cos[1][0], 1);
    }
    for (int d = 0; d < lattice.dimensions(); d++) {
      double bx = lattice.basis(d, 0);
      double by = lattice.basis(d, 1);
      double bz = lattice.basis(d, 2);
      cos[d] = new double[most[d] + 1][count];
      sin[d] = new double[most[d] + 1][count];
      for (int j = 0; j < count; j++) {
        double phase = bx * x[3 * j] + by * x[3 * j + 1] + bz * x[3 * j + 2];
        cos[d][0][j] = 1;
        if (most[d] > 0) {
          cos[d][1][j] = Math.cos(phase);
          sin[d][1][j] = Math.sin(phase);
        }
      }
      for (int m = 2; m <= most[d]; m++) {
        multiply(cos[d][m - 1], sin[d][m - 1], cos[d][1], sin[d][1], 1, cos[d][m], sin[d][m]);
      }
    }
  }

  /**
   * Fixes the weights and the first two coefficients, the first one not negative, for calls of
   * {@link #square} that follow.
   */
  void plane(double[] weights, int m0, int m1) {
    int sign = m1 < 0 ? -1 : 1;
    int b = Math.abs(m1);
    multiply(cos[0][m0], sin[0][m0], cos[1][b], sin[1][b], sign, planeCos, planeSin);
    for (int j = 0; j < count; j++) {
      planeCos[j] *= weights[j];
      planeSin[j] *= weights[j];
    }
  }

  /** |sum_j weights_j exp(i k.r_j)|^2 for the plane's coefficients and the third one. */
  double square(int m2) {
    if (dimensions == 2) {
      double re = 0;
      double im = 0;
      for (int j = 0; j < count; j++) {
        re += planeCos[j];
        im += planeSin[j];
      }
      return re * re + im * im;
    }
    double[] c = cos[2][Math.abs(m2)];
    double[] s = sin[2][Math.abs(m2)];
    // Even and odd particles apart: an addition need not wait for the one before.
    double cc = 0;
    double ss = 0;
    double cs = 0;
    double sc = 0;
    double cc1 = 0;
    double ss1 = 0;
    double cs1 = 0;
    double sc1 = 0;
    int even = count - count % 2;
    for (int j = 0; j < even; j += 2) {
      cc += planeCos[j] * c[j];
      ss += planeSin[j] * s[j];
      cs += planeCos[j] * s[j];
      sc += planeSin[j] * c[j];
      cc1 += planeCos[j + 1] * c[j + 1];
      ss1 += planeSin[j + 1] * s[j + 1];
      cs1 += planeCos[j + 1] * s[j + 1];
      sc1 += planeSin[j + 1] * c[j + 1];
    }
    if (even < count) {
      cc += planeCos[even] * c[even];
      ss += planeSin[even] * s[even];
      cs += planeCos[even] * s[even];
      sc += planeSin[even] * c[even];
    }
    int sign = m2 < 0 ? -1 : 1;
    double re = (cc + cc1) - sign * (ss + ss1);
    double im = (sc + sc1) + sign * (cs + cs1);
    return re * re + im * im;
  }

  /** (a + i b)(c + i sign d). */
  private static void multiply(
      double[] a, double[] b, double[] c, double[] d, int sign, double[] re, double[] im) {
    for (int j = 0; j < a.length; j++) {
      double x = a[j] * c[j] - sign * (b[j] * d[j]);
      im[j] = b[j] * c[j] + sign * (a[j] * d[j]);
      re[j] = x;
    }
  }
}
