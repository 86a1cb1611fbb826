package io.vitrine.structure;

import io.vitrine.model.FeatureSpec;

/**
 * phi_X(R) = sum_k (w_k / s_k) exp(-(r_k - R)^2 / (2 delta^2)), tabulated: what a neighbour of
 * species X at distance R adds to a score.
 *
 * <p>Piecewise cubic with the values and slopes of phi at knots 0.005 sigma apart (scaled with
 * delta / 0.2): error below |phi''''| h^4 / 384, that is 4e-9 of the sum of |w_k / s_k|. Zero
 * beyond the cut-off.
 */
final class PairPotential {
  /** Knots per delta. */
  private static final double KNOTS = 40;

  private static final int COEFFICIENTS = 4;

  private final double knotsPerSigma;
  private final double[][] table;

  PairPotential(FeatureSpec spec, double[] scaled) {
    this.table = new double[spec.species().size()][];
    this.knotsPerSigma = KNOTS / spec.delta();
    int knots = (int) Math.ceil(spec.cutoff() * knotsPerSigma) + 2;
    for (int s = 0; s < table.length; s++) {
      table[s] = tabulate(spec, scaled, s, knots);
    }
  }

  private double[] tabulate(FeatureSpec spec, double[] scaled, int species, int knots) {
    double[] value = new double[knots];
    double[] slope = new double[knots];
    double[] radii = spec.radii();
    double variance = spec.delta() * spec.delta();
    for (int n = 0; n < knots; n++) {
      for (int k = 0; k < radii.length; k++) {
        double off = radii[k] - n / knotsPerSigma;
        double term =
            scaled[species * radii.length + k] * StrictMath.exp(-off * off / (2 * variance));
        value[n] += term;
        slope[n] += term * off / variance / knotsPerSigma;
      }
    }
    double[] cubic = new double[COEFFICIENTS * (knots - 1)];
    for (int n = 0; n < knots - 1; n++) {
      double rise = value[n + 1] - value[n];
      cubic[COEFFICIENTS * n] = value[n];
      cubic[COEFFICIENTS * n + 1] = slope[n];
      cubic[COEFFICIENTS * n + 2] = 3 * rise - 2 * slope[n] - slope[n + 1];
      cubic[COEFFICIENTS * n + 3] = slope[n] + slope[n + 1] - 2 * rise;
    }
    return cubic;
  }

  /** phi itself at a distance, term by term. */
  static double phi(FeatureSpec spec, double[] scaled, int species, double distance) {
    double[] radii = spec.radii();
    double sum = 0;
    for (int k = 0; k < radii.length; k++) {
      double off = radii[k] - distance;
      sum +=
          scaled[species * radii.length + k]
              * StrictMath.exp(-off * off / (2 * spec.delta() * spec.delta()));
    }
    return sum;
  }

  /** Sum of phi over distances, all within the cut-off. */
  double sum(int species, double[] distances, int count) {
    double[] cubic = table[species];
    double even = 0;
    double odd = 0;
    int n = 0;
    for (; n < count - 1; n += 2) {
      even += at(cubic, distances[n] * knotsPerSigma);
      odd += at(cubic, distances[n + 1] * knotsPerSigma);
    }
    if (n < count) {
      even += at(cubic, distances[n] * knotsPerSigma);
    }
    return even + odd;
  }

  private static double at(double[] cubic, double knot) {
    int n = (int) knot;
    double u = knot - n;
    int c = COEFFICIENTS * n;
    return cubic[c] + u * (cubic[c + 1] + u * (cubic[c + 2] + u * cubic[c + 3]));
  }
}
