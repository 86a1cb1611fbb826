package io.vitrine.learning;

import io.vitrine.model.Check;
import io.vitrine.model.FeatureMoments;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Mean and covariance of the features of all particles, gathered frame by frame: the bulk that
 * gives sigma and {@code --standardize bulk}.
 *
 * <p>A frame is summed in particle order around its own mean; frames and partial sums are combined
 * by Chan's update, delta = m_b - m_a: M += M_b + delta delta' n_a n_b / n. The same partial sums
 * merged in the same order give the same bits; so keep one a frame, or a time block, and merge them
 * by time.
 *
 * <p>Nothing seen: no result. Space: 8 d (d + 1) bytes. Time: n d^2 / 2 multiplications a frame.
 *
 * @see <a href="https://doi.org/10.1080/00031305.1983.10483115">Chan, Golub and LeVeque 1983</a>
 */
public final class BulkMoments {
  private static final byte VERSION = 1;

  private final int d;
  private final double[] mean;

  /** Upper triangle of the summed products, [d * d], the rest zero. */
  private final double[] products;

  private long count;

  private BulkMoments(int d) {
    this.d = d;
    this.mean = new double[d];
    this.products = new double[d * d];
  }

  /** Of feature vectors of this length. */
  public static BulkMoments of(int featureCount) {
    return new BulkMoments(Check.positive("feature count", featureCount));
  }

  /** All that went into {@code moments}. */
  static BulkMoments of(FeatureMoments moments) {
    BulkMoments m = new BulkMoments(moments.featureCount());
    m.count = moments.count();
    for (int k = 0; k < m.d; k++) {
      m.mean[k] = moments.mean()[k];
      for (int l = k; l < m.d; l++) {
        m.products[k * m.d + l] = moments.covariance()[k * m.d + l] * m.count;
      }
    }
    return m;
  }

  /** Adds one frame: {@code features} [n * d], one row a particle, in particle order. */
  public BulkMoments accept(double[] features) {
    CentredBlock block = CentredBlock.of(features, d);
    if (block.count() == 0) {
      return this;
    }
    BulkMoments frame = new BulkMoments(d);
    frame.count = block.count();
    for (int k = 0; k < d; k++) {
      frame.mean[k] = block.mean(k);
      for (int l = k; l < d; l++) {
        frame.products[k * d + l] = block.product(k, l);
      }
    }
    return merge(frame);
  }

  /** Adds all that {@code other} has seen. */
  public BulkMoments merge(BulkMoments other) {
    Check.length("feature vector", other.d, d);
    if (other.count == 0) {
      return this;
    }
    double total = (double) count + other.count;
    double weight = count * (other.count / total);
    double[] delta = new double[d];
    for (int k = 0; k < d; k++) {
      delta[k] = other.mean[k] - mean[k];
    }
    for (int k = 0; k < d; k++) {
      for (int l = k; l < d; l++) {
        products[k * d + l] += other.products[k * d + l] + delta[k] * delta[l] * weight;
      }
      mean[k] += delta[k] * (other.count / total);
    }
    count += other.count;
    return this;
  }

  /** How many feature vectors were seen. */
  public long count() {
    return count;
  }

  /** Mean and population covariance; refused when nothing was seen. */
  public FeatureMoments result() {
    if (count == 0) {
      throw Check.refuse("bulk count", "be > 0", count);
    }
    double[] covariance = new double[d * d];
    for (int k = 0; k < d; k++) {
      for (int l = k; l < d; l++) {
        covariance[k * d + l] = products[k * d + l] / count;
        covariance[l * d + k] = covariance[k * d + l];
      }
    }
    return FeatureMoments.of(count, mean.clone(), covariance);
  }

  /** Version, d, n, mean and upper triangle: 8 d (d + 3) / 2 bytes and 13. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(1 + 4 + 8 + 8 * (d + d * (d + 1) / 2));
    out.put(VERSION).putInt(d).putLong(count);
    for (double m : mean) {
      out.putDouble(m);
    }
    for (int k = 0; k < d; k++) {
      for (int l = k; l < d; l++) {
        out.putDouble(products[k * d + l]);
      }
    }
    return out.array();
  }

  /** Reads what {@link #encode} wrote. */
  public static BulkMoments decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte version = in.get();
    if (version != VERSION) {
      throw Check.refuse("version of stored bulk moments", "be " + VERSION, version);
    }
    BulkMoments m = of(in.getInt());
    m.count = in.getLong();
    for (int k = 0; k < m.d; k++) {
      m.mean[k] = in.getDouble();
    }
    for (int k = 0; k < m.d; k++) {
      for (int l = k; l < m.d; l++) {
        m.products[k * m.d + l] = in.getDouble();
      }
    }
    return m;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof BulkMoments that
            && count == that.count
            && Arrays.equals(mean, that.mean)
            && Arrays.equals(products, that.products));
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(count) + Arrays.hashCode(mean);
  }
}
