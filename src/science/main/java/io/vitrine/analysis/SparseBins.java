package io.vitrine.analysis;

import io.vitrine.results.Binning;
import java.util.Arrays;

/** Histograms of one window: bin, count, bin, count, ... with ascending bins, no empty one. */
final class SparseBins {
  private SparseBins() {}

  static int[] count(Binning binning, double[] values) {
    int[] indices = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      indices[i] = binning.index(values[i]);
    }
    Arrays.sort(indices);
    int[] pairs = new int[2 * indices.length];
    int n = 0;
    for (int i = 0; i < indices.length; i++) {
      if (i > 0 && indices[i] == indices[i - 1]) {
        pairs[n - 1]++;
      } else {
        pairs[n++] = indices[i];
        pairs[n++] = 1;
      }
    }
    return Arrays.copyOf(pairs, n);
  }
}
