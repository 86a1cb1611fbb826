package io.vitrine.structure;

import io.vitrine.geometry.PairTerms;
import java.util.function.DoubleUnaryOperator;

/**
 * Functions of the distance, tabulated by its square: no root, one look-up in 24 KB a function,
 * which stay in the first cache, or in 96 KB of the second for narrow functions.
 *
 * <p>Segments have a constant relative width of R^2, 1/128 (or 1/512) of the power of two below:
 * the last bits of the exponent and the first of the mantissa are the segment's index, masked by a
 * constant, so that an index needs neither a subtraction nor a comparison. In each a parabola in
 * R^2 through the values at three Chebyshev nodes; error below |phi'''| h^3 / 192 where h is the
 * width in R, at most R / 128: for phi of {@link PairPotential} 1e-5 of the sum of |w_k / s_k| at 5
 * sigma, of either sign.
 *
 * <p>Values are rounded to multiples of a unit, a power of two, 2^-40 of the largest value or less,
 * so that sums of up to 4096 terms, as large as they may be, are exact and do not depend on their
 * order. All stays in floating-point registers: moving a term to an integer costs more than its
 * parabola.
 */
final class SquaredDistanceTable {
  /** Leading bits of the mantissa that choose the segment of a wide function. */
  static final int WIDE = 7;

  /** The same of a narrow function. */
  static final int NARROW = 9;

  private static final int MANTISSA = 52;

  private static final int STRIDE = 4;

  /** Places in a table, most of which are never read: room for {@link PairTerms#POWERS}. */
  private static final int PLACES = 1 << (6 + NARROW);

  /** Where a segment begins: the same for all tables, so that the compiler knows it. */
  private static final int MASK = STRIDE * (PLACES - 1);

  /** Bits of the largest value in units: twelve are left for the number of terms. */
  private static final int UNIT_BITS = 40;

  /** Where the largest value is looked for: a factor of two does not matter. */
  private static final int SAMPLES = 1000;

  /** Below an eight-thousandth of the cut-off the value at zero is taken: fewer segments to fit. */
  private static final double CORE = 0x1p-26;

  /** Bits of a double that are not in the index, less those of the stride. */
  private final int shift;

  private final double[][] table;

  /** 1.5 * 2^52 units: what is added to it is rounded to units. */
  private final double anchor;

  /** Of functions of the distance up to a cut-off; {@link #WIDE} or {@link #NARROW} ones. */
  SquaredDistanceTable(double cutoff, int bits, DoubleUnaryOperator... functions) {
    this.shift = MANTISSA - bits - Integer.numberOfTrailingZeros(STRIDE);
    this.table = new double[functions.length][STRIDE * PLACES];
    double core = CORE * cutoff * cutoff;
    double most = 0;
    for (int f = 0; f < table.length; f++) {
      for (double low = PairTerms.least(cutoff); low <= cutoff * cutoff; low = next(low, bits)) {
        if (low < core) {
          table[f][place(low)] = functions[f].applyAsDouble(0);
        } else {
          fit(functions[f], low, next(low, bits), table[f], place(low));
        }
      }
      for (int n = 0; n <= SAMPLES; n++) {
        most = Math.max(most, Math.abs(functions[f].applyAsDouble(n * cutoff / SAMPLES)));
      }
    }
    int exponent = Math.max(-900, Math.min(900, Math.getExponent(most)));
    this.anchor = 1.5 * Math.scalb(1.0, exponent - UNIT_BITS + MANTISSA);
  }

  /** Where the segment that begins at a squared distance ends. */
  private static double next(double low, int bits) {
    return low + Math.scalb(1.0, Math.getExponent(low) - bits);
  }

  private int place(double squared) {
    return (int) (Double.doubleToRawLongBits(squared) >>> shift) & MASK;
  }

  private static void fit(
      DoubleUnaryOperator phi, double low, double high, double[] table, int at) {
    double centre = 0.5 * (low + high);
    double off = 0.25 * Math.sqrt(3) * (high - low);
    double middle = phi.applyAsDouble(Math.sqrt(centre));
    double below = phi.applyAsDouble(Math.sqrt(centre - off));
    double above = phi.applyAsDouble(Math.sqrt(centre + off));
    double slope = (above - below) / (2 * off);
    double bend = (above - 2 * middle + below) / (2 * off * off);
    table[at] = middle - centre * (slope - centre * bend);
    table[at + 1] = slope - 2 * centre * bend;
    table[at + 2] = bend;
  }

  /**
   * Sum of a function over squared distances, all within the cut-off and at least {@link
   * PairTerms#least}.
   */
  double sum(int function, double[] squared, int count) {
    return sum(table[function], squared, count, shift, anchor);
  }

  /** The same of neighbours. */
  double sum(int function, PairTerms.Near near) {
    return outer(table[function], near.squared, near.outer, near.count, shift, anchor)
        + sum(function, near.squared, near.inner);
  }

  /** The same, with each term added to the neighbour's own sum too. */
  double add(int function, PairTerms.Near near, double[] sums) {
    double[] t = table[function];
    return addOuter(t, near.squared, near.outer, near.count, sums, shift, anchor)
        + addInner(t, near.squared, near.inner, sums, shift, anchor);
  }

  private static double sum(double[] t, double[] squared, int count, int shift, double anchor) {
    double sum = 0;
    for (int n = 0; n < count; n++) {
      sum += at(t, squared[n], shift, anchor);
    }
    return sum;
  }

  private static double outer(
      double[] t, double[] squared, int[] which, int count, int shift, double anchor) {
    double sum = 0;
    for (int c = 0; c < count; c++) {
      sum += at(t, squared[which[c]], shift, anchor);
    }
    return sum;
  }

  private static double addInner(
      double[] t, double[] squared, int count, double[] sums, int shift, double anchor) {
    double sum = 0;
    for (int n = 0; n < count; n++) {
      double term = at(t, squared[n], shift, anchor);
      sums[n] += term;
      sum += term;
    }
    return sum;
  }

  private static double addOuter(
      double[] t,
      double[] squared,
      int[] which,
      int count,
      double[] sums,
      int shift,
      double anchor) {
    double sum = 0;
    for (int c = 0; c < count; c++) {
      int n = which[c];
      double term = at(t, squared[n], shift, anchor);
      sums[n] += term;
      sum += term;
    }
    return sum;
  }

  /** A value, rounded to units: its last bits are lost in the anchor. */
  private static double at(double[] t, double squared, int shift, double anchor) {
    int n = (int) (Double.doubleToRawLongBits(squared) >>> shift) & MASK;
    double value = t[n] + squared * (t[n + 1] + squared * t[n + 2]);
    return (value + anchor) - anchor;
  }
}
