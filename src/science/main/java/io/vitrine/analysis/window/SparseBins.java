package io.vitrine.analysis.window;

import io.vitrine.results.bins.Binning;
import java.util.Arrays;

/** Histograms of one window: bin, count, bin, count, ... with ascending bins, no empty one. */
final class SparseBins {
  private SparseBins() {}

  static int[] count(Binning binning, double[] values) {
    int[] counts = new int[binning.last() - binning.first() + 3];
    int below = binning.first() - 1;
    for (double value : values) {
      counts[binning.index(value) - below]++;
    }
    int[] pairs = new int[2 * counts.length];
    int n = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      if (counts[bin] > 0) {
        pairs[n++] = below + bin;
        pairs[n++] = counts[bin];
      }
    }
    return Arrays.copyOf(pairs, n);
  }
}
