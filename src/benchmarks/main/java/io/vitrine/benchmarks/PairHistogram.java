package io.vitrine.benchmarks;

import io.vitrine.model.Frame;

/**
 * g(r) of frames of a cubic box by brute force over all pairs, r below half the box: a study's
 * oracle.
 *
 * <p>The box is cut into 27 cubes, and each has a g(r) of its own, of the particles in it with all
 * others. The scatter of the cubes gives the error of the mean. In a cold liquid blocks of time do
 * not: structure that outlives the run is the same in all of them.
 */
final class PairHistogram {
  private static final int CUBES_AN_EDGE = 3;
  private static final int CUBES = CUBES_AN_EDGE * CUBES_AN_EDGE * CUBES_AN_EDGE;
  private static final int PAIRS = 3;

  private final double width;
  private final int bins;
  private final double[][][] counts;
  private final double[][] particles = new double[CUBES][2];
  private double[] totals;
  private double volume;

  /** Bins [b width, (b+1) width). */
  PairHistogram(double width, int bins) {
    this.width = width;
    this.bins = bins;
    this.counts = new double[CUBES][PAIRS][bins];
  }

  void add(Frame frame) {
    int n = frame.count();
    double edge = frame.box().lx();
    double[] x = frame.positions();
    byte[] types = frame.particles().types();
    int[] cube = new int[n];
    totals = new double[2];
    volume = frame.box().volume();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < 3; k++) {
        double part = x[3 * i + k] / edge;
        part -= Math.floor(part);
        cube[i] =
            cube[i] * CUBES_AN_EDGE + Math.min(CUBES_AN_EDGE - 1, (int) (part * CUBES_AN_EDGE));
      }
      particles[cube[i]][types[i]]++;
      totals[types[i]]++;
    }
    double limit = Math.min(bins * width, edge / 2);
    double squared = limit * limit;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        double dx = nearest(x[3 * i] - x[3 * j], edge);
        double dy = nearest(x[3 * i + 1] - x[3 * j + 1], edge);
        double dz = nearest(x[3 * i + 2] - x[3 * j + 2], edge);
        double r2 = dx * dx + dy * dy + dz * dz;
        if (r2 < squared) {
          int bin = (int) (Math.sqrt(r2) / width);
          if (bin < bins) {
            int pair = types[i] + types[j];
            counts[cube[i]][pair][bin]++;
            counts[cube[j]][pair][bin]++;
          }
        }
      }
    }
  }

  int bins() {
    return bins;
  }

  /** g of AA (0), AB (1) or BB (2) in a bin. */
  double mean(int pair, int bin) {
    double found = 0;
    double expected = 0;
    for (int c = 0; c < CUBES; c++) {
      found += counts[c][pair][bin];
      expected += expected(c, pair, bin);
    }
    return found / expected;
  }

  /** Standard error of {@link #mean} from the scatter of the cubes. */
  double error(int pair, int bin) {
    double sum = 0;
    double squares = 0;
    for (int c = 0; c < CUBES; c++) {
      double g = counts[c][pair][bin] / expected(c, pair, bin);
      sum += g;
      squares += g * g;
    }
    double mean = sum / CUBES;
    return Math.sqrt(Math.max(0, squares / CUBES - mean * mean) / (CUBES - 1));
  }

  /** Pairs of an ideal gas; an AB pair is one of its A's and one of its B's. */
  private double expected(int c, int pair, int bin) {
    double pairs =
        switch (pair) {
          case 0 -> particles[c][0] * (totals[0] - 1);
          case 1 -> particles[c][0] * totals[1] + particles[c][1] * totals[0];
          default -> particles[c][1] * (totals[1] - 1);
        };
    double shell = 4.0 / 3 * Math.PI * (Math.pow((bin + 1) * width, 3) - Math.pow(bin * width, 3));
    return pairs * shell / volume;
  }

  static double nearest(double d, double edge) {
    return d > edge / 2 ? d - edge : d < -edge / 2 ? d + edge : d;
  }
}
