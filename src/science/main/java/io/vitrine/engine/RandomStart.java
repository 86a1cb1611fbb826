package io.vitrine.engine;

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

  /** Positions [3N] in [0, L), pushed apart and relaxed. */
  static double[] positions(MixtureSpec spec, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double edge = spec.box().lx();
    double[] positions = new double[3 * spec.count()];
    for (int k = 0; k < positions.length; k++) {
      positions[k] = edge * random.nextDouble();
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
    new Fire(state, () -> state.computeForces(push)).relax(PUSH_TOLERANCE, PUSHES);
    new Fire(state, state::computeForces).relax(RELAX_TOLERANCE, RELAXATIONS);
    state.arrange();
    return state.byIndex(state.x);
  }

  /**
   * Velocities [3N] at exactly the temperature (3N - 3 degrees of freedom), total momentum zero.
   */
  static double[] velocities(int count, double temperature, long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ VELOCITY_STREAM);
    double[] v = new double[3 * count];
    for (int k = 0; k < v.length; k++) {
      v[k] = gaussian(random);
    }
    double twiceKinetic = 0;
    for (int axis = 0; axis < 3; axis++) {
      double mean = 0;
      for (int k = axis; k < v.length; k += 3) {
        mean += v[k] / count;
      }
      for (int k = axis; k < v.length; k += 3) {
        v[k] -= mean;
        twiceKinetic += v[k] * v[k];
      }
    }
    double scale = Math.sqrt(temperature * (3.0 * count - 3) / twiceKinetic);
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
