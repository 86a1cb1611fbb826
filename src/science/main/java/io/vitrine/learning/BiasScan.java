package io.vitrine.learning;

import io.vitrine.model.Check;
import java.util.Arrays;

/**
 * Balanced accuracy of sign(w.z - b) as a function of the bias b, exact: it changes only at scores
 * of samples, and all of them are looked at.
 *
 * <p>The best bias is the middle of the plateau: the stretch of b around a maximum on which the
 * accuracy stays within one standard error of it, sqrt(t(1-t)/n+ + u(1-u)/n-) / 2 for the fractions
 * t and u of both classes on their side. Where several stretches hold a maximum, the widest counts;
 * where they are equally wide, the lowest.
 *
 * <p>With one class only the accuracy is that of this class. NaN when there are no samples.
 */
public final class BiasScan {
  private final double[] positive;
  private final double[] negative;

  private BiasScan(double[] positive, double[] negative) {
    this.positive = positive;
    this.negative = negative;
  }

  /** The best bias, where its plateau begins and ends, and the highest accuracy on it. */
  public record Plateau(double bias, double low, double high, double accuracy) {}

  /** Of raw scores w.z [n] and labels [n]. */
  public static BiasScan of(double[] raw, byte[] labels) {
    Check.length("labels", labels.length, raw.length);
    double[] positive = new double[raw.length];
    double[] negative = new double[raw.length];
    int p = 0;
    int q = 0;
    for (int i = 0; i < raw.length; i++) {
      if (labels[i] > 0) {
        positive[p++] = raw[i];
      } else {
        negative[q++] = raw[i];
      }
    }
    positive = Arrays.copyOf(positive, p);
    negative = Arrays.copyOf(negative, q);
    Arrays.sort(positive);
    Arrays.sort(negative);
    return new BiasScan(positive, negative);
  }

  /** Balanced accuracy at one bias. */
  public double accuracy(double bias) {
    double t = above(bias);
    double u = (double) notAbove(negative, bias) / negative.length;
    if (positive.length == 0) {
      return u;
    }
    return negative.length == 0 ? t : (t + u) / 2;
  }

  /** P(score &gt; 0 | hop) at one bias: the fraction of the rearranging samples above it. */
  public double above(double bias) {
    return (double) (positive.length - notAbove(positive, bias)) / positive.length;
  }

  /** The middle of the plateau; refused unless both classes are there. */
  public Plateau best() {
    if (positive.length == 0 || negative.length == 0) {
      throw Check.refuse(
          "samples of a bias scan",
          "hold both classes",
          positive.length + " at +1 and " + negative.length + " at -1");
    }
    double[] edges = edges();
    double[] accuracies = new double[edges.length - 1];
    int top = 0;
    for (int j = 0; j < accuracies.length; j++) {
      accuracies[j] = accuracy(edges[j]);
      top = accuracies[j] > accuracies[top] ? j : top;
    }
    if (accuracies.length == 0) {
      return new Plateau(edges[0], edges[0], edges[0], 0.5);
    }
    double highest = accuracies[top];
    double floor = highest - error(edges[top]);
    Plateau best = null;
    for (int j = 0; j < accuracies.length; j++) {
      if (accuracies[j] < floor) {
        continue;
      }
      int end = j;
      boolean holdsTop = false;
      while (end < accuracies.length && accuracies[end] >= floor) {
        holdsTop |= accuracies[end] == highest;
        end++;
      }
      double low = edges[j];
      double high = edges[end];
      if (holdsTop && (best == null || high - low > best.high() - best.low())) {
        best = new Plateau((low + high) / 2, low, high, highest);
      }
      j = end;
    }
    return best;
  }

  /** Lowest and highest score of a sample. */
  public double[] range() {
    double[] edges = edges();
    return new double[] {edges[0], edges[edges.length - 1]};
  }

  private double error(double bias) {
    double t = above(bias);
    double u = (double) notAbove(negative, bias) / negative.length;
    return Math.sqrt(t * (1 - t) / positive.length + u * (1 - u) / negative.length) / 2;
  }

  /** All scores, ascending, each once. */
  private double[] edges() {
    double[] all = Arrays.copyOf(positive, positive.length + negative.length);
    System.arraycopy(negative, 0, all, positive.length, negative.length);
    return Arrays.stream(all).sorted().distinct().toArray();
  }

  /** How many entries of {@code sorted} are at most {@code bias}. */
  private static int notAbove(double[] sorted, double bias) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= bias) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
