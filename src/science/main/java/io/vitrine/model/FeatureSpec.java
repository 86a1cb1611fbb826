package io.vitrine.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Which structure functions describe a particle: G_X(i; r_k, delta) = sum_{j in X, j != i}
 * exp(-(r_k - R_ij)^2 / (2 delta^2)) (eq. 1 of the paper), for each species X in the order of their
 * names, feature index X * radii + k.
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
  private static final int MOST_RADII = 1000;
  private static final double ROUNDING = 1e9;

  private final double[] radii;
  private final double delta;
  private final double cutoff;
  private final List<String> species;
  private final int dimensions;
  private final boolean scaled;

  private FeatureSpec(
      double[] radii,
      double delta,
      double cutoff,
      List<String> species,
      int dimensions,
      boolean scaled) {
    this.radii = radii;
    this.delta = delta;
    this.cutoff = cutoff;
    this.species = List.copyOf(species);
    this.dimensions = dimensions;
    this.scaled = scaled;
  }

  /** Radii 0.1, 0.2, ..., 5.0, delta 0.2, cut-off 6.2, species A and B, as in the paper. */
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

  /** Radii from, from + step, ..., to; cut-off r_max + 6 delta. */
  public static FeatureSpec range(double from, double to, double step, double delta) {
    Check.positive("first radius", from);
    Check.positive("step of radii", step);
    double steps = (to - from) / step;
    long count = Math.round(steps) + 1;
    if (!(to >= from) || Math.abs(steps - Math.rint(steps)) > 1e-6 || count > MOST_RADII) {
      throw Check.refuse(
          "radii FROM:TO:STEP",
          "have TO >= FROM, a whole number of steps and at most " + MOST_RADII + " of them",
          from + ":" + to + ":" + step);
    }
    double[] radii = new double[(int) count];
    for (int k = 0; k < radii.length; k++) {
      // 0.3 and not 0.30000000000000004.
      radii[k] = Math.rint((from + k * step) * ROUNDING) / ROUNDING;
    }
    return of(radii, delta, radii[radii.length - 1] + CUTOFF_DELTAS * delta);
  }

  /** Takes over the radii (sigma, &gt; 0, ascending); species A and B in three dimensions. */
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
    return new FeatureSpec(radii, delta, cutoff, Target.A_AND_B, 3, false);
  }

  /** The same of other species. */
  public FeatureSpec withSpecies(List<String> names) {
    Particles.checkNames(names);
    return new FeatureSpec(radii, delta, cutoff, names, dimensions, scaled);
  }

  /** The same in two or three dimensions: distances are what differs. */
  public FeatureSpec withDimensions(int space) {
    return new FeatureSpec(
        radii, delta, cutoff, species, (int) Check.within("dimensions", space, 2, 3), scaled);
  }

  /** The same, of distances in units of the mean diameter of each pair, or of plain ones. */
  public FeatureSpec withScaledDistances(boolean inDiameters) {
    return new FeatureSpec(radii, delta, cutoff, species, dimensions, inDiameters);
  }

  /**
   * Whether R_ij is divided by (d_i + d_j) / 2, the mean diameter of the pair; radii, delta and
   * cut-off are then in the same units.
   */
  public boolean hasScaledDistances() {
    return scaled;
  }

  /** Dimensions of space, 2 or 3. */
  public int dimensions() {
    return dimensions;
  }

  /** Names of the species X, by type. */
  public List<String> species() {
    return species;
  }

  /** Refuses a frame of other species or dimensions. */
  public void check(Frame frame) {
    if (!frame.particles().names().equals(species)) {
      throw Check.refuse("species of " + frame, "be " + species, frame.particles().names());
    }
    if (frame.box().dimensions() != dimensions) {
      throw Check.refuse("dimensions of " + frame, "be " + dimensions, frame.box().dimensions());
    }
    if (scaled && frame.particles().diameters() == null) {
      throw Check.refuse("particles with scaled distances", "have diameters", frame);
    }
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
    return species.size() * radii.length;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof FeatureSpec that
            && delta == that.delta
            && cutoff == that.cutoff
            && species.equals(that.species)
            && dimensions == that.dimensions
            && scaled == that.scaled
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
        + ", of "
        + String.join(", ", species)
        + (dimensions == 2 ? ", in two dimensions" : "")
        + (scaled ? ", of distances in mean diameters" : "")
        + "]";
  }
}
