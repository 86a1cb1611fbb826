package io.vitrine.engine;

/**
 * A harmonic push between overlapping particles, u(r) = k/2 (d - r)^2 for r &lt; d = sigma_ab:
 * finite at any distance, so that a random start can be pulled apart before the real potential
 * acts.
 */
final class SoftRepulsion {
  /** Stiffness; about that of the real potential near its minimum. */
  private static final double STIFFNESS = 50.0;

  /** Below this distance a pair has no direction; it gets one. */
  private static final double COINCIDENT = 1e-9;

  private final Interactions interactions;

  SoftRepulsion(Interactions interactions) {
    this.interactions = interactions;
  }

  /** Adds to {@code f} (stride 4) the push of all listed pairs. */
  void add(double[] x, byte[] types, PairList list, double[] f) {
    for (int i = list.from; i < list.to; i++) {
      int from = list.start[i];
      for (int other = 0; other < list.species; other++) {
        int to = list.end[i * list.species + other];
        addSegment(x, f, i, list.neighbours, from, to, types[i], other);
        from = to;
      }
    }
  }

  private void addSegment(
      double[] x, double[] f, int i, int[] list, int from, int to, int type, int other) {
    double diameter = interactions.of(type, other).sigma();
    for (int k = from; k < to; k++) {
      int j = list[k];
      double dx = x[4 * i] - x[j];
      double dy = x[4 * i + 1] - x[j + 1];
      double dz = x[4 * i + 2] - x[j + 2];
      double r = Math.sqrt(dx * dx + dy * dy + dz * dz);
      if (r < COINCIDENT) {
        dx = COINCIDENT;
        r = COINCIDENT;
      }
      if (r < diameter) {
        double w = STIFFNESS * (diameter - r) / r;
        f[4 * i] += w * dx;
        f[4 * i + 1] += w * dy;
        f[4 * i + 2] += w * dz;
        f[j] -= w * dx;
        f[j + 1] -= w * dy;
        f[j + 2] -= w * dz;
      }
    }
  }
}
