package io.vitrine.structure;

import io.vitrine.geometry.NeighbourLoop;
import io.vitrine.model.BondOrderTerm;
import io.vitrine.model.Frame;
import java.util.Arrays;

/**
 * Averaged bond orders of all particles, [N * degrees]: q_lm(i) = mean of Y_lm(R_ij) over the
 * neighbours j with R_ij &lt;= 1.5, averaged over i and its neighbours, and of that the length
 * q_l(i) = sqrt(4 pi / (2 l + 1) sum_m |q_lm|^2), l = 2 ... 12.
 *
 * <p>Dimensionless, invariant under rotations, between 0 and 1. A particle without neighbours has
 * 0. Neighbours of all species count alike.
 *
 * @see <a href="https://doi.org/10.1063/1.2977970">Lechner and Dellago 2008</a>, eqs. 5 and 6
 */
final class BondOrder {
  private static final int MOST = BondOrderTerm.LAST;
  private static final int ORDERS = (MOST + 1) * (MOST + 2) / 2;

  /**
   * sqrt((l - m)! / (l + m)!) at [l (l + 1) / 2 + m]: Y_lm sqrt(4 pi / (2 l + 1)) has this norm.
   */
  private static final double[] NORM = new double[ORDERS];

  static {
    for (int l = 0; l <= MOST; l++) {
      double ratio = 1;
      for (int m = 0; m <= l; m++) {
        NORM[at(l, m)] = Math.sqrt(ratio);
        ratio /= (double) (l + m + 1) * Math.max(1, l - m);
      }
    }
  }

  private BondOrder() {}

  private static int at(int l, int m) {
    return l * (l + 1) / 2 + m;
  }

  static double[] of(Frame frame) {
    int n = frame.count();
    int[] all = new int[n];
    Arrays.setAll(all, i -> i);
    NeighbourLoop loop = NeighbourLoop.over(frame, BondOrderTerm.CUTOFF);
    double[] own = new double[n * 2 * ORDERS];
    double[] legendre = new double[ORDERS];
    loop.forEachBond(
        all,
        (i, bonds) -> {
          int row = i * 2 * ORDERS;
          for (int b = 0; b < bonds.count(); b++) {
            double r = Math.sqrt(bonds.squared()[b]);
            addHarmonics(bonds.x()[b] / r, bonds.y()[b] / r, bonds.z()[b] / r, legendre, own, row);
          }
          for (int k = 0; k < 2 * ORDERS && bonds.count() > 0; k++) {
            own[row + k] /= bonds.count();
          }
        });
    int degrees = BondOrderTerm.LAST - BondOrderTerm.FIRST + 1;
    double[] orders = new double[n * degrees];
    double[] sum = new double[2 * ORDERS];
    loop.forEachBond(
        all,
        (i, bonds) -> {
          System.arraycopy(own, i * 2 * ORDERS, sum, 0, sum.length);
          for (int b = 0; b < bonds.count(); b++) {
            int other = bonds.particles()[b] * 2 * ORDERS;
            for (int k = 0; k < sum.length; k++) {
              sum[k] += own[other + k];
            }
          }
          for (int l = BondOrderTerm.FIRST; l <= MOST; l++) {
            orders[i * degrees + l - BondOrderTerm.FIRST] = length(sum, l) / (1 + bonds.count());
          }
        });
    return orders;
  }

  private static double length(double[] q, int l) {
    double squares = 0;
    for (int m = 0; m <= l; m++) {
      double re = q[2 * at(l, m)];
      double im = q[2 * at(l, m) + 1];
      // Y_l-m is the conjugate of Y_lm but for its sign.
      squares += (m == 0 ? 1 : 2) * (re * re + im * im);
    }
    return Math.sqrt(squares);
  }

  /**
   * Adds Y_lm sqrt(4 pi / (2 l + 1)), m &gt;= 0, of a unit vector: P_lm / sin^m times (x + iy)^m.
   */
  private static void addHarmonics(
      double x, double y, double z, double[] p, double[] sum, int row) {
    double diagonal = 1;
    double re = 1;
    double im = 0;
    for (int m = 0; m <= MOST; m++) {
      p[at(m, m)] = diagonal;
      for (int l = m + 1; l <= MOST; l++) {
        double before = l - 2 < m ? 0 : p[at(l - 2, m)];
        p[at(l, m)] = ((2 * l - 1) * z * p[at(l - 1, m)] - (l + m - 1) * before) / (l - m);
      }
      for (int l = m; l <= MOST; l++) {
        double f = NORM[at(l, m)] * p[at(l, m)];
        sum[row + 2 * at(l, m)] += f * re;
        sum[row + 2 * at(l, m) + 1] += f * im;
      }
      diagonal *= -(2 * m + 1);
      double turned = re * x - im * y;
      im = re * y + im * x;
      re = turned;
    }
  }
}
