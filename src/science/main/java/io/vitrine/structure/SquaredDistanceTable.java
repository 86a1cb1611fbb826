package io.vitrine.structure;

import java.util.function.DoubleUnaryOperator;

/**
 * Functions of the distance, tabulated by its square: no root, one look-up in 24 KB a function,
 * which stay in the first cache, or in 96 KB of the second for narrow functions.
 *
 * <p>Segments have a constant relative width of R^2, 1/128 (or 1/512) of the power of two below:
 * the leading bits of the number are the segment's index. In each a parabola in R^2 through the
 * values at three Chebyshev nodes; error below |phi'''| h^3 / 192 where h is the width in R, at
 * most R / 128: for phi of {@link PairPotential} 1e-5 of the sum of |w_k / s_k| at 5 sigma, of
 * either sign. Below 0.004 sigma the value there is taken.
 */
final class SquaredDistanceTable {
  /** Leading bits of the mantissa that choose the segment of a wide function. */
  static final int WIDE = 7;

  /** The same of a narrow function. */
  static final int NARROW = 9;

  private static final int MANTISSA = 52;

  private static final int STRIDE = 4;

  /** Bits of a double that do not choose the segment. */
  private final int shift;

  /** Smallest squared distance told from zero, 2^-16, as a segment. */
  private final int first;

  private final double[][] table;

  /** Of functions of the distance up to a cut-off; {@link #WIDE} or {@link #NARROW} ones. */
  SquaredDistanceTable(double cutoff, int bits, DoubleUnaryOperator... functions) {
    this.shift = MANTISSA - bits;
    this.first = (int) (Double.doubleToRawLongBits(0x1p-16) >>> shift);
    this.table = new double[functions.length][];
    double largest = cutoff * cutoff;
    int segments = (int) (Double.doubleToRawLongBits(largest) >>> shift) - first + 2;
    for (int s = 0; s < table.length; s++) {
      table[s] = new double[STRIDE * segments];
      for (int n = 0; n < segments; n++) {
        fit(functions[s], table[s], n);
      }
      // Shorter distances all read the first segment.
      table[s][0] = functions[s].applyAsDouble(Math.sqrt(0x1p-16));
      table[s][1] = 0;
      table[s][2] = 0;
    }
  }

  private void fit(DoubleUnaryOperator phi, double[] table, int segment) {
    double low = Double.longBitsToDouble((long) (first + segment) << shift);
    double high = Double.longBitsToDouble((long) (first + segment + 1) << shift);
    double centre = 0.5 * (low + high);
    double off = 0.25 * Math.sqrt(3) * (high - low);
    double middle = phi.applyAsDouble(Math.sqrt(centre));
    double below = phi.applyAsDouble(Math.sqrt(centre - off));
    double above = phi.applyAsDouble(Math.sqrt(centre + off));
    double slope = (above - below) / (2 * off);
    double bend = (above - 2 * middle + below) / (2 * off * off);
    int at = STRIDE * segment;
    table[at] = middle - centre * (slope - centre * bend);
    table[at + 1] = slope - 2 * centre * bend;
    table[at + 2] = bend;
  }

  /** Sum of a function over squared distances, all within the cut-off. */
  double sum(int function, double[] squared, int count) {
    double[] t = table[function];
    double even = 0;
    double odd = 0;
    int n = 0;
    for (; n < count - 1; n += 2) {
      even += at(t, squared[n], shift, first);
      odd += at(t, squared[n + 1], shift, first);
    }
    if (n < count) {
      even += at(t, squared[n], shift, first);
    }
    return even + odd;
  }

  private static double at(double[] t, double squared, int shift, int first) {
    int n = STRIDE * Math.max(0, (int) (Double.doubleToRawLongBits(squared) >>> shift) - first);
    return t[n] + squared * (t[n + 1] + squared * t[n + 2]);
  }
}
