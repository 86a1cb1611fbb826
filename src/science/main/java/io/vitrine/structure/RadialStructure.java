package io.vitrine.structure;

import io.vitrine.geometry.NeighbourLoop;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import java.util.concurrent.Executor;

/**
 * Radial structure functions G_X(i; r_k, delta) = sum_{j in X, j != i} exp(-(r_k - R_ij)^2 / (2
 * delta^2)) of chosen particles, eq. 1 of the paper.
 *
 * <p>Dimensionless. Result [n * features], target by target; feature index X * radii + k, species X
 * in the order of types. All periodic images within the cut-off of the {@link FeatureSpec} count. A
 * particle without neighbours has zeros. The vector of a target depends on the frame only: not, to
 * the last bit, on which others are asked for nor on threads or machine ({@link #reference} aside).
 *
 * @see <a href="https://doi.org/10.1103/PhysRevLett.98.146401">Behler and Parrinello 2007</a>
 */
public final class RadialStructure {
  /** How many deltas away from its shell a Gaussian is taken for zero. */
  private static final double EXACT_BAND = 6;

  private static final double LIVE_BAND = 4.5;
  private static final double LIVE_BIN = 0.5;

  private final FeatureSpec spec;
  private final double reach;
  private final FeatureKernel kernel;

  private RadialStructure(FeatureSpec spec, double reach, FeatureKernel kernel) {
    this.spec = spec;
    this.reach = reach;
    this.kernel = kernel;
  }

  /** The definition term by term: slow, the oracle of the others. */
  public static RadialStructure reference(FeatureSpec spec) {
    return new RadialStructure(spec, spec.cutoff(), new DirectSum(spec));
  }

  /** The definition to 1e-6 of a feature's standard deviation over the particles. */
  public static RadialStructure exact(FeatureSpec spec) {
    return new RadialStructure(
        spec, spec.cutoff(), new FastGaussTransform(spec, 8, 0.6, EXACT_BAND));
  }

  /**
   * The definition to 1e-3 of a feature's standard deviation (3e-2 for shells below 0.5 sigma,
   * where there are only tails), at two thirds of the time: for what is only looked at.
   */
  public static RadialStructure live(FeatureSpec spec) {
    double[] radii = spec.radii();
    double reach = Math.min(spec.cutoff(), radii[radii.length - 1] + LIVE_BAND * spec.delta());
    return new RadialStructure(spec, reach, new FastGaussTransform(spec, 4, LIVE_BIN, LIVE_BAND));
  }

  /** What is computed. */
  public FeatureSpec spec() {
    return spec;
  }

  /** Sorts a frame once for any number of calls: large frames are done part by part. */
  public NeighbourLoop sort(Frame frame) {
    spec.check(frame);
    return spec.hasScaledDistances()
        ? NeighbourLoop.scaled(frame, reach)
        : NeighbourLoop.over(frame, reach);
  }

  /** Feature vectors [n * features] of the targets, indices [n] into the frame. */
  public double[] features(Frame frame, int[] targets) {
    return features(sort(frame), targets);
  }

  /** The same for a frame sorted by {@link #sort}. */
  public double[] features(NeighbourLoop sorted, int[] targets) {
    double[] features = new double[targets.length * spec.featureCount()];
    sorted.forEach(targets, kernel.into(features));
    return features;
  }

  /** The same, to the bit, in blocks on an executor. */
  public double[] features(NeighbourLoop sorted, int[] targets, Executor executor, int blocks) {
    double[] features = new double[targets.length * spec.featureCount()];
    sorted.forEach(targets, () -> kernel.into(features), executor, blocks);
    return features;
  }
}
