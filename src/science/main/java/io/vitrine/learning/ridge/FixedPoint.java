package io.vitrine.learning.ridge;

import io.vitrine.model.Check;
import java.math.BigInteger;

/**
 * Integers of several 64-bit words in arrays, the lowest word first, two's complement: sums that do
 * not depend on their order.
 */
final class FixedPoint {
  private FixedPoint() {}

  /** Adds an integer of 128 bits. */
  static void add(long[] sum, int at, int words, long low, long high) {
    long before = sum[at];
    sum[at] += low;
    long carry = Long.compareUnsigned(sum[at], before) < 0 ? 1 : 0;
    before = sum[at + 1];
    long partial = before + high;
    long next = Long.compareUnsigned(partial, before) < 0 ? 1 : 0;
    sum[at + 1] = partial + carry;
    next += carry == 1 && sum[at + 1] == 0 ? 1 : 0;
    if (words > 2) {
      sum[at + 2] += (high >> 63) + next;
    }
  }

  /** Adds n a b, n &gt; 0 below 2^31 and a, b below 2^62 in size, to three words. */
  static void addProduct(long[] sum, int at, int n, long a, long b) {
    long low = a * b;
    long high = Math.multiplyHigh(a, b);
    // n (high 2^64 + low), low unsigned.
    long lowCarry = Math.multiplyHigh(low, n) + (low < 0 ? n : 0);
    add(sum, at, 3, n * low, lowCarry);
    long top = n * high;
    long overflow = Math.multiplyHigh(n, high);
    long before = sum[at + 1];
    sum[at + 1] += top;
    long carry = Long.compareUnsigned(sum[at + 1], before) < 0 ? 1 : 0;
    sum[at + 2] += overflow + carry;
  }

  /** Adds a double, rounded to a multiple of 2^-digits, half away from zero. */
  static void add(long[] sum, int at, int words, double value, int digits) {
    if (!Double.isFinite(value)) {
      throw Check.refuse("sum of products of features", "be finite", value);
    }
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) ((bits >> 52) & 0x7ff);
    long mantissa = bits & 0xfffffffffffffL;
    mantissa = exponent == 0 ? mantissa << 1 : mantissa | 0x10000000000000L;
    int shift = exponent - 1075 + digits;
    if (shift < 0) {
      mantissa = shift < -54 ? 0 : ((mantissa >> (-shift - 1)) + 1) >> 1;
      shift = 0;
    }
    if (shift + 54 >= 64 * words) {
      throw Check.refuse("sum of products of features", "be below 2^99 in size", value);
    }
    int word = shift / 64;
    int bit = shift % 64;
    long low = mantissa << bit;
    long high = bit == 0 ? 0 : mantissa >>> (64 - bit);
    boolean negative = bits < 0;
    long carry = 0;
    for (int w = word; w < words; w++) {
      long part = w == word ? low : w == word + 1 ? high : 0;
      long before = sum[at + w];
      if (negative) {
        long after = before - part - carry;
        carry = Long.compareUnsigned(before, part) < 0 || (carry == 1 && before == part) ? 1 : 0;
        sum[at + w] = after;
      } else {
        long after = before + part + carry;
        int compared = Long.compareUnsigned(after, before);
        carry = compared < 0 || (carry == 1 && compared == 0) ? 1 : 0;
        sum[at + w] = after;
      }
    }
  }

  /** Adds or subtracts the integer at the same place of another array. */
  static void combine(long[] sum, long[] other, int at, int words, boolean negative) {
    long carry = negative ? 1 : 0;
    for (int w = at; w < at + words; w++) {
      long part = negative ? ~other[w] : other[w];
      long after = sum[w] + part + carry;
      int compared = Long.compareUnsigned(after, sum[w]);
      carry = compared < 0 || (carry == 1 && compared == 0) ? 1 : 0;
      sum[w] = after;
    }
  }

  /** The integer at a place. */
  static BigInteger value(long[] sum, int at, int words) {
    BigInteger value = BigInteger.valueOf(sum[at + words - 1]);
    for (int w = words - 2; w >= 0; w--) {
      BigInteger low = BigInteger.valueOf(sum[at + w] >>> 1).shiftLeft(1);
      low = low.add(BigInteger.valueOf(sum[at + w] & 1));
      value = value.shiftLeft(64).add(low);
    }
    return value;
  }

  /** a / b 2^-digits, rounded to double. */
  static double ratio(BigInteger a, BigInteger b, int digits) {
    // 80 more digits than the divisor takes away leave the quotient's rounding far below a
    // double's.
    int extra = Math.max(0, 80 + b.bitLength() - a.bitLength());
    BigInteger quotient = a.shiftLeft(extra).divide(b);
    return Math.scalb(quotient.doubleValue(), -digits - extra);
  }
}
