package io.vitrine.engine;

import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.model.Thermo;

/**
 * The local minimum of the potential energy a configuration drains into.
 *
 * @param frame positions at the minimum (wrapped, images counted on from the start), no velocities;
 *     potential energy in its thermodynamics
 * @param energy total potential energy there
 * @param largestForce largest force component left
 * @param iterations force evaluations it took
 * @param converged whether {@code largestForce} is within the tolerance
 */
public record InherentStructure(
    Frame frame, double energy, double largestForce, int iterations, boolean converged) {
  /** Force tolerance that fixes energies per particle to about 1e-9. */
  public static final double TOLERANCE = 1e-5;

  /** Iterations after which a minimization gives up. */
  public static final int MOST_ITERATIONS = 20_000;

  /** Minimizes by FIRE to {@link #TOLERANCE}. */
  public static InherentStructure of(Frame frame, Interactions interactions) {
    return of(frame, interactions, TOLERANCE, MOST_ITERATIONS);
  }

  /** Minimizes until no force component exceeds {@code tolerance}. */
  public static InherentStructure of(
      Frame frame, Interactions interactions, double tolerance, int mostIterations) {
    Check.positive("force tolerance", tolerance);
    Check.positive("iterations", mostIterations);
    Configuration state =
        new Configuration(
            frame.box(),
            interactions,
            frame.particles(),
            StaticForces.relativePositions(frame),
            frame.images(),
            new double[3 * frame.count()]);
    state.arrange();
    Fire fire = new Fire(state, state::computeForces, interactions.pace());
    boolean converged = fire.relax(tolerance, mostIterations);
    state.arrange();
    double energy = state.energies().energy();
    double[] positions = state.byIndex(state.x);
    StaticForces.toBox(positions, frame.box());
    boolean counted = frame.unwrapped() || frame.images() != null;
    Frame minimum =
        frame.toBuilder()
            .wrapped(positions, counted ? state.imagesByIndex() : null)
            .velocities(null)
            .thermo(new Thermo(energy, Double.NaN, Double.NaN))
            .build();
    double left = Fire.largest(state.byIndex(state.f), 3 * state.count);
    return new InherentStructure(minimum, energy, left, fire.iterations(), converged);
  }
}
