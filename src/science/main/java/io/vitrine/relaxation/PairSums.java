package io.vitrine.relaxation;

/**
 * What one pair of frames says of the particles of one species: sums over the particles of F_s(k)'s
 * wave for each k, of r^2, of r^4, and the number of those with r &lt;= a and its square.
 *
 * <p>Positions are planar ([x.., y.., z..], in two dimensions without z), unwrapped, sigma. Sums
 * run in the order of the particles, four interleaved ones a sum. Cost: 5 ns a particle and k.
 */
final class PairSums {
  private static final int CHUNK = 512;

  private final RelaxationSpec spec;
  private final double[] squared = new double[CHUNK];
  private final double[] values = new double[CHUNK];

  PairSums(RelaxationSpec spec) {
    this.spec = spec;
  }

  /** Columns of a row: each k, r^2, r^4, overlaps, overlaps^2. */
  static int columns(RelaxationSpec spec) {
    return spec.wavevectors().size() + 4;
  }

  /** The row of particles begin..end-1 of two frames of n particles each. */
  double[] row(double[] from, double[] to, int n, int begin, int end) {
    int waves = spec.wavevectors().size();
    double[] row = new double[waves + 4];
    long overlaps = 0;
    for (int at = begin; at < end; at += CHUNK) {
      int count = Math.min(CHUNK, end - at);
      squares(from, to, n, at, count);
      for (int w = 0; w < waves; w++) {
        IsotropicWave.evaluate(
            spec.dimensions(), spec.wavevectors().get(w), squared, count, values);
        row[w] += sum(values, count);
      }
      row[waves] += sum(squared, count);
      for (int i = 0; i < count; i++) {
        values[i] = squared[i] * squared[i];
      }
      row[waves + 1] += sum(values, count);
      overlaps += overlaps(count);
    }
    row[waves + 2] = overlaps;
    row[waves + 3] = (double) overlaps * overlaps;
    return row;
  }

  private void squares(double[] from, double[] to, int n, int at, int count) {
    int y = n + at;
    for (int i = 0; i < count; i++) {
      double dx = to[at + i] - from[at + i];
      double dy = to[y + i] - from[y + i];
      squared[i] = dx * dx + dy * dy;
    }
    if (spec.dimensions() == 3) {
      int z = 2 * n + at;
      for (int i = 0; i < count; i++) {
        double dz = to[z + i] - from[z + i];
        squared[i] += dz * dz;
      }
    }
  }

  private int overlaps(int count) {
    double a = spec.overlap();
    int found = 0;
    for (int i = 0; i < count; i++) {
      found += Math.sqrt(squared[i]) <= a ? 1 : 0;
    }
    return found;
  }

  private static double sum(double[] values, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < count; i++) {
      a += values[i];
    }
    return (a + b) + (c + d);
  }
}
