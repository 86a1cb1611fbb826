package io.vitrine.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Neighbour lists and forces, shared among threads.
 *
 * <p>Particles are sorted by rows of cells; each thread takes some rows, about N / threads
 * particles, lists their pairs and adds their forces to an array of its own. The arrays are summed
 * in the order of the parts. So forces are a function of the configuration and of the number of
 * threads: other numbers differ by rounding. The caller's thread does the first part; the others
 * are daemons that end by themselves when they have had nothing to do for a second.
 */
final class PairWork {
  private static final long IDLE_SECONDS = 1;

  private final Cells cells;
  private final List<Part> parts = new ArrayList<>();
  private final ThreadPoolExecutor helpers;

  /** What one thread does. */
  private static final class Part {
    final PairList list;
    final PairForces law;
    double[] forces = new double[0];

    Part(PairList list, PairForces law) {
      this.list = list;
      this.law = law;
    }

    void add(double[] x, byte[] types, double[] f, int length) {
      Arrays.fill(f, 0, length, 0.0);
      law.add(x, types, list, f);
    }
  }

  PairWork(int threads, int count, Cells cells, Interactions interactions) {
    this.cells = cells;
    for (int k = 0; k < threads; k++) {
      PairList list = new PairList(count, cells, interactions, PairList.SKIN);
      parts.add(new Part(list, new PairForces(interactions)));
    }
    this.helpers = threads == 1 ? null : helpers(threads - 1);
  }

  private static ThreadPoolExecutor helpers(int many) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            many,
            many,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "engine forces");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Lists all pairs; of a sorted configuration with its ghosts. */
  void list(double[] x, Ghosts ghosts, int[] starts) {
    int[] rows = new int[parts.size() + 1];
    int count = starts[starts.length - 1];
    for (int k = 1; k < rows.length; k++) {
      int row = rows[k - 1];
      while (row < cells.rows()
          && (long) starts[cells.keyOfRow(row)] * parts.size() < (long) k * count) {
        row++;
      }
      rows[k] = k == parts.size() ? cells.rows() : row;
    }
    each(k -> parts.get(k).list.build(x, ghosts, starts, rows[k], rows[k + 1]));
  }

  /** Sets the first {@code length} of {@code f} (stride 4, particles and ghosts). */
  void forces(double[] x, byte[] types, double[] f, int length) {
    each(
        k -> {
          Part part = parts.get(k);
          if (k > 0 && part.forces.length < length) {
            part.forces = new double[f.length];
          }
          part.add(x, types, k == 0 ? f : part.forces, length);
        });
    for (Part part : parts.subList(1, parts.size())) {
      double[] more = part.forces;
      for (int k = 0; k < length; k++) {
        f[k] += more[k];
      }
    }
  }

  /** The lists of all parts, in order. */
  List<PairList> lists() {
    return parts.stream().map(part -> part.list).toList();
  }

  /** What is done for a part. */
  private interface PartTask {
    void run(int part);
  }

  private void each(PartTask task) {
    if (helpers == null) {
      task.run(0);
      return;
    }
    List<CompletableFuture<Void>> others = new ArrayList<>();
    for (int k = 1; k < parts.size(); k++) {
      int part = k;
      others.add(CompletableFuture.runAsync(() -> task.run(part), helpers));
    }
    task.run(0);
    // Not interruptible: the others must be done with the arrays before any thread continues.
    others.forEach(CompletableFuture::join);
  }
}
