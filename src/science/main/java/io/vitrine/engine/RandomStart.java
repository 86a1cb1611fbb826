package io.vitrine.engine;

import io.vitrine.model.Particles;
import java.util.SplittableRandom;

/** Random positions without overlaps, and Maxwell velocities; the same from the same seed. */
final class RandomStart {
  /** Enough for random points at density 1.2 to part; not a converged minimum. */
  private static final int PUSHES = 500;

  private static final double PUSH_TOLERANCE = 1.0;

  /** Then the real potential takes out what strain is left. */
  private static final int RELAXATIONS = 300;

  private static final double RELAX_TOLERANCE = 1.0;
  private static final long VELOCITY_STREAM = 0x5DEECE66DL;

  private RandomStart() {}

  /** Positions [3N] in [0, L), pushed apart and relaxed; z = 0 in two dimensions. */
  static double[] positions(MixtureSpec spec, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double edge = spec.box().lx();
    int dimensions = spec.mixture().dimensions();
    double[] positions = new double[3 * spec.count()];
    for (int k = 0; k < positions.length; k++) {
      if (k % 3 < dimensions) {
        positions[k] = edge * random.nextDouble();
      }
    }
    Configuration state =
        new Configuration(
            spec.box(),
            spec.interactions(),
            spec.particles(),
            positions,
            null,
            new double[positions.length]);
    state.arrange();
    SoftRepulsion push = new SoftRepulsion(spec.interactions());
    new Fire(state, () -> state.computeForces(push), 1).relax(PUSH_TOLERANCE, PUSHES);
    new Fire(state, state::computeForces, spec.interactions().pace())
        .relax(RELAX_TOLERANCE, RELAXATIONS);
    state.arrange();
    return state.byIndex(state.x);
  }

  /**
   * Velocities [3N] at exactly the temperature (d N - d degrees of freedom in d dimensions), total
   * momentum zero; v_z = 0 in two dimensions.
   */
  static double[] velocities(
      Particles particles,
      Interactions interactions,
      int dimensions,
      double temperature,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ VELOCITY_STREAM);
    int count = particles.count();
    double[] mass = new double[count];
    double total = 0;
    double[] v = new double[3 * count];
    for (int i = 0; i < count; i++) {
      mass[i] = interactions.masses().get(particles.types()[i]);
      total += mass[i];
      for (int axis = 0; axis < dimensions; axis++) {
        v[3 * i + axis] = gaussian(random) / Math.sqrt(mass[i]);
      }
    }
    double twiceKinetic = 0;
    for (int axis = 0; axis < dimensions; axis++) {
      double mean = 0;
      for (int i = 0; i < count; i++) {
        mean += mass[i] * v[3 * i + axis] / total;
      }
      for (int i = 0; i < count; i++) {
        v[3 * i + axis] -= mean;
        twiceKinetic += mass[i] * (v[3 * i + axis] * v[3 * i + axis]);
      }
    }
    double scale = Math.sqrt(temperature * (dimensions * (count - 1.0)) / twiceKinetic);
    for (int k = 0; k < v.length; k++) {
      v[k] *= scale;
    }
    return v;
  }

  /** Box and Muller, by StrictMath, so that bits do not depend on the Java release. */
  private static double gaussian(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
