package io.vitrine.structure;

import io.vitrine.geometry.PairTerms;
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

  /** Bits of the largest value in units: ten are left for values, 22 for the number of terms. */
  private static final int UNIT_BITS = 41;

  /** Where the largest value is looked for: a factor of two does not matter. */
  private static final int SAMPLES = 1000;

  /** Bits of a double that do not choose the segment. */
  private final int shift;

  /** Smallest squared distance told from zero, 2^-16, as a segment. */
  private final int first;

  private final double[][] table;

  private final double unit;

  /** 1.5 * 2^52 units. */
  private final double anchor;

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
    double most = 0;
    for (DoubleUnaryOperator function : functions) {
      for (int n = 0; n <= SAMPLES; n++) {
        most = Math.max(most, Math.abs(function.applyAsDouble(n * cutoff / SAMPLES)));
      }
    }
    int exponent = Math.max(-900, Math.min(900, Math.getExponent(most)));
    this.unit = Math.scalb(1.0, exponent - UNIT_BITS);
    this.anchor = 1.5 * Math.scalb(unit, MANTISSA);
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

  /** What sums count: a power of two, 2^-40 of the largest value or less. */
  double unit() {
    return unit;
  }

  /** Sum of a function over squared distances, all within the cut-off, in units. */
  long sum(int function, double[] squared, int count) {
    double[] t = table[function];
    long sum = 0;
    for (int n = 0; n < count; n++) {
      sum += at(t, squared[n], shift, first, anchor);
    }
    return sum;
  }

  /** The same of neighbours. */
  long sum(int function, PairTerms.Near near) {
    double[] t = table[function];
    long sum = 0;
    for (int c = 0; c < near.count; c++) {
      sum += at(t, near.squared[near.outer[c]], shift, first, anchor);
    }
    return sum + sum(function, near.squared, near.inner);
  }

  /** The same, with each term added to the neighbour's own sum too. */
  long add(int function, PairTerms.Near near, long[] neighbourSums) {
    long sum = outer(table[function], near.squared, near.outer, near.count, neighbourSums);
    return sum + inner(table[function], near.squared, near.inner, neighbourSums);
  }

  private long inner(double[] t, double[] squared, int count, long[] sums) {
    long sum = 0;
    for (int n = 0; n < count; n++) {
      long term = at(t, squared[n], shift, first, anchor);
      sums[n] += term;
      sum += term;
    }
    return sum;
  }

  private long outer(double[] t, double[] squared, int[] which, int count, long[] sums) {
    long sum = 0;
    for (int c = 0; c < count; c++) {
      int n = which[c];
      long term = at(t, squared[n], shift, first, anchor);
      sums[n] += term;
      sum += term;
    }
    return sum;
  }

  /** A value in units: added to the anchor, it is the last bits of the sum. */
  private static long at(double[] t, double squared, int shift, int first, double anchor) {
    int n = STRIDE * Math.max(0, (int) (Double.doubleToRawLongBits(squared) >>> shift) - first);
    double value = t[n] + squared * (t[n + 1] + squared * t[n + 2]);
    return Double.doubleToRawLongBits(value + anchor) - Double.doubleToRawLongBits(anchor);
  }
}
