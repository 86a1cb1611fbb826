package io.vitrine.format.imd;

import java.util.Arrays;

/**
 * Counts the frames that an IMD server left out because its client was slow.
 *
 * <p>Where frames carry a step, the difference of the first two is the distance, and whatever is
 * missing between later ones is counted exactly. Where they do not (version 2), a frame is
 * suspected to follow a gap when the mean squared displacement since the frame before is far above
 * what it usually is: more than the median of the last {@value #KEPT} by 6 of their standard
 * deviations (1.4826 median absolute deviations) and 5%. In a cage displacements hardly grow with
 * time, so short gaps of a cold liquid go unseen.
 */
final class ImdGaps {
  private static final int KEPT = 32;
  private static final int NEEDED = 8;
  private static final double DEVIATIONS = 6;
  private static final double MAD_TO_DEVIATION = 1.4826;
  private static final double SLACK = 0.05;

  private final double[] displacements = new double[KEPT];
  private int known;
  private long lastStep = -1;
  private long distance;
  private long missing;
  private long rewinds;
  private long suspected;

  /** Takes the step of the next frame. */
  void step(long step) {
    if (lastStep >= 0) {
      long difference = step - lastStep;
      if (difference <= 0) {
        rewinds++;
      } else if (distance == 0 || difference < distance) {
        // The first two frames may themselves have had a gap between them.
        distance = difference;
      } else {
        missing += Math.round((double) difference / distance) - 1;
      }
    }
    lastStep = step;
  }

  /** Takes the mean squared displacement since the frame before; true where a gap is suspected. */
  boolean displacement(double meanSquared) {
    boolean above = meanSquared > limit();
    if (above) {
      suspected++;
    }
    remember(meanSquared);
    return above;
  }

  /** Takes a displacement as usual, without judging it; NaN is none. */
  void remember(double meanSquared) {
    if (!Double.isNaN(meanSquared)) {
      displacements[known++ % KEPT] = meanSquared;
    }
  }

  /** Median of the last displacements, or NaN. */
  double usualDisplacement() {
    return known == 0 ? Double.NaN : median(last());
  }

  private double limit() {
    if (known < NEEDED) {
      return Double.POSITIVE_INFINITY;
    }
    double median = median(last());
    double[] away = last();
    for (int i = 0; i < away.length; i++) {
      away[i] = Math.abs(away[i] - median);
    }
    return median + DEVIATIONS * MAD_TO_DEVIATION * median(away) + SLACK * median;
  }

  private double[] last() {
    return Arrays.copyOf(displacements, Math.min(known, KEPT));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** Frames known to be missing. */
  long missing() {
    return missing;
  }

  /** Times a step was not above the one before. */
  long rewinds() {
    return rewinds;
  }

  /** Places where a gap is suspected. */
  long suspected() {
    return suspected;
  }
}
