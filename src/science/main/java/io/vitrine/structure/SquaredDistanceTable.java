package io.vitrine.structure;

import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Species;

/**
 * phi_X(R) of {@link PairPotential} as a function of the squared distance: no root, one look-up in
 * 24 KB a species, which stay in the first cache.
 *
 * <p>Segments have a constant relative width of R^2, 1/128 of the power of two below: the leading
 * bits of the number are the segment's index. In each a parabola in R^2 through the values at three
 * Chebyshev nodes; error below |phi'''| h^3 / 192 where h is the width in R, at most R / 128: 1e-5
 * of the sum of |w_k / s_k| at 5 sigma, of either sign. Below 0.004 sigma the value there is taken.
 */
final class SquaredDistanceTable {
  /** Bits of a double that do not choose the segment. */
  private static final int SHIFT = 45;

  /** Smallest squared distance told from zero: 2^-16. */
  private static final int FIRST = (int) (Double.doubleToRawLongBits(0x1p-16) >>> SHIFT);

  private static final int STRIDE = 4;

  private final double[][] table = new double[Species.COUNT][];

  SquaredDistanceTable(FeatureSpec spec, double[] scaled) {
    double largest = spec.cutoff() * spec.cutoff();
    int segments = (int) (Double.doubleToRawLongBits(largest) >>> SHIFT) - FIRST + 2;
    for (int s = 0; s < Species.COUNT; s++) {
      table[s] = new double[STRIDE * segments];
      for (int n = 0; n < segments; n++) {
        fit(spec, scaled, s, n);
      }
      // Shorter distances all read the first segment.
      table[s][0] = phi(spec, scaled, s, Math.sqrt(0x1p-16));
      table[s][1] = 0;
      table[s][2] = 0;
    }
  }

  private void fit(FeatureSpec spec, double[] scaled, int species, int segment) {
    double low = Double.longBitsToDouble((long) (FIRST + segment) << SHIFT);
    double high = Double.longBitsToDouble((long) (FIRST + segment + 1) << SHIFT);
    double centre = 0.5 * (low + high);
    double off = 0.25 * Math.sqrt(3) * (high - low);
    double middle = phi(spec, scaled, species, Math.sqrt(centre));
    double below = phi(spec, scaled, species, Math.sqrt(centre - off));
    double above = phi(spec, scaled, species, Math.sqrt(centre + off));
    double slope = (above - below) / (2 * off);
    double bend = (above - 2 * middle + below) / (2 * off * off);
    int at = STRIDE * segment;
    table[species][at] = middle - centre * (slope - centre * bend);
    table[species][at + 1] = slope - 2 * centre * bend;
    table[species][at + 2] = bend;
  }

  private static double phi(FeatureSpec spec, double[] scaled, int species, double distance) {
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

  /** Sum of phi over squared distances, all within the cut-off. */
  double sum(int species, double[] squared, int count) {
    double[] t = table[species];
    double even = 0;
    double odd = 0;
    int n = 0;
    for (; n < count - 1; n += 2) {
      even += at(t, squared[n]);
      odd += at(t, squared[n + 1]);
    }
    if (n < count) {
      even += at(t, squared[n]);
    }
    return even + odd;
  }

  private static double at(double[] t, double squared) {
    int n = STRIDE * Math.max(0, (int) (Double.doubleToRawLongBits(squared) >>> SHIFT) - FIRST);
    return t[n] + squared * (t[n + 1] + squared * t[n + 2]);
  }
}
