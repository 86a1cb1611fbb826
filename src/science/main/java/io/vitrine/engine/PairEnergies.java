package io.vitrine.engine;

/**
 * Energies and virial over half neighbour lists, once a frame: plain, not fast.
 *
 * <p>U = sum over pairs of u(r) (minus the shift), W = sum over pairs of r . F, both halves of a
 * pair energy going to its two particles.
 */
final class PairEnergies {
  private final Interactions interactions;
  private final double[] perParticle;
  private double energy;
  private double virial;

  PairEnergies(Interactions interactions, int particlesAndGhosts) {
    this.interactions = interactions;
    this.perParticle = new double[4 * particlesAndGhosts];
  }

  void add(double[] x, byte[] types, PairList list) {
    for (int i = list.from; i < list.to; i++) {
      int from = list.start[i];
      for (int other = 0; other < list.species; other++) {
        int to = list.end[i * list.species + other];
        addSegment(x, i, list.neighbours, from, to, types[i], other);
        from = to;
      }
    }
  }

  private void addSegment(double[] x, int i, int[] list, int from, int to, int type, int other) {
    if (from == to) {
      return;
    }
    PairLaw pair = interactions.of(type, other);
    double sigmaSquared = pair.sigma() * pair.sigma();
    double cut = pair.limit();
    double shift = pair.shift();
    double[] smooth = pair.smoothing();
    double first = pair.epsilon() * smooth[0];
    double second = pair.epsilon() * smooth[1];
    double ownEnergy = 0;
    double ownVirial = 0;
    for (int k = from; k < to; k++) {
      int j = list[k];
      double dx = x[4 * i] - x[j];
      double dy = x[4 * i + 1] - x[j + 1];
      double dz = x[4 * i + 2] - x[j + 2];
      double s = (dx * dx + dy * dy + dz * dz) * (1 / sigmaSquared);
      if (s < cut) {
        double u = pair.energy(s) - shift + (first + second * s) * s;
        ownEnergy += u;
        ownVirial += pair.virial(s) - 2 * (first + 2 * second * s) * s;
        perParticle[j] += 0.5 * u;
      }
    }
    perParticle[4 * i] += 0.5 * ownEnergy;
    energy += ownEnergy;
    virial += ownVirial;
  }

  /** Total potential energy U. */
  double energy() {
    return energy;
  }

  /** Total virial W. */
  double virial() {
    return virial;
  }

  /** Energy a particle, first of each stride of 4, slot order. */
  double[] fourfold() {
    return perParticle;
  }
}
