package io.vitrine.benchmarks;

import io.vitrine.results.ResultsStore;
import io.vitrine.results.RowBatch;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.ResultRow;
import java.util.Arrays;
import java.util.List;

/**
 * One writer of a job: takes the windows of its simulations in turn, as they are due, and writes
 * them in bundles as Flink cuts them: 1,000 elements, or what came in 100 ms.
 */
final class StoreWriter implements Runnable {
  private static final int BUNDLE_ROWS = 1000;
  private static final long BUNDLE_MILLIS = 100;

  private final StoreLoad load;
  private final String url;
  private final List<String> simulations;
  private final double perSecond;
  private final long startNanos;
  private final long endNanos;
  private final RowBatch batch = new RowBatch();

  private long windows;
  private long rows;
  private double[] lags = new double[1024];
  private int lagCount;
  private Exception failure;

  /**
   * A writer from now on.
   *
   * @param perSecond windows of all its simulations in a second; 0 for as many as it can
   */
  StoreWriter(
      StoreLoad load,
      String url,
      List<String> simulations,
      double perSecond,
      long startNanos,
      long endNanos) {
    this.load = load;
    this.url = url;
    this.simulations = List.copyOf(simulations);
    this.perSecond = perSecond;
    this.startNanos = startNanos;
    this.endNanos = endNanos;
  }

  /** What was done since the last call; lags in seconds, ascending. */
  record Done(long windows, long rows, double[] lags) {}

  synchronized Done take() {
    double[] sorted = Arrays.copyOf(lags, lagCount);
    Arrays.sort(sorted);
    Done done = new Done(windows, rows, sorted);
    windows = 0;
    rows = 0;
    lagCount = 0;
    return done;
  }

  /** Says what went wrong. */
  void check() {
    if (failure != null) {
      throw new IllegalStateException("the writer failed", failure);
    }
  }

  @Override
  public void run() {
    try (ResultsStore store = ResultsStore.open(url)) {
      long next = 0;
      while (System.nanoTime() < endNanos) {
        long first = next;
        int elements = 0;
        while (elements < BUNDLE_ROWS && isDue(next)) {
          List<ResultRow> all =
              load.rows(
                  simulations.get((int) (next % simulations.size())), next / simulations.size());
          all.forEach(batch::add);
          elements += all.size();
          next++;
        }
        store.apply(batch.take());
        done(first, next, elements);
        if (perSecond > 0 && !isDue(next)) {
          Thread.sleep(BUNDLE_MILLIS);
        }
      }
    } catch (StoreException | InterruptedException e) {
      failure = e;
    }
  }

  private boolean isDue(long window) {
    return perSecond == 0 || System.nanoTime() - startNanos >= dueNanos(window);
  }

  private long dueNanos(long window) {
    return (long) (1e9 * window / perSecond);
  }

  private synchronized void done(long first, long next, int elements) {
    long now = System.nanoTime() - startNanos;
    windows += next - first;
    rows += elements;
    for (long w = first; w < next; w++) {
      if (lagCount == lags.length) {
        lags = Arrays.copyOf(lags, 2 * lagCount);
      }
      lags[lagCount++] = perSecond == 0 ? 0 : (now - dueNanos(w)) / 1e9;
    }
  }
}
