package io.vitrine.geometry;

import java.util.Arrays;

/**
 * What may be a neighbour of the particles of one block of cells, of one species: positions already
 * shifted to the right periodic image, in contiguous arrays, sorted by distance from the block's
 * centre into shells of equal steps in the square, in a shell as they were gathered.
 */
final class Candidates {
  /** Enough that the shells searched in vain are few, few enough to count in the first cache. */
  static final int SHELLS = 128;

  private static final int FIRST_CAPACITY = 4096;

  /** Sorted positions. */
  double[] x = new double[FIRST_CAPACITY];

  double[] y = new double[FIRST_CAPACITY];
  double[] z = new double[FIRST_CAPACITY];

  /** How many are gathered, those beyond the last shell included. */
  int count;

  private double[] gatheredX = new double[FIRST_CAPACITY];
  private double[] gatheredY = new double[FIRST_CAPACITY];
  private double[] gatheredZ = new double[FIRST_CAPACITY];
  private double[] squared = new double[FIRST_CAPACITY];

  /** Shell of a gathered candidate, then its place once sorted. */
  private int[] place = new int[FIRST_CAPACITY];

  /** Where each shell begins; the last one is what is too far away. */
  private final int[] begin = new int[SHELLS + 2];

  /** Runs of gathered candidates: rank of the first, and how many. */
  private int[] runs = new int[256];

  private int runCount;

  /** Forgets what was gathered. */
  void clear() {
    count = 0;
    runCount = 0;
  }

  /** Copies sorted particles [from, from + n) of a grid, shifted. */
  void add(CellGrid grid, int from, int n, double sx, double sy, double sz) {
    if (2 * runCount == runs.length) {
      runs = Arrays.copyOf(runs, 2 * runs.length);
    }
    runs[2 * runCount] = from;
    runs[2 * runCount + 1] = n;
    runCount++;
    if (count + n > place.length) {
      grow(count + n);
    }
    int at = count;
    for (int i = 0; i < n; i++) {
      gatheredX[at + i] = grid.x[from + i] + sx;
      gatheredY[at + i] = grid.y[from + i] + sy;
      gatheredZ[at + i] = grid.z[from + i] + sz;
    }
    count += n;
  }

  private void grow(int needed) {
    int capacity = Math.max(2 * place.length, needed);
    gatheredX = Arrays.copyOf(gatheredX, capacity);
    gatheredY = Arrays.copyOf(gatheredY, capacity);
    gatheredZ = Arrays.copyOf(gatheredZ, capacity);
    x = new double[capacity];
    y = new double[capacity];
    z = new double[capacity];
    squared = new double[capacity];
    place = new int[capacity];
  }

  /** Sorts what is gathered by distance from a point. */
  void sort(double cx, double cy, double cz, double shellsPerSquare) {
    distances(gatheredX, gatheredY, gatheredZ, count, cx, cy, cz, 0, squared);
    Arrays.fill(begin, 0);
    tally(squared, count, shellsPerSquare, place, begin);
    int sum = 0;
    for (int shell = 0; shell < begin.length; shell++) {
      int size = begin[shell];
      begin[shell] = sum;
      sum += size;
    }
    scatter(gatheredX, gatheredY, gatheredZ, count, place, begin, x, y, z);
    // The end of each shell is where the next one begins.
    System.arraycopy(begin, 0, begin, 1, SHELLS + 1);
    begin[0] = 0;
  }

  private static void tally(double[] squared, int n, double scale, int[] shells, int[] sizes) {
    for (int i = 0; i < n; i++) {
      int shell = Math.min(SHELLS, (int) (squared[i] * scale));
      shells[i] = shell;
      sizes[shell]++;
    }
  }

  private static void scatter(
      double[] gx,
      double[] gy,
      double[] gz,
      int n,
      int[] place,
      int[] next,
      double[] x,
      double[] y,
      double[] z) {
    for (int i = 0; i < n; i++) {
      int to = next[place[i]]++;
      place[i] = to;
      x[to] = gx[i];
      y[to] = gy[i];
      z[to] = gz[i];
    }
  }

  /** Where a shell begins among the sorted; that of {@link #SHELLS} is the end of the last one. */
  int begin(int shell) {
    return begin[shell];
  }

  /** Where a candidate, counted as gathered, is among the sorted. */
  int place(int gathered) {
    return place[gathered];
  }

  /** Ranks in the grid of all that are sorted, into an array that is made longer where needed. */
  int[] ranks(int[] into) {
    int[] ranks = into.length < count ? new int[place.length] : into;
    int gathered = 0;
    for (int run = 0; run < runCount; run++) {
      for (int i = 0; i < runs[2 * run + 1]; i++) {
        ranks[place[gathered++]] = runs[2 * run] + i;
      }
    }
    return ranks;
  }

  /** Squared distances of the first n from a point, to which {@code least} is added. */
  static void distances(
      double[] x,
      double[] y,
      double[] z,
      int n,
      double px,
      double py,
      double pz,
      double least,
      double[] out) {
    for (int i = 0; i < n; i++) {
      double dx = x[i] - px;
      double dy = y[i] - py;
      double dz = z[i] - pz;
      out[i] = dx * dx + dy * dy + dz * dz + least;
    }
  }
}
