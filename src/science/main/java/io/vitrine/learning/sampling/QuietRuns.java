package io.vitrine.learning.sampling;

import io.vitrine.model.Check;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The quiet half of the softness rule, as the windows of one simulation pass: maximal runs of
 * consecutive p_hop &lt; p_l that span at least 120 tau (121 values at 1 tau). Each gives one
 * sample, the structure of the frame in its middle. A missing window ends the run. A run that spans
 * 240 tau is closed there and a new one begins with the next value; the end of the data ends all
 * runs.
 *
 * <p>All thresholds of a grid are followed at once, so that the smallest p_l with enough runs is
 * known exactly without a second look at the data ({@link #calibrate}). The number of runs need not
 * grow with p_l: two runs may join, and one that is too long is cut elsewhere. Once a threshold has
 * {@code wanted} runs the ones more than 20% above it cannot matter any more and are dropped.
 *
 * <p>Windows come in order of time, each once; an earlier one is refused. The middle lies at most
 * 121 tau before the value that ends the run: 127 frames hold its structure (the value needs five
 * frames after it).
 *
 * <p>Space: a byte a particle and threshold (3277 x 200: 0.65 MB). Time: as many byte increments a
 * window.
 */
public final class QuietRuns {
  private static final byte VERSION = 1;
  private static final int SHORTEST = 121;
  private static final int LONGEST = 241;
  private static final double GRID = 1_000.0;
  private static final int GRID_SIZE = 200;

  /** How far above the answer thresholds are still followed: p_l + 20% is reported. */
  private static final double HEADROOM = 1.2;

  private final int[] particles;
  private final double[] levels;
  private final long wanted;
  private final long[] counts;

  /** Values in the current run, [particles * levels], 0 to 240 unsigned. */
  private final byte[] ages;

  /** Thresholds from this index on are followed no more. */
  private int limit;

  private boolean started;
  private long latest;

  private QuietRuns(int[] particles, double[] levels, long wanted) {
    this.particles = particles;
    this.levels = levels;
    this.wanted = wanted;
    this.counts = new long[levels.length];
    this.ages = new byte[Math.multiplyExact(particles.length, levels.length)];
    this.limit = levels.length;
  }

  /** With one threshold p_l, sigma^2. */
  public static QuietRuns of(int[] particles, double threshold) {
    return of(particles, new double[] {threshold}, Long.MAX_VALUE);
  }

  /**
   * With several thresholds.
   *
   * @param particles identifiers, in the order of every array of values
   * @param levels thresholds, sigma^2, &gt; 0, ascending
   * @param wanted the number of runs that will be asked of {@link #calibrate}
   */
  public static QuietRuns of(int[] particles, double[] levels, long wanted) {
    double before = 0;
    for (double level : levels) {
      if (!(level > before)) {
        throw Check.refuse("quiet thresholds", "be > 0 and ascend", Arrays.toString(levels));
      }
      before = level;
    }
    Check.positive("number of quiet thresholds", levels.length);
    if (wanted <= 0) {
      throw Check.refuse("wanted number of quiet runs", "be > 0", wanted);
    }
    return new QuietRuns(particles.clone(), levels.clone(), wanted);
  }

  /** 0.001, 0.002, ..., 0.200 sigma^2: what {@code --quiet auto} searches. */
  public static double[] grid() {
    double[] levels = new double[GRID_SIZE];
    Arrays.setAll(levels, k -> (k + 1) / GRID);
    return levels;
  }

  /**
   * Takes one window.
   *
   * @param timeMillis its time, later than all before
   * @param values p_hop [particles]
   * @return the runs that this window ended or closed, in particle order
   */
  public List<QuietRun> accept(long timeMillis, double[] values) {
    Check.length("values", values.length, particles.length);
    if (started && timeMillis <= latest) {
      throw Check.refuse("time of a window, ms", "be > " + latest, timeMillis);
    }
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        throw Check.refuse("value of particle " + particles[i], "be a number", values[i]);
      }
    }
    List<QuietRun> over = new ArrayList<>();
    if (started && timeMillis != latest + QuietRun.INTERVAL) {
      endAll(over);
    }
    started = true;
    latest = timeMillis;
    for (int i = 0; i < values.length; i++) {
      int quietFrom = firstAbove(values[i]);
      end(i, quietFrom, latest - QuietRun.INTERVAL, over);
      extend(i, quietFrom, over);
    }
    lower();
    return over;
  }

  /** Ends all runs: no window follows. */
  public List<QuietRun> finish() {
    List<QuietRun> over = new ArrayList<>();
    endAll(over);
    lower();
    return over;
  }

  /**
   * Time from which on structures may still be wanted, ms: the earliest middle that a run under way
   * can end up with.
   */
  public long earliestMiddle() {
    int oldest = 0;
    for (byte age : ages) {
      oldest = Math.max(oldest, age & 0xff);
    }
    return latest + (1L - oldest + (Math.max(SHORTEST, oldest) - 1) / 2) * QuietRun.INTERVAL;
  }

  /** Runs so far at each threshold; -1 where it is followed no more. */
  public long[] counts() {
    long[] result = counts.clone();
    Arrays.fill(result, limit, result.length, -1);
    return result;
  }

  /** Thresholds, sigma^2, ascending. */
  public double[] levels() {
    return levels.clone();
  }

  /**
   * Index of the smallest threshold at which some simulations together have {@code wanted} runs; -1
   * when none has.
   *
   * @param counts of each simulation, as {@link #counts} gives them
   */
  public static int calibrate(List<long[]> counts, long wanted) {
    int levels = counts.stream().mapToInt(c -> c.length).min().orElse(0);
    for (int g = 0; g < levels; g++) {
      long sum = 0;
      for (long[] c : counts) {
        sum += Math.max(0, c[g]);
      }
      if (sum >= wanted) {
        return g;
      }
    }
    return -1;
  }

  /** Version, particles, thresholds, counts and all runs under way. */
  public byte[] encode() {
    ByteBuffer out =
        ByteBuffer.allocate(
            1 + 4 + 4 + 8 + 4 + 1 + 8 + 4 * particles.length + 16 * levels.length + ages.length);
    out.put(VERSION).putInt(particles.length).putInt(levels.length).putLong(wanted).putInt(limit);
    out.put((byte) (started ? 1 : 0)).putLong(latest);
    for (int id : particles) {
      out.putInt(id);
    }
    for (int g = 0; g < levels.length; g++) {
      out.putDouble(levels[g]).putLong(counts[g]);
    }
    return out.put(ages).array();
  }

  /** Reads what {@link #encode} wrote. */
  public static QuietRuns decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte version = in.get();
    if (version != VERSION) {
      throw Check.refuse("version of stored quiet runs", "be " + VERSION, version);
    }
    int[] particles = new int[in.getInt()];
    double[] levels = new double[in.getInt()];
    QuietRuns runs = new QuietRuns(particles, levels, in.getLong());
    runs.limit = in.getInt();
    runs.started = in.get() != 0;
    runs.latest = in.getLong();
    for (int i = 0; i < particles.length; i++) {
      particles[i] = in.getInt();
    }
    for (int g = 0; g < levels.length; g++) {
      levels[g] = in.getDouble();
      runs.counts[g] = in.getLong();
    }
    in.get(runs.ages);
    return runs;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof QuietRuns that && Arrays.equals(encode(), that.encode()));
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(latest) + Arrays.hashCode(counts);
  }

  /** Index of the first threshold that {@code value} is below. */
  private int firstAbove(double value) {
    int low = 0;
    int high = limit;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (levels[middle] > value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void endAll(List<QuietRun> over) {
    for (int i = 0; i < particles.length; i++) {
      end(i, limit, latest, over);
    }
  }

  /** Ends the runs of particle i at all thresholds below index {@code to}. */
  private void end(int i, int to, long last, List<QuietRun> over) {
    int row = i * levels.length;
    for (int g = 0; g < to; g++) {
      int age = ages[row + g] & 0xff;
      if (age >= SHORTEST) {
        int same = g + 1;
        while (same < to && (ages[row + same] & 0xff) == age) {
          same++;
        }
        over.add(run(i, last, age, g, same - 1));
        Arrays.fill(ages, row + g, row + same, (byte) 0);
        g = same - 1;
      } else {
        ages[row + g] = 0;
      }
    }
  }

  /** Extends the runs of particle i from index {@code from} on, and closes those that are full. */
  private void extend(int i, int from, List<QuietRun> over) {
    int row = i * levels.length;
    int full = -1;
    for (int g = from; g < limit; g++) {
      boolean closes = (++ages[row + g] & 0xff) == LONGEST;
      if (closes) {
        ages[row + g] = 0;
        full = full < 0 ? g : full;
      } else if (full >= 0) {
        over.add(run(i, latest, LONGEST, full, g - 1));
        full = -1;
      }
    }
    if (full >= 0) {
      over.add(run(i, latest, LONGEST, full, limit - 1));
    }
  }

  private QuietRun run(int i, long last, int values, int lowest, int highest) {
    for (int g = lowest; g <= highest; g++) {
      counts[g]++;
    }
    return new QuietRun(
        particles[i], last - (values - 1) * QuietRun.INTERVAL, last, lowest, highest);
  }

  /** Drops the thresholds that can be no answer any more. */
  private void lower() {
    for (int g = 0; g < limit; g++) {
      if (counts[g] >= wanted) {
        double highest = HEADROOM * levels[g] + 0.5 / GRID;
        while (limit > g + 1 && levels[limit - 1] > highest) {
          limit--;
        }
        return;
      }
    }
  }
}
