package io.vitrine.engine;

import io.vitrine.model.Check;

/**
 * One pair of species: u(r) = 4 epsilon ((sigma/r)^12 - (sigma/r)^6) for r &lt; cutoff, else 0.
 *
 * @param epsilon depth of the well, in units of epsilon_AA
 * @param sigma length where u is zero, in units of sigma_AA
 * @param cutoff pairs at or beyond it do not interact, in units of sigma_AA
 */
public record PairCoefficients(double epsilon, double sigma, double cutoff) {
  /** Checks that all three are positive. */
  public PairCoefficients {
    Check.positive("epsilon", epsilon);
    Check.positive("sigma", sigma);
    Check.positive("cutoff", cutoff);
  }

  /** The uncut, unshifted pair energy at distance r. */
  double energyAt(double r) {
    double s6 = Math.pow(sigma / r, 6);
    return 4 * epsilon * (s6 - 1) * s6;
  }
}
