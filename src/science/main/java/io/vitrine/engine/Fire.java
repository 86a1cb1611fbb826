package io.vitrine.engine;

import java.util.Arrays;

/**
 * The fast inertial relaxation engine: velocity Verlet whose velocities are turned towards the
 * force, sped up while they go downhill and stopped when they do not.
 *
 * <p>Converged when no component of a force exceeds the tolerance. Each move is at most a tenth of
 * a sigma a component, so that a bad start cannot fly apart. Costs one force evaluation an
 * iteration; a thermal configuration takes some hundreds to a few thousand.
 *
 * @see <a href="https://doi.org/10.1103/PhysRevLett.97.170201">Bitzek et al. 2006</a>
 */
final class Fire {
  private static final int PATIENCE = 5;
  private static final double SPEED_UP = 1.1;
  private static final double SLOW_DOWN = 0.5;
  private static final double MIXING = 0.1;
  private static final double MIXING_DECAY = 0.99;
  private static final double FIRST_STEP = 0.003;
  private static final double LONGEST_STEP = 0.03;
  private static final double LONGEST_MOVE = 0.1;

  private final Configuration state;
  private final Runnable computeForces;
  private final double pace;
  private int iterations;

  /** Relaxes by forces as stiff as those of Lennard-Jones, by {@code pace} longer steps else. */
  Fire(Configuration state, Runnable computeForces, double pace) {
    this.state = state;
    this.computeForces = computeForces;
    this.pace = pace;
  }

  /** Relaxes an arranged configuration; true when converged within the iterations allowed. */
  boolean relax(double tolerance, int mostIterations) {
    int length = 4 * state.count;
    Arrays.fill(state.v, 0);
    double dt = pace * FIRST_STEP;
    double mixing = MIXING;
    int downhill = 0;
    computeForces.run();
    for (iterations = 0; largest(state.f, length) > tolerance; iterations++) {
      if (iterations == mostIterations) {
        return false;
      }
      double power = dot(state.f, state.v, length);
      if (power > 0) {
        steer(length, mixing);
        if (++downhill > PATIENCE) {
          dt = Math.min(dt * SPEED_UP, pace * LONGEST_STEP);
          mixing *= MIXING_DECAY;
        }
      } else if (iterations > 0) {
        Arrays.fill(state.v, 0);
        dt *= SLOW_DOWN;
        mixing = MIXING;
        downhill = 0;
      }
      move(length, dt);
      state.follow();
      computeForces.run();
    }
    return true;
  }

  /** Iterations of the last relaxation. */
  int iterations() {
    return iterations;
  }

  private void steer(int length, double mixing) {
    double[] v = state.v;
    double[] f = state.f;
    double speed = Math.sqrt(dot(v, v, length) / dot(f, f, length));
    for (int k = 0; k < length; k++) {
      v[k] = (1 - mixing) * v[k] + mixing * speed * f[k];
    }
  }

  private void move(int length, double dt) {
    for (int k = 0; k < length; k++) {
      state.v[k] += dt * state.f[k];
    }
    double step =
        Math.min(dt, LONGEST_MOVE / Math.max(largest(state.v, length), Double.MIN_NORMAL));
    for (int k = 0; k < length; k++) {
      state.x[k] += step * state.v[k];
    }
  }

  static double largest(double[] values, int length) {
    double most = 0;
    for (int k = 0; k < length; k++) {
      most = Math.max(most, Math.abs(values[k]));
    }
    return most;
  }

  private static double dot(double[] a, double[] b, int length) {
    double sum = 0;
    for (int k = 0; k < length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
