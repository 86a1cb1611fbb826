package io.vitrine.model;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Which structure functions describe a particle: G_X(i; r_k, delta) = sum_{j in X, j != i}
 * exp(-(r_k - R_ij)^2 / (2 delta^2)) (eq. 1 of the paper), for X = A then B, feature index X *
 * radii + k.
 *
 * <p>Pairs beyond {@code cutoff} are left out: r_max + 6 delta truncates below 1e-6 of a feature, 5
 * delta below 1e-4, 4 delta below 1e-2.
 *
 * @see <a href="https://doi.org/10.1103/PhysRevLett.98.146401">Behler and Parrinello 2007</a>
 */
public final class FeatureSpec implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int STANDARD_RADII = 50;
  private static final double STANDARD_SPACING = 0.1;
  private static final double STANDARD_DELTA = 0.2;
  private static final double CUTOFF_DELTAS = 6.0;

  private final double[] radii;
  private final double delta;
  private final double cutoff;

  private FeatureSpec(double[] radii, double delta, double cutoff) {
    this.radii = radii;
    this.delta = delta;
    this.cutoff = cutoff;
  }

  /** Radii 0.1, 0.2, ..., 5.0, delta 0.2, cut-off 6.2: 100 features, as in the paper. */
  public static FeatureSpec standard() {
    return evenly(STANDARD_SPACING, STANDARD_RADII, STANDARD_DELTA);
  }

  /** Radii spacing, 2 spacing, ..., count spacing; cut-off r_max + 6 delta. */
  public static FeatureSpec evenly(double spacing, int count, double delta) {
    Check.positive("feature radius spacing", spacing);
    Check.positive("feature radius count", count);
    double[] radii = new double[count];
    // k / (1 / spacing) gives 0.1, 0.2, 0.3 to the last bit where k * 0.1 does not.
    double perUnit = Math.rint(1.0 / spacing);
    boolean exact = perUnit >= 1 && 1.0 / perUnit == spacing;
    for (int k = 0; k < count; k++) {
      radii[k] = exact ? (k + 1) / perUnit : (k + 1) * spacing;
    }
    return of(radii, delta, radii[count - 1] + CUTOFF_DELTAS * delta);
  }

  /** Takes over the radii (sigma, &gt; 0, ascending). */
  public static FeatureSpec of(double[] radii, double delta, double cutoff) {
    Check.positive("feature radius count", radii.length);
    double last = 0;
    for (double r : radii) {
      if (!(r > last)) {
        throw Check.refuse("feature radii", "be > 0 and ascend", Arrays.toString(radii));
      }
      last = r;
    }
    Check.positive("delta", delta);
    Check.positive("cutoff", cutoff);
    return new FeatureSpec(radii, delta, cutoff);
  }

  /** Radii r_k, sigma, frozen. */
  public double[] radii() {
    return radii;
  }

  /** Width of the shells, sigma. */
  public double delta() {
    return delta;
  }

  /** Pairs beyond this distance are left out, sigma. */
  public double cutoff() {
    return cutoff;
  }

  /** Length of a feature vector: radii times species. */
  public int featureCount() {
    return Species.COUNT * radii.length;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof FeatureSpec that
            && delta == that.delta
            && cutoff == that.cutoff
            && Arrays.equals(radii, that.radii));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(radii) + Double.hashCode(delta);
  }

  @Override
  public String toString() {
    return "FeatureSpec["
        + radii.length
        + " radii to "
        + radii[radii.length - 1]
        + ", delta "
        + delta
        + ", cutoff "
        + cutoff
        + "]";
  }
}
