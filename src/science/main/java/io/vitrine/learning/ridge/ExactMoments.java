package io.vitrine.learning.ridge;

import io.vitrine.learning.CentredBlock;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureMoments;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Counts, sums and products of feature vectors, exact in this sense: blocks merged in any order and
 * in any grouping, and taken out again, give the same bits.
 *
 * <p>A block is what one call of {@link #accept} sees: a configuration or a window, never part of
 * one. It is summed in double, in the order of its rows, around its own mean m_b: W_b = sum (x -
 * m_b)(x - m_b)'. Everything behind that is integer arithmetic: m_b is rounded to a multiple of
 * 2^-46 (which moves a block by less than 8e-15 in each feature), W_b to a multiple of 2^-92, and
 * sum_b n_b m_b and sum_b (W_b + n_b m_b m_b') are kept as integers of 128 and 192 bits. So mean
 * and covariance are rounded once, when they are asked for.
 *
 * <p>Features are finite and their means below 65,536 in size. Space: 12 d (d + 1) + 16 d bytes;
 * time: n d^2 / 2 multiplications a block.
 */
public final class ExactMoments {
  private static final byte VERSION = 1;
  private static final int WORDS = 3;

  /** Binary digits behind the point of means; products have twice as many. */
  private static final int DIGITS = 46;

  private static final double MOST = 65_536;

  private final int d;
  private long count;

  /** sum_b n_b m_b, two words each, the lower first. */
  private final long[] sums;

  /** Upper triangle, row by row, of the products, three words each, the lowest first. */
  private final long[] products;

  private ExactMoments(int d) {
    this.d = d;
    this.sums = new long[2 * d];
    this.products = new long[WORDS * (d * (d + 1) / 2)];
  }

  /** Of vectors of this length. */
  public static ExactMoments of(int length) {
    return new ExactMoments(Check.positive("feature count", length));
  }

  /** Length of a vector. */
  public int length() {
    return d;
  }

  /** How many vectors were seen. */
  public long count() {
    return count;
  }

  /** Adds one block, [n * d], one row a vector; refuses what is not finite or too large. */
  public ExactMoments accept(double[] rows) {
    CentredBlock block = CentredBlock.of(rows, d);
    int n = block.count();
    if (n == 0) {
      return this;
    }
    long[] whole = new long[d];
    for (int k = 0; k < d; k++) {
      if (!(Math.abs(block.mean(k)) < MOST)) {
        throw Check.refuse(
            "mean of feature " + k, "be finite and below 65536 in size", block.mean(k));
      }
      whole[k] = (long) Math.rint(Math.scalb(block.mean(k), DIGITS));
    }
    for (int k = 0; k < d; k++) {
      FixedPoint.add(sums, 2 * k, 2, n * whole[k], Math.multiplyHigh(n, whole[k]));
    }
    int at = 0;
    for (int k = 0; k < d; k++) {
      for (int l = k; l < d; l++) {
        FixedPoint.addProduct(products, at, n, whole[k], whole[l]);
        FixedPoint.add(products, at, WORDS, block.product(k, l), 2 * DIGITS);
        at += WORDS;
      }
    }
    count += n;
    return this;
  }

  /** Adds all that {@code other} has seen. */
  public ExactMoments merge(ExactMoments other) {
    return combine(other, false);
  }

  /** Takes out what {@code other} has seen, which this has seen too. */
  public ExactMoments remove(ExactMoments other) {
    if (other.count > count) {
      throw Check.refuse("count of what is taken out", "be <= " + count, other.count);
    }
    return combine(other, true);
  }

  private ExactMoments combine(ExactMoments other, boolean negative) {
    Check.length("feature vector", other.d, d);
    count += negative ? -other.count : other.count;
    for (int at = 0; at < sums.length; at += 2) {
      FixedPoint.combine(sums, other.sums, at, 2, negative);
    }
    for (int at = 0; at < products.length; at += WORDS) {
      FixedPoint.combine(products, other.products, at, WORDS, negative);
    }
    return this;
  }

  /** What this has seen, on its own. */
  public ExactMoments copy() {
    return of(d).merge(this);
  }

  /** Whether a feature has two values at least. */
  public boolean varies(int feature) {
    BigInteger sum = FixedPoint.value(sums, 2 * feature, 2);
    int diagonal = feature * d - feature * (feature - 1) / 2;
    BigInteger product = FixedPoint.value(products, WORDS * diagonal, WORDS);
    return product.multiply(BigInteger.valueOf(count)).compareTo(sum.multiply(sum)) > 0;
  }

  /** Mean and population covariance, each rounded once; refused when nothing was seen. */
  public FeatureMoments result() {
    if (count == 0) {
      throw Check.refuse("number of vectors", "be > 0", count);
    }
    BigInteger n = BigInteger.valueOf(count);
    BigInteger[] sum = new BigInteger[d];
    double[] mean = new double[d];
    for (int k = 0; k < d; k++) {
      sum[k] = FixedPoint.value(sums, 2 * k, 2);
      mean[k] = FixedPoint.ratio(sum[k], n, DIGITS);
    }
    double[] covariance = new double[d * d];
    BigInteger square = n.multiply(n);
    int at = 0;
    for (int k = 0; k < d; k++) {
      for (int l = k; l < d; l++) {
        BigInteger product = FixedPoint.value(products, at, WORDS);
        BigInteger central = product.multiply(n).subtract(sum[k].multiply(sum[l]));
        covariance[k * d + l] = FixedPoint.ratio(central, square, 2 * DIGITS);
        covariance[l * d + k] = covariance[k * d + l];
        at += WORDS;
      }
    }
    return FeatureMoments.of(count, mean, covariance);
  }

  /** Version, d, n, sums and products: 12 d (d + 1) + 16 d + 13 bytes. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(1 + 4 + 8 + 8 * (sums.length + products.length));
    out.put(VERSION).putInt(d).putLong(count);
    out.asLongBuffer().put(sums).put(products);
    return out.array();
  }

  /** Reads what {@link #encode} wrote. */
  public static ExactMoments decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte version = in.get();
    if (version != VERSION) {
      throw Check.refuse("version of stored moments", "be " + VERSION, version);
    }
    ExactMoments moments = of(in.getInt());
    moments.count = in.getLong();
    in.asLongBuffer().get(moments.sums).get(moments.products);
    return moments;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof ExactMoments that
            && d == that.d
            && count == that.count
            && Arrays.equals(sums, that.sums)
            && Arrays.equals(products, that.products));
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(count) + Arrays.hashCode(sums);
  }
}
