package io.vitrine.geometry;

import io.vitrine.model.Species;
import java.util.Arrays;

/** Candidates in double precision. */
final class DoubleCandidates extends CandidateBuffer {
  private final double[][] x = new double[Species.COUNT][FIRST_CAPACITY];
  private final double[][] y = new double[Species.COUNT][FIRST_CAPACITY];
  private final double[][] z = new double[Species.COUNT][FIRST_CAPACITY];
  private double[] squared = new double[FIRST_CAPACITY];
  private double[] near = new double[FIRST_CAPACITY];

  /** The smallest squared distance that is too far. */
  private final double limit;

  private final PairVisitor visitor;

  DoubleCandidates(CellGrid grid, CellRows rows, double limit, PairVisitor visitor) {
    super(grid, rows);
    this.limit = limit;
    this.visitor = visitor;
  }

  @Override
  void copy(int s, int from, int n, double sx, double sy, double sz) {
    int at = count[s];
    if (at + n > x[s].length) {
      grow(s, at + n);
    }
    double[] tx = x[s];
    double[] ty = y[s];
    double[] tz = z[s];
    for (int i = 0; i < n; i++) {
      tx[at + i] = grid.x[from + i] + sx;
      ty[at + i] = grid.y[from + i] + sy;
      tz[at + i] = grid.z[from + i] + sz;
    }
  }

  private void grow(int s, int needed) {
    int capacity = Math.max(2 * x[s].length, needed);
    x[s] = Arrays.copyOf(x[s], capacity);
    y[s] = Arrays.copyOf(y[s], capacity);
    z[s] = Arrays.copyOf(z[s], capacity);
    if (capacity > squared.length) {
      squared = new double[capacity];
      near = new double[capacity];
    }
  }

  @Override
  void distances(int s, double px, double py, double pz) {
    distances(x[s], y[s], z[s], count[s], px, py, pz, squared);
  }

  private static void distances(
      double[] x, double[] y, double[] z, int n, double px, double py, double pz, double[] out) {
    for (int i = 0; i < n; i++) {
      double dx = x[i] - px;
      double dy = y[i] - py;
      double dz = z[i] - pz;
      out[i] = dx * dx + dy * dy + dz * dz;
    }
  }

  @Override
  void leaveOut(int candidate) {
    squared[candidate] = Double.MAX_VALUE;
  }

  @Override
  void show(int slot, int species) {
    visitor.pairs(slot, species, near, compact(squared, count[species], limit, near));
  }

  /** Keeps what is below the limit, in order; the sign bit of the difference counts, no branch. */
  private static int compact(double[] values, int n, double limit, double[] kept) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      double v = values[i];
      kept[count] = v;
      count += (int) (Double.doubleToRawLongBits(v - limit) >>> 63);
    }
    return count;
  }
}
