package io.vitrine.structure;

import io.vitrine.geometry.PairVisitor;
import io.vitrine.model.FeatureSpec;
import java.util.Arrays;

/**
 * The structure functions by a fast Gauss transform in one dimension: the cost of a pair does not
 * depend on the number of radii.
 *
 * <p>Distances fall into radial bins; a bin of width w keeps M moments sum_j u_j^m of where in the
 * bin its pairs are, u in [-1, 1). Within a bin every shell's Gaussian is a polynomial of degree M
 * - 1 in u, interpolated once at Chebyshev nodes, so that G_k = sum over bins and m of moment times
 * coefficient: a short product, banded because a Gaussian is negligible some deltas away from its
 * shell.
 *
 * <p>Error of one pair: max |g^(M)| (w / 2)^M / (2^(M-1) M!), w and derivatives in units of delta:
 * 6e-5 for 4 moments in bins of 0.5, 5e-9 for 8 in bins of 0.7. Errors of many pairs have either
 * sign.
 *
 * @see <a href="https://doi.org/10.1137/0912004">Greengard and Strain 1991</a>
 */
final class FastGaussTransform implements FeatureKernel {
  /** Shells inside a particle see tails only: small values that no pair must be missing from. */
  private static final double INNER = 1;

  private static final double INNER_BAND = 8;

  /** 1.5 * 2^52: a number added to it is rounded to the nearest integer, its last bits. */
  private static final double ANCHOR = 0x1.8p52;

  private final int species;
  private final int radii;
  private final int moments;
  private final double binsPerSigma;
  private final int bins;

  /** Shells within the band of bin b: [first[b], last[b]). */
  private final int[] first;

  private final int[] last;

  /** Coefficients [moments][bins * radii]. */
  private final double[][] coefficient;

  /**
   * Tabulates the expansions.
   *
   * @param moments M, 4 or 8
   * @param binWidth in deltas: wider bins cost less to spread but err by the power M of their width
   * @param outerBand deltas from its shell at which a Gaussian counts as zero; 8 for inner shells
   */
  FastGaussTransform(FeatureSpec spec, int moments, double binWidth, double outerBand) {
    this.species = spec.species().size();
    this.radii = spec.radii().length;
    this.moments = moments;
    this.binsPerSigma = 1 / (binWidth * spec.delta());
    // sqrt(c * c) is c to the bit, so that no distance falls behind the last bin.
    this.bins = (int) (spec.cutoff() * binsPerSigma) + 1;
    this.first = new int[bins];
    this.last = new int[bins];
    this.coefficient = new double[moments][bins * radii];
    for (int b = 0; b < bins; b++) {
      first[b] = radii;
      for (int k = 0; k < radii; k++) {
        double off = Math.abs(spec.radii()[k] - (b + 0.5) / binsPerSigma);
        double band = spec.radii()[k] < INNER ? INNER_BAND : outerBand;
        if (off <= band * spec.delta() + 0.5 / binsPerSigma) {
          first[b] = Math.min(first[b], k);
          last[b] = k + 1;
          double[] polynomial = expand(spec.radii()[k], spec.delta(), b);
          for (int m = 0; m < moments; m++) {
            coefficient[m][b * radii + k] = polynomial[m];
          }
        }
      }
    }
  }

  /** Coefficients of 1, u, u^2, ... of the interpolant of one shell's Gaussian in one bin. */
  private double[] expand(double radius, double delta, int bin) {
    double[] node = new double[moments];
    double[] value = new double[moments];
    for (int n = 0; n < moments; n++) {
      node[n] = StrictMath.cos(Math.PI * (n + 0.5) / moments);
      double off = radius - (bin + 0.5 + 0.5 * node[n]) / binsPerSigma;
      value[n] = StrictMath.exp(-off * off / (2 * delta * delta));
    }
    // Newton's divided differences, then Horner's scheme on polynomials.
    for (int order = 1; order < moments; order++) {
      for (int n = moments - 1; n >= order; n--) {
        value[n] = (value[n] - value[n - 1]) / (node[n] - node[n - order]);
      }
    }
    double[] polynomial = new double[moments];
    for (int n = moments - 1; n >= 0; n--) {
      for (int m = moments - 1; m > 0; m--) {
        polynomial[m] = polynomial[m - 1] - node[n] * polynomial[m];
      }
      polynomial[0] = value[n] - node[n] * polynomial[0];
    }
    return polynomial;
  }

  @Override
  public PairVisitor into(double[] features) {
    double[] moment = new double[bins * moments];
    double[][] bin = {{}};
    return (slot, type, squared, count) -> {
      Arrays.fill(moment, 0);
      if (bin[0].length < count) {
        bin[0] = new double[2 * count];
      }
      places(squared, count, binsPerSigma, bin[0]);
      if (moments == 4) {
        gather4(bin[0], squared, count, moment);
      } else {
        gather8(bin[0], squared, count, moment);
      }
      int at = (slot * species + type) * radii;
      for (int b = 0; b < bins; b++) {
        int m = b * moments;
        if (moment[m] != 0) {
          for (int quarter = 0; quarter < moments; quarter += 4) {
            spread(b, quarter, moment, features, at);
          }
        }
      }
    };
  }

  /**
   * Squared distances become u in [-1, 1], and {@link #ANCHOR} plus the bin: a distance on the edge
   * of two bins is in either. The loops of a gather then load what they need: a conversion to an
   * integer inside them takes longer.
   */
  private static void places(double[] values, int n, double scale, double[] bin) {
    for (int i = 0; i < n; i++) {
      double r = Math.sqrt(values[i]) * scale;
      double b = (r - 0.5) + ANCHOR;
      bin[i] = b;
      values[i] = 2 * (r - (b - ANCHOR)) - 1;
    }
  }

  private static void gather4(double[] bin, double[] values, int n, double[] moment) {
    for (int i = 0; i < n; i++) {
      int at = 4 * (int) Double.doubleToRawLongBits(bin[i]);
      double u = values[i];
      double u2 = u * u;
      moment[at] += 1;
      moment[at + 1] += u;
      moment[at + 2] += u2;
      moment[at + 3] += u2 * u;
    }
  }

  private static void gather8(double[] bin, double[] values, int n, double[] moment) {
    for (int i = 0; i < n; i++) {
      int at = 8 * (int) Double.doubleToRawLongBits(bin[i]);
      double u = values[i];
      double u2 = u * u;
      double u3 = u2 * u;
      double u4 = u2 * u2;
      moment[at] += 1;
      moment[at + 1] += u;
      moment[at + 2] += u2;
      moment[at + 3] += u3;
      moment[at + 4] += u4;
      moment[at + 5] += u4 * u;
      moment[at + 6] += u4 * u2;
      moment[at + 7] += u4 * u3;
    }
  }

  /** Four moments at a time: with eight in one loop the compiler does not vectorize it. */
  private void spread(int b, int quarter, double[] moment, double[] out, int at) {
    int m = b * moments + quarter;
    double m0 = moment[m];
    double m1 = moment[m + 1];
    double m2 = moment[m + 2];
    double m3 = moment[m + 3];
    double[] c0 = coefficient[quarter];
    double[] c1 = coefficient[quarter + 1];
    double[] c2 = coefficient[quarter + 2];
    double[] c3 = coefficient[quarter + 3];
    int c = b * radii;
    for (int k = first[b]; k < last[b]; k++) {
      out[at + k] += (m0 * c0[c + k] + m1 * c1[c + k]) + (m2 * c2[c + k] + m3 * c3[c + k]);
    }
  }
}
