package io.vitrine.geometry;

/**
 * What pairs add to sums of their particles: multiples of a unit so large that sums are exact and
 * do not depend on the order of what is added. Several sums a particle; the term of a neighbour
 * depends on the sum, the species of the neighbour and the distance.
 */
public interface PairTerms {
  /** Powers of two between the square of a cut-off and {@link #least}. */
  int POWERS = 61;

  /**
   * No squared distance up to a cut-off is less: so much is added to each, which changes no
   * distance above a tenth of the cut-off.
   */
  static double least(double cutoff) {
    return Math.scalb(1.0, Math.getExponent(cutoff * cutoff) - POWERS);
  }

  /** Sums of a particle. */
  int sums();

  /** What neighbours of one species add to the sum of the particle. */
  double toParticle(int sum, int neighbours, Near near);

  /** Adds what a particle of some species adds to the sums of its neighbours. */
  void toNeighbours(int sum, int particle, Near near, double[] neighbourSums);

  /** Both at once, for a particle of the species of its neighbours. */
  double toBoth(int sum, int species, Near near, double[] neighbourSums);

  /** Neighbours of a particle: candidates 0, ..., inner - 1 and outer[0], ..., outer[count - 1]. */
  final class Near {
    /** Squared distances of the candidates, sigma^2, with {@link #least} added. */
    public double[] squared = {};

    /** So many candidates are neighbours without exception. */
    public int inner;

    /** Which of the others are neighbours. */
    public int[] outer = {};

    /** How many of them. */
    public int count;

    /** Makes room: lengths are powers of two. */
    void reserve(int candidates) {
      if (squared.length < candidates) {
        squared = new double[Integer.highestOneBit(candidates) * 2];
        outer = new int[squared.length];
      }
    }
  }
}
