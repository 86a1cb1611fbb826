package io.vitrine.geometry;

import io.vitrine.model.Species;
import java.util.Arrays;

/**
 * Candidates in single precision, relative to the corner of their block: coordinates are right to
 * half a unit in the last place of the block's reach, 5e-7 sigma at 8 sigma, wherever the block is.
 */
final class SingleCandidates extends CandidateBuffer {
  private final float[][] x = new float[Species.COUNT][FIRST_CAPACITY];
  private final float[][] y = new float[Species.COUNT][FIRST_CAPACITY];
  private final float[][] z = new float[Species.COUNT][FIRST_CAPACITY];
  private float[] squared = new float[FIRST_CAPACITY];
  private int[] near = new int[FIRST_CAPACITY];

  /** Bits of the smallest squared distance that is too far: floats &gt;= 0 are ordered as bits. */
  private final int limit;

  private final SinglePairVisitor visitor;

  private double cornerX;
  private double cornerY;
  private double cornerZ;

  SingleCandidates(CellGrid grid, CellRows rows, float limit, SinglePairVisitor visitor) {
    super(grid, rows);
    this.limit = Float.floatToRawIntBits(limit);
    this.visitor = visitor;
  }

  @Override
  void begin(double cornerX, double cornerY, double cornerZ) {
    this.cornerX = cornerX;
    this.cornerY = cornerY;
    this.cornerZ = cornerZ;
  }

  @Override
  void copy(int s, int from, int n, double sx, double sy, double sz) {
    int at = count[s];
    if (at + n > x[s].length) {
      grow(s, at + n);
    }
    float[] tx = x[s];
    float[] ty = y[s];
    float[] tz = z[s];
    double ox = sx - cornerX;
    double oy = sy - cornerY;
    double oz = sz - cornerZ;
    for (int i = 0; i < n; i++) {
      tx[at + i] = (float) (grid.x[from + i] + ox);
      ty[at + i] = (float) (grid.y[from + i] + oy);
      tz[at + i] = (float) (grid.z[from + i] + oz);
    }
  }

  private void grow(int s, int needed) {
    int capacity = Math.max(2 * x[s].length, needed);
    x[s] = Arrays.copyOf(x[s], capacity);
    y[s] = Arrays.copyOf(y[s], capacity);
    z[s] = Arrays.copyOf(z[s], capacity);
    if (capacity > squared.length) {
      squared = new float[capacity];
      near = new int[capacity];
    }
  }

  @Override
  void distances(int s, double px, double py, double pz) {
    distances(
        x[s],
        y[s],
        z[s],
        count[s],
        (float) (px - cornerX),
        (float) (py - cornerY),
        (float) (pz - cornerZ),
        squared);
  }

  private static void distances(
      float[] x, float[] y, float[] z, int n, float px, float py, float pz, float[] out) {
    for (int i = 0; i < n; i++) {
      float dx = x[i] - px;
      float dy = y[i] - py;
      float dz = z[i] - pz;
      out[i] = dx * dx + dy * dy + dz * dz;
    }
  }

  @Override
  void leaveOut(int candidate) {
    squared[candidate] = Float.MAX_VALUE;
  }

  @Override
  void show(int slot, int species) {
    visitor.pairs(slot, species, near, compact(squared, count[species], limit, near));
  }

  /** Keeps what is below the limit, in order; the sign bit of the difference counts, no branch. */
  private static int compact(float[] values, int n, int limit, int[] kept) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      int v = Float.floatToRawIntBits(values[i]);
      kept[count] = v;
      count += (v - limit) >>> 31;
    }
    return count;
  }
}
