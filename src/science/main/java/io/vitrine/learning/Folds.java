package io.vitrine.learning;

import io.vitrine.learning.sampling.KeyedHash;
import io.vitrine.model.Check;
import io.vitrine.model.TrainingSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which samples are held out together in cross-validation.
 *
 * <p>Random folds deal each class out in an order drawn from the seed. Grouped folds keep all
 * samples of one particle within one time block of a simulation together: adjacent frames of one
 * hop are nearly the same sample, and where they fall on both sides the accuracy flatters. A group
 * goes to the fold that stays most even in both classes.
 *
 * <p>The same set and seed give the same folds. The draw depends on what a sample is (simulation,
 * time, particle), not on where it is; only equal draws keep their order.
 */
public final class Folds {
  private final int[] fold;
  private final int count;

  private Folds(int[] fold, int count) {
    this.fold = fold;
    this.count = count;
  }

  /** Folds from elsewhere: entry i is the fold of sample i, 0 to k - 1, none empty. */
  public static Folds of(int[] fold) {
    int count = Arrays.stream(fold).max().orElse(-1) + 1;
    Check.within("number of folds", count, 2, Math.max(2, fold.length));
    int[] sizes = new int[count];
    for (int f : fold) {
      Check.within("fold of a sample", f, 0, count - 1);
      sizes[f]++;
    }
    for (int k = 0; k < count; k++) {
      Check.positive("samples in fold " + k, sizes[k]);
    }
    return new Folds(fold.clone(), count);
  }

  /** {@code count} folds, each with its share of both classes. */
  public static Folds random(TrainingSet set, int count, long seed) {
    int[] fold = new int[set.count()];
    int[] dealt = new int[2];
    for (int i : drawn(set, seed)) {
      int side = set.labels()[i] > 0 ? 1 : 0;
      fold[i] = dealt[side]++ % count;
    }
    return of(fold);
  }

  /**
   * {@code count} folds that keep a particle's samples within {@code block} tau together; an
   * infinite block keeps all samples of a particle together.
   */
  public static Folds grouped(TrainingSet set, int count, long seed, double block) {
    if (!(block > 0)) {
      throw Check.refuse("time block of grouped folds", "be > 0", block);
    }
    Map<Group, List<Integer>> groups = new LinkedHashMap<>();
    for (int i : drawn(set, seed)) {
      groups.computeIfAbsent(group(set, i, block), g -> new ArrayList<>()).add(i);
    }
    double[] totals = {set.count(-1), set.count(1)};
    double[][] filled = new double[count][2];
    int[] fold = new int[set.count()];
    for (List<Integer> group : groups.values()) {
      double[] shares = new double[2];
      for (int i : group) {
        int side = set.labels()[i] > 0 ? 1 : 0;
        shares[side] += 1 / totals[side];
      }
      int best = emptiest(filled, shares);
      filled[best][0] += shares[0];
      filled[best][1] += shares[1];
      group.forEach(i -> fold[i] = best);
    }
    return of(fold);
  }

  /** Groups that hold a sample of a class, for the class that has fewer. */
  static int groups(TrainingSet set, double block) {
    Set<Group> positive = new HashSet<>();
    Set<Group> negative = new HashSet<>();
    for (int i = 0; i < set.count(); i++) {
      (set.labels()[i] > 0 ? positive : negative).add(group(set, i, block));
    }
    return Math.min(positive.size(), negative.size());
  }

  /** Number of folds. */
  public int count() {
    return count;
  }

  /** Fold of each sample [n]: what {@link #of(int[])} takes. */
  public int[] assignment() {
    return fold.clone();
  }

  /** Samples outside fold {@code k}, ascending. */
  public int[] training(int k) {
    return indices(k, false);
  }

  /** Samples in fold {@code k}, ascending. */
  public int[] held(int k) {
    return indices(k, true);
  }

  /** What is held out together. */
  private record Group(String simulation, int particle, long block) {}

  private static Group group(TrainingSet set, int i, double block) {
    long number = (long) Math.floor(set.times()[i] / block);
    return new Group(set.simulations()[i], set.particles()[i], number);
  }

  /** All samples in the order of their draw. */
  static int[] drawn(TrainingSet set, long seed) {
    long[] keys = new long[set.count()];
    Integer[] order = new Integer[set.count()];
    for (int i = 0; i < keys.length; i++) {
      long millis = Math.round(1e3 * set.times()[i]);
      keys[i] = KeyedHash.of(seed, set.simulations()[i], millis, set.particles()[i]);
      order[i] = i;
    }
    Arrays.sort(order, Comparator.comparingLong(i -> keys[i]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  /** The fold where adding {@code shares} raises the sum of squares least; the first of equals. */
  private static int emptiest(double[][] filled, double[] shares) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < filled.length; k++) {
      double cost = filled[k][0] * shares[0] + filled[k][1] * shares[1];
      if (cost < least) {
        least = cost;
        best = k;
      }
    }
    return best;
  }

  private int[] indices(int k, boolean inside) {
    int[] indices = new int[fold.length];
    int n = 0;
    for (int i = 0; i < fold.length; i++) {
      if ((fold[i] == k) == inside) {
        indices[n++] = i;
      }
    }
    return Arrays.copyOf(indices, n);
  }
}
