package io.vitrine.serving;

import io.vitrine.results.StoreException;
import io.vitrine.results.TimeBin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Rows of one simulation over time, in bins that keep means, minima and maxima. It reads on from
 * where it was: what was read is not read again but for the newest {@value #OVERLAP_MILLIS} ms,
 * because windows of one simulation may be written out of order.
 */
final class Curve {
  /** Simulation time that is read again. */
  static final long OVERLAP_MILLIS = 50_000;

  /** Rows read at a time, about; the deadline is looked at in between. */
  private static final long ROWS = 20_000;

  private final Source source;
  private final long width;
  private final long portion;
  private final List<TimeBin> bins = new ArrayList<>();
  private final List<Long> changed = new ArrayList<>(); // in which reading each of them
  private long next = Long.MIN_VALUE;
  private long seen = -1;

  /** Where the rows are. */
  interface Source {
    /** The bins whose times are in [from, to), ms. */
    List<TimeBin> bins(long fromMillis, long toMillis) throws StoreException;
  }

  /**
   * One bin, whatever versions scored its rows.
   *
   * @param time mean time of the rows, tau
   * @param rows how many
   * @param values what they say
   */
  record Point(double time, long rows, List<TimeBin.Spread> values) {}

  Curve(Source source, long widthMillis, long intervalMillis) {
    this.source = source;
    this.width = widthMillis;
    this.portion = Math.max(1, ROWS * intervalMillis / widthMillis) * widthMillis;
  }

  /**
   * Reads on until the last row or the deadline.
   *
   * @param first time of the first row wanted, ms
   * @param last time of the last row wanted, ms
   * @param rows how many there are: where it has not changed nothing is read
   * @param reading number of this reading, ascending
   * @return whether all was read
   */
  boolean read(long first, long last, long rows, long reading, long deadlineNanos)
      throws StoreException {
    if (last < first || rows == seen) {
      return true;
    }
    long from = next == Long.MIN_VALUE ? first : Math.max(first, next - OVERLAP_MILLIS);
    from = Math.floorDiv(from, width) * width;
    while (from <= last) {
      if (System.nanoTime() > deadlineNanos) {
        return false;
      }
      replace(from, source.bins(from, Math.min(from + portion, last + 1)), reading);
      from += portion;
      next = Math.min(from, last + 1);
    }
    seen = rows;
    return true;
  }

  /** The bins from an instant on are these; those that are as they were are not changed. */
  private void replace(long from, List<TimeBin> found, long reading) {
    int at = bins.size();
    while (at > 0 && bins.get(at - 1).bin() >= from / width) {
      at--;
    }
    for (TimeBin bin : found) {
      if (at == bins.size() || !bins.get(at).equals(bin)) {
        cut(at);
        bins.add(bin);
        changed.add(reading);
      }
      at++;
    }
    cut(at);
  }

  private void cut(int size) {
    bins.subList(size, bins.size()).clear();
    changed.subList(size, changed.size()).clear();
  }

  /**
   * The bins in order of time.
   *
   * @param values what the rows of one version say, so that it can be compared with others
   */
  List<Point> points(Function<TimeBin, List<TimeBin.Spread>> values) {
    List<Point> points = new ArrayList<>();
    for (int from = 0, to; from < bins.size(); from = to) {
      for (to = from + 1; to < bins.size() && bins.get(to).bin() == bins.get(from).bin(); ) {
        to++;
      }
      points.add(point(bins.subList(from, to), values));
    }
    return points;
  }

  /** How many of the points are as they were after an earlier reading. */
  int unchanged(long reading) {
    int points = 0;
    for (int i = 0; i < bins.size(); i++) {
      boolean begins = i == 0 || bins.get(i).bin() != bins.get(i - 1).bin();
      if (changed.get(i) > reading) {
        return begins ? points : points - 1;
      }
      points += begins ? 1 : 0;
    }
    return points;
  }

  /** One bin of all versions. */
  private static Point point(List<TimeBin> parts, Function<TimeBin, List<TimeBin.Spread>> values) {
    if (parts.size() == 1) {
      TimeBin only = parts.get(0);
      return new Point(only.timeMillis() / 1000, only.rows(), values.apply(only));
    }
    long rows = parts.stream().mapToLong(TimeBin::rows).sum();
    double time = 0;
    double[] mean = new double[parts.get(0).values().size()];
    double[] low = new double[mean.length];
    double[] high = new double[mean.length];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    for (TimeBin part : parts) {
      double share = (double) part.rows() / rows;
      time += share * part.timeMillis() / 1000;
      for (int q = 0; q < mean.length; q++) {
        TimeBin.Spread spread = values.apply(part).get(q);
        mean[q] += share * spread.mean();
        low[q] = Math.min(low[q], spread.low());
        high[q] = Math.max(high[q], spread.high());
      }
    }
    List<TimeBin.Spread> all = new ArrayList<>();
    for (int q = 0; q < mean.length; q++) {
      all.add(new TimeBin.Spread(mean[q], low[q], high[q]));
    }
    return new Point(time, rows, all);
  }
}
