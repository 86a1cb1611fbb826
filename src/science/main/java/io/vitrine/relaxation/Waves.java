package io.vitrine.relaxation;

import io.vitrine.geometry.ReciprocalLattice;
import io.vitrine.model.Frame;
import java.util.Arrays;

/**
 * |sum_j w_j exp(i k.r_j)|^2 over the particles of a frame for wavevectors of its box.
 *
 * <p>exp(i k.r) is a product of powers of the waves of the box's shortest wavevectors. Particles
 * come in chunks of {@value #CHUNK}, so the tables of powers have the size of a chunk, whatever the
 * frame has. Sums run in the order of the particles and chunks.
 *
 * <p>Cost: three sines and cosines a particle, then 2 ns a particle and wavevector.
 */
final class Waves {
  private static final int CHUNK = 4096;

  /** Two at least; the second one of a single basis vector has the coefficient 0 alone. */
  private final int dimensions;

  private final ReciprocalLattice lattice;

  /** Real and imaginary parts of exp(i m b_d . r_j), [d][m][j of the chunk]. */
  private final double[][][] cos;

  private final double[][][] sin;
  private final double[] planeCos;
  private final double[] planeSin;
  private final int[] most;

  private Waves(ReciprocalLattice lattice, int[] most, int size) {
    this.lattice = lattice;
    this.most = most;
    this.dimensions = Math.max(2, lattice.dimensions());
    this.cos = new double[dimensions][][];
    this.sin = new double[dimensions][][];
    for (int d = 0; d < dimensions; d++) {
      cos[d] = new double[most[d] + 1][size];
      sin[d] = new double[most[d] + 1][size];
      Arrays.fill(cos[d][0], 1);
    }
    this.planeCos = new double[size];
    this.planeSin = new double[size];
  }

  /**
   * |sum_j weights_j exp(i k.r_j)|^2 [vectors].
   *
   * @param vectors coefficients of the lattice's basis, the first one not negative; neighbours that
   *     share the first two cost less
   */
  static double[] squares(
      Frame frame, ReciprocalLattice lattice, double[] weights, int[][] vectors) {
    int[] most = new int[3];
    for (int[] vector : vectors) {
      for (int d = 0; d < 3; d++) {
        most[d] = Math.max(most[d], Math.abs(vector[d]));
      }
    }
    Waves waves = new Waves(lattice, most, Math.min(CHUNK, frame.count()));
    double[] re = new double[vectors.length];
    double[] im = new double[vectors.length];
    for (int from = 0; from < frame.count(); from += CHUNK) {
      waves.add(frame.positions(), weights, from, vectors, re, im);
    }
    double[] squares = new double[vectors.length];
    for (int v = 0; v < squares.length; v++) {
      squares[v] = re[v] * re[v] + im[v] * im[v];
    }
    return squares;
  }

  /** Adds the sums over the chunk of particles that begins at {@code from}. */
  private void add(
      double[] x, double[] weights, int from, int[][] vectors, double[] re, double[] im) {
    int count = Math.min(CHUNK, weights.length - from);
    fill(x, from, count);
    int[] plane = null;
    for (int v = 0; v < vectors.length; v++) {
      int[] m = vectors[v];
      if (plane == null || m[0] != plane[0] || m[1] != plane[1]) {
        plane(weights, from, count, m[0], m[1]);
        plane = m;
      }
      if (dimensions == 2) {
        addPlane(count, v, re, im);
      } else {
        add(count, m[2], v, re, im);
      }
    }
  }

  private void fill(double[] x, int from, int count) {
    for (int d = 0; d < lattice.dimensions(); d++) {
      if (most[d] == 0) {
        continue;
      }
      double bx = lattice.basis(d, 0);
      double by = lattice.basis(d, 1);
      double bz = lattice.basis(d, 2);
      for (int j = 0; j < count; j++) {
        int at = 3 * (from + j);
        double phase = bx * x[at] + by * x[at + 1] + bz * x[at + 2];
        cos[d][1][j] = Math.cos(phase);
        sin[d][1][j] = Math.sin(phase);
      }
      for (int m = 2; m <= most[d]; m++) {
        multiply(
            count, cos[d][m - 1], sin[d][m - 1], cos[d][1], sin[d][1], 1, cos[d][m], sin[d][m]);
      }
    }
  }

  /** The weights times the waves of the first two coefficients. */
  private void plane(double[] weights, int from, int count, int m0, int m1) {
    int sign = m1 < 0 ? -1 : 1;
    int b = Math.abs(m1);
    multiply(count, cos[0][m0], sin[0][m0], cos[1][b], sin[1][b], sign, planeCos, planeSin);
    for (int j = 0; j < count; j++) {
      planeCos[j] *= weights[from + j];
      planeSin[j] *= weights[from + j];
    }
  }

  private void addPlane(int count, int v, double[] re, double[] im) {
    for (int j = 0; j < count; j++) {
      re[v] += planeCos[j];
      im[v] += planeSin[j];
    }
  }

  private void add(int count, int m2, int v, double[] re, double[] im) {
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
    re[v] += (cc + cc1) - sign * (ss + ss1);
    im[v] += (sc + sc1) + sign * (cs + cs1);
  }

  /** (a + i b)(c + i sign d) of the first {@code count}. */
  private static void multiply(
      int count,
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      int sign,
      double[] re,
      double[] im) {
    for (int j = 0; j < count; j++) {
      double x = a[j] * c[j] - sign * (b[j] * d[j]);
      im[j] = b[j] * c[j] + sign * (a[j] * d[j]);
      re[j] = x;
    }
  }
}
