package io.vitrine.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Neighbour lists and forces, shared among threads.
 *
 * <p>Particles are sorted by rows of cells; each thread takes some rows, about N / threads
 * particles, lists their pairs and adds their forces to an array of its own. The arrays are summed
 * in the order of the parts. So forces are a function of the configuration and of the number of
 * threads: other numbers differ by rounding. The caller's thread does the first part, {@link
 * Helper}s the others.
 */
final class PairWork {
  private final Cells cells;
  private final List<Part> parts = new ArrayList<>();
  private final List<Helper> helpers = new ArrayList<>();

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
    for (int k = 1; k < threads; k++) {
      helpers.add(new Helper(k));
    }
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
    if (parts.size() > 1) {
      each(k -> sum(f, share(length, k), share(length, k + 1)));
    }
  }

  /** Adds the forces of the other parts to the first one's, from one index to another. */
  private void sum(double[] f, int from, int to) {
    for (Part part : parts.subList(1, parts.size())) {
      double[] more = part.forces;
      for (int k = from; k < to; k++) {
        f[k] += more[k];
      }
    }
  }

  private int share(int length, int k) {
    return (int) ((long) length * k / parts.size());
  }

  /** The lists of all parts, in order. */
  List<PairList> lists() {
    return parts.stream().map(part -> part.list).toList();
  }

  private void each(Helper.Task task) {
    helpers.forEach(helper -> helper.begin(task));
    Throwable failure = null;
    try {
      task.run(0);
    } finally {
      // Not interruptible: the others must be done with the arrays before any thread continues.
      for (Helper helper : helpers) {
        Throwable other = helper.end();
        failure = failure == null ? other : failure;
      }
    }
    if (failure != null) {
      throw new IllegalStateException("forces failed: " + failure, failure);
    }
  }
}
