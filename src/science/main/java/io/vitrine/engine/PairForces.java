package io.vitrine.engine;

/**
 * Pair forces over half neighbour lists; the hot loop of the engine.
 *
 * <p>With s = (r/sigma)^2 the force on i from j is 24 epsilon / sigma^2 (2 s^-6 - s^-3) s^-1 (r_i -
 * r_j) for Lennard-Jones: one function of s for all pairs of species. Particles are taken in
 * batches of a few hundred pairs that stay in the first-level cache, in three passes: gather
 * (branch-free, keeps only pairs within the cut-off), coefficients (contiguous, vectorized by the
 * JIT), scatter. Separations are computed twice rather than kept: stores and live registers cost
 * more than subtractions. Costs about 53 listed and 33 kept pairs a particle at density 1.2.
 *
 * <p>Where some pair has another law, the second pass goes species by species: the force is -2
 * epsilon / sigma^2 (g'(s) + a_1 + 2 a_2 s) (r_i - r_j), {@link PairLaw}.
 */
final class PairForces {
  /** Pairs after which a batch is closed; measured flat between 128 and 512. */
  private static final int BATCH = 256;

  private final int species;
  private final double[] perSigmaSquared;
  private final double[] limit;
  private final double[] scale;

  /** Laws by pair of types where they are not all of Lennard-Jones, else null. */
  private final PairLaw[] laws;

  private final double[][] smoothing;
  private double[] s = new double[0];
  private int[] partner = new int[0];
  private final int[] ends;

  PairForces(Interactions interactions) {
    species = interactions.species();
    int kinds = species * species;
    perSigmaSquared = new double[kinds];
    limit = new double[kinds];
    scale = new double[kinds];
    smoothing = new double[kinds][];
    ends = new int[species * (BATCH + 1)];
    boolean fast = interactions.pairs().stream().allMatch(PairLaw::hasLennardJonesForces);
    laws = fast ? null : new PairLaw[kinds];
    for (int k = 0; k < kinds; k++) {
      PairLaw pair = interactions.of(k / species, k % species);
      double sigmaSquared = pair.sigma() * pair.sigma();
      perSigmaSquared[k] = 1 / sigmaSquared;
      limit[k] = pair.limit();
      scale[k] = (fast ? 24 : 2) * pair.epsilon() / sigmaSquared;
      smoothing[k] = pair.smoothing();
      if (!fast) {
        laws[k] = pair;
      }
    }
  }

  /** Adds to {@code f} (stride 4, particles and ghosts) the forces of all listed pairs. */
  void add(double[] x, byte[] types, PairList list, double[] f) {
    reserve(BATCH + list.longest);
    int count = list.to;
    int i = list.from;
    while (i < count) {
      int first = i;
      int m = 0;
      while (i < count && m < BATCH && i - first < BATCH) {
        int t = types[i] * species;
        int from = list.start[i];
        for (int other = 0; other < species; other++) {
          int to = list.end[i * species + other];
          m = gather(x, i, list.neighbours, from, to, t + other, m);
          ends[(i - first) * species + other] = m;
          from = to;
        }
        i++;
      }
      if (laws == null) {
        coefficients(s, m);
      } else {
        coefficients(types, first, i);
      }
      int k = 0;
      for (int b = first; b < i; b++) {
        int t = types[b] * species;
        for (int other = 0; other < species; other++) {
          int end = ends[(b - first) * species + other];
          scatter(x, f, b, k, end, scale[t + other]);
          k = end;
        }
      }
    }
  }

  private void reserve(int pairs) {
    if (s.length < pairs) {
      int capacity = pairs + pairs / 4;
      s = new double[capacity];
      partner = new int[capacity];
    }
  }

  private int gather(double[] x, int i, int[] list, int from, int to, int kind, int at) {
    double[] squares = s;
    int[] partners = partner;
    double xi = x[4 * i];
    double yi = x[4 * i + 1];
    double zi = x[4 * i + 2];
    double per = perSigmaSquared[kind];
    double cut = limit[kind];
    int m = at;
    for (int k = from; k < to; k++) {
      int j = list[k];
      double dx = xi - x[j];
      double dy = yi - x[j + 1];
      double dz = zi - x[j + 2];
      double square = (dx * dx + dy * dy + dz * dz) * per;
      squares[m] = square;
      partners[m] = j;
      // 1 when square < cut: the sign bit, so that there is no branch to mispredict.
      m += (int) (Double.doubleToRawLongBits(square - cut) >>> 63);
    }
    return m;
  }

  private static void coefficients(double[] s, int count) {
    for (int k = 0; k < count; k++) {
      double inverse = 1 / s[k];
      double cube = inverse * inverse * inverse;
      s[k] = (2 * cube - 1) * cube * inverse;
    }
  }

  /** The same for any laws: -g'(s) - a_1 - 2 a_2 s. */
  private void coefficients(byte[] types, int first, int last) {
    int k = 0;
    for (int b = first; b < last; b++) {
      for (int other = 0; other < species; other++) {
        int end = ends[(b - first) * species + other];
        int kind = types[b] * species + other;
        coefficients(s, k, end, laws[kind], smoothing[kind]);
        k = end;
      }
    }
  }

  private static void coefficients(double[] s, int from, int to, PairLaw law, double[] smooth) {
    double a1 = smooth[0];
    double twiceA2 = 2 * smooth[1];
    switch (law.form()) {
      case LENNARD_JONES -> {
        for (int k = from; k < to; k++) {
          double inverse = 1 / s[k];
          double cube = inverse * inverse * inverse;
          s[k] = 12 * (2 * cube - 1) * cube * inverse - a1 - twiceA2 * s[k];
        }
      }
      case INVERSE_POWER -> {
        double half = 0.5 * law.exponent();
        for (int k = from; k < to; k++) {
          s[k] = half * PairLaw.power(1 / s[k], law.exponent() + 2) - a1 - twiceA2 * s[k];
        }
      }
      case HARMONIC -> {
        for (int k = from; k < to; k++) {
          s[k] = 0.5 / Math.sqrt(s[k]) - 0.5 - a1 - twiceA2 * s[k];
        }
      }
    }
  }

  private void scatter(double[] x, double[] f, int i, int from, int to, double factor) {
    double[] c = s;
    int[] partners = partner;
    double xi = x[4 * i];
    double yi = x[4 * i + 1];
    double zi = x[4 * i + 2];
    double fx = 0;
    double fy = 0;
    double fz = 0;
    for (int k = from; k < to; k++) {
      int j = partners[k];
      double w = c[k] * factor;
      double wx = w * (xi - x[j]);
      double wy = w * (yi - x[j + 1]);
      double wz = w * (zi - x[j + 2]);
      fx += wx;
      fy += wy;
      fz += wz;
      f[j] -= wx;
      f[j + 1] -= wy;
      f[j + 2] -= wz;
    }
    f[4 * i] += fx;
    f[4 * i + 1] += fy;
    f[4 * i + 2] += fz;
  }
}
