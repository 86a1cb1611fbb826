package io.vitrine.analysis.window;

import io.vitrine.results.bins.Binning;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Histograms of one window: bin, count, bin, count, ... with ascending bins, no empty one. */
final class SparseBins {
  private final Binning binning;
  private final int[] counts;

  /** No value yet. */
  SparseBins(Binning binning) {
    this.binning = binning;
    this.counts = new int[binning.last() - binning.first() + 3];
  }

  static int[] count(Binning binning, double[] values) {
    SparseBins bins = new SparseBins(binning);
    bins.add(values);
    return bins.pairs();
  }

  /** The sum of some histograms of one kind. */
  static int[] sum(List<int[]> histograms) {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (int[] pairs : histograms) {
      for (int b = 0; b < pairs.length; b += 2) {
        counts.merge(pairs[b], pairs[b + 1], Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .flatMapToInt(e -> IntStream.of(e.getKey(), e.getValue()))
        .toArray();
  }

  void add(double[] values) {
    int below = binning.first() - 1;
    for (double value : values) {
      counts[binning.index(value) - below]++;
    }
  }

  int[] pairs() {
    int below = binning.first() - 1;
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
