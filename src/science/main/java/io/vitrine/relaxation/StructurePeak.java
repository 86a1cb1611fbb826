package io.vitrine.relaxation;

import io.vitrine.geometry.BoxPart;
import io.vitrine.geometry.ReciprocalLattice;
import io.vitrine.model.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * S(k) = |sum_j exp(i k.r_j)|^2 / N of one frame at its first peak, and how far the largest S of a
 * single wavevector rises above it: a crystal, also a part of one, has Bragg peaks.
 *
 * <p>All wavevectors of the box (along its periodic edges) whose length is within {@value #BAND} of
 * the given one, relative, one of each k and -k; of more than {@value #MOST} every second, third,
 * ... (large boxes; beyond 65,536 particles of more than 2^29 / N). The peak is the largest mean of
 * {@value #BINS} equal bins of length. In a liquid the S of one wavevector is exponentially
 * distributed: of M of them the largest is about ln M means. The mean is taken as median / ln 2,
 * which Bragg peaks do not move.
 *
 * <p>Some of the wavevectors find grains, whose peaks are wide, and miss a crystal that fills a
 * large box: of a million particles one in two thousand is looked at. There the largest S is also
 * looked for in a part of the box with about {@value #PART} particles, at a place that the time of
 * the frame decides, with all its wavevectors.
 *
 * <p>Cost: 2 ns a particle and wavevector, a second at most.
 *
 * @param wavenumber where the peak is, 1/sigma
 * @param value S there
 * @param largest of one wavevector, in units of the mean
 * @param vectors M
 */
record StructurePeak(double wavenumber, double value, double largest, int vectors) {
  private static final double BAND = 0.07;
  private static final int MOST = 8192;

  private static final int LEAST = 512;
  private static final int TERMS = 1 << 29;
  private static final int PART = 6000;

  private static final int BINS = 7;

  static StructurePeak of(Frame frame, int dimensions, double wavevector) {
    Measured whole = measure(frame, dimensions, wavevector);
    if (whole.every == 1) {
      return whole.peak;
    }
    StructurePeak part = measure(BoxPart.of(frame, dimensions, PART), dimensions, wavevector).peak;
    return new StructurePeak(
        whole.peak.wavenumber,
        whole.peak.value,
        Math.max(whole.peak.largest, part.largest),
        whole.peak.vectors + part.vectors);
  }

  /** Of one in {@code every} wavevectors. */
  private record Measured(StructurePeak peak, int every) {}

  private static Measured measure(Frame frame, int dimensions, double wavevector) {
    ReciprocalLattice lattice = ReciprocalLattice.of(frame.box(), dimensions);
    double low = wavevector * (1 - BAND);
    double high = wavevector * (1 + BAND);
    int[] most = new int[3];
    for (int d = 0; d < lattice.dimensions(); d++) {
      most[d] = lattice.most(d, high);
    }
    int[][] chosen = band(lattice, most, low, high);
    int vectors = Math.max(LEAST, Math.min(MOST, TERMS / frame.count()));
    int every = Math.max(1, (chosen.length + vectors - 1) / vectors);
    int[][] measured = new int[(chosen.length + every - 1) / every][];
    for (int v = 0; v < measured.length; v++) {
      measured[v] = chosen[v * every];
    }
    double[] ones = new double[frame.count()];
    Arrays.fill(ones, 1);
    double[] all = Waves.squares(frame, lattice, ones, measured);
    double[] sums = new double[BINS];
    int[] counts = new int[BINS];
    for (int v = 0; v < all.length; v++) {
      all[v] /= frame.count();
      double part = (lattice.length(measured[v]) - low) / (high - low);
      int bin = Math.min(BINS - 1, (int) (part * BINS));
      sums[bin] += all[v];
      counts[bin]++;
    }
    return new Measured(summary(low, high, sums, counts, all), every);
  }

  private static StructurePeak summary(
      double low, double high, double[] sums, int[] counts, double[] all) {
    int peak = 0;
    for (int b = 1; b < BINS; b++) {
      if (counts[b] > 0 && !(sums[b] / counts[b] <= sums[peak] / counts[peak])) {
        peak = b;
      }
    }
    Arrays.sort(all);
    double mean = all.length == 0 ? Double.NaN : all[all.length / 2] / Math.log(2);
    double largest = all.length == 0 ? Double.NaN : all[all.length - 1] / mean;
    return new StructurePeak(
        low + (peak + 0.5) * (high - low) / BINS, sums[peak] / counts[peak], largest, all.length);
  }

  private static int[][] band(ReciprocalLattice lattice, int[] most, double low, double high) {
    List<int[]> chosen = new ArrayList<>();
    for (int h = 0; h <= most[0]; h++) {
      for (int k = h == 0 ? 0 : -most[1]; k <= most[1]; k++) {
        for (int l = h == 0 && k == 0 ? 1 : -most[2]; l <= most[2]; l++) {
          double length = lattice.length(h, k, l);
          if (length >= low && length <= high) {
            chosen.add(new int[] {h, k, l});
          }
        }
      }
    }
    return chosen.toArray(int[][]::new);
  }
}
