package io.vitrine.format.text;

import java.math.BigInteger;

/**
 * The double nearest to a decimal number, ties to even, for numbers with more digits than one
 * multiplication of doubles can round correctly.
 *
 * <p>The digits w are multiplied with the first 64, where that leaves a doubt the first 128, bits
 * of 5^q; the product's leading 55 bits decide the rounding, because no w below 2^64 comes so close
 * to the middle between two doubles that the bits left out matter. Ties are possible for -4 &lt;= q
 * &lt;= 23 only and are seen by a product without a rest.
 *
 * <p>Reference: D. Lemire, Software: Practice and Experience 51, 1700 (2021), doi:10.1002/spe.2984;
 * that no doubt is left: N. Mushtak and D. Lemire, ibid. 53, 1467 (2023), doi:10.1002/spe.3198.
 */
final class DecimalFloat {
  /** Powers of ten beyond are left to others. */
  static final int LARGEST_POWER = 64;

  private static final int MANTISSA = 52;
  private static final int BIAS = 1023;

  /** Bits of a product behind the 55 that decide. */
  private static final long REST = (1L << 9) - 1;

  private static final int LOWEST_TIE = -4;
  private static final int HIGHEST_TIE = 23;

  /** Reciprocals of powers of five up to here are exact enough to be rounded up. */
  private static final int ROUNDED_UP = 27;

  /** The first 128 bits of 5^q, upper half and lower half in turn. */
  private static final long[] FIVES = new long[2 * (2 * LARGEST_POWER + 1)];

  static {
    for (int q = -LARGEST_POWER; q <= LARGEST_POWER; q++) {
      BigInteger five = BigInteger.valueOf(5).pow(Math.abs(q));
      if (q < 0) {
        int bits = five.bitLength() + 127 + (q < -ROUNDED_UP ? 64 : 0);
        five = BigInteger.ONE.shiftLeft(bits).divide(five).add(BigInteger.ONE);
      }
      five = five.shiftRight(five.bitLength() - 128); // to the left where there are fewer
      FIVES[2 * (q + LARGEST_POWER)] = five.shiftRight(64).longValue();
      FIVES[2 * (q + LARGEST_POWER) + 1] = five.longValue();
    }
  }

  private DecimalFloat() {}

  /**
   * digits * 10^power, correctly rounded.
   *
   * @param digits above 0
   * @param power within {@value #LARGEST_POWER} of 0
   */
  static double of(long digits, int power) {
    int shift = Long.numberOfLeadingZeros(digits);
    long w = digits << shift;
    long upper = FIVES[2 * (power + LARGEST_POWER)];
    long high = multiplyHigh(w, upper);
    long low = w * upper;
    if ((high & REST) == REST) {
      long more = multiplyHigh(w, FIVES[2 * (power + LARGEST_POWER) + 1]);
      low += more;
      if (Long.compareUnsigned(low, more) < 0) {
        high++;
      }
    }
    int top = (int) (high >>> 63);
    int behind = top + 64 - MANTISSA - 3;
    long bits = high >>> behind; // 54 of them: the mantissa and the first one behind it
    boolean tie =
        Long.compareUnsigned(low, 1) <= 0
            && power >= LOWEST_TIE
            && power <= HIGHEST_TIE
            && (bits & 3) == 1
            && bits << behind == high;
    bits = (tie ? bits & ~1L : bits + (bits & 1)) >>> 1;
    // log2(10) = 217706 / 2^16 to 7 digits, which is enough up to powers of 300.
    long exponent = ((217706L * power) >> 16) + 63 + top - shift + BIAS;
    // A mantissa that was rounded up to 2^53 carries into the exponent.
    return Double.longBitsToDouble((exponent << MANTISSA) + bits - (1L << MANTISSA));
  }

  /** The upper 64 bits of the product of two unsigned numbers. */
  private static long multiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }
}
