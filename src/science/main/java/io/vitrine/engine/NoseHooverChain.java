package io.vitrine.engine;

/**
 * A chain of three Nosé-Hoover thermostats, integrated in half steps around velocity Verlet.
 *
 * <p>Masses Q_1 = N_f T tau^2, Q_k = T tau^2, with N_f = 3N - 3 degrees of freedom and damping time
 * tau. The extended energy KE + U + sum Q_k v_k^2 / 2 + N_f T eta_1 + T (eta_2 + eta_3) is
 * conserved while T is. Exponentials are StrictMath's, so that bits do not depend on the machine.
 *
 * @see <a href="https://doi.org/10.1080/00268979600100761">Martyna, Tuckerman, Tobias and Klein
 *     1996, eq. 29</a>
 */
final class NoseHooverChain {
  static final int LENGTH = 3;

  private final double freedom;
  private final double dampingTime;
  private final double[] eta;
  private final double[] rate;
  private double target;
  private double offset;

  NoseHooverChain(double freedom, double dampingTime, double target) {
    this(freedom, dampingTime, target, new double[2 * LENGTH + 1]);
  }

  /** Takes up a chain where {@link #state} left it. */
  NoseHooverChain(double freedom, double dampingTime, double target, double[] state) {
    this.freedom = freedom;
    this.dampingTime = dampingTime;
    this.target = target;
    this.eta = java.util.Arrays.copyOfRange(state, 0, LENGTH);
    this.rate = java.util.Arrays.copyOfRange(state, LENGTH, 2 * LENGTH);
    this.offset = state[2 * LENGTH];
  }

  /** Positions and rates of the chain, and the energy set aside at changes of temperature. */
  double[] state() {
    double[] state = java.util.Arrays.copyOf(eta, 2 * LENGTH + 1);
    System.arraycopy(rate, 0, state, LENGTH, LENGTH);
    state[2 * LENGTH] = offset;
    return state;
  }

  double target() {
    return target;
  }

  /** Changes the temperature; the extended energy continues from its present value. */
  void retarget(double temperature) {
    double before = energy();
    target = temperature;
    offset += before - energy();
  }

  /** Energy of the chain itself. */
  double energy() {
    double sum = offset;
    for (int k = 0; k < LENGTH; k++) {
      double share = k == 0 ? freedom : 1;
      sum += 0.5 * mass(k) * rate[k] * rate[k] + share * target * eta[k];
    }
    return sum;
  }

  private double mass(int k) {
    return (k == 0 ? freedom : 1) * target * dampingTime * dampingTime;
  }

  /** Moves the chain by half of {@code dt}; returns the factor for all velocities. */
  double halfStep(double kineticEnergy, double dt) {
    double quarter = dt / 4;
    double eighth = dt / 8;
    for (int k = LENGTH - 1; k >= 0; k--) {
      double drag = k == LENGTH - 1 ? 1 : StrictMath.exp(-eighth * rate[k + 1]);
      rate[k] = (rate[k] * drag + quarter * push(k, kineticEnergy)) * drag;
    }
    double scale = StrictMath.exp(-dt / 2 * rate[0]);
    for (int k = 0; k < LENGTH; k++) {
      eta[k] += dt / 2 * rate[k];
    }
    double scaled = kineticEnergy * scale * scale;
    for (int k = 0; k < LENGTH; k++) {
      double drag = k == LENGTH - 1 ? 1 : StrictMath.exp(-eighth * rate[k + 1]);
      rate[k] = (rate[k] * drag + quarter * push(k, scaled)) * drag;
    }
    return scale;
  }

  private double push(int k, double kineticEnergy) {
    double drive =
        k == 0
            ? 2 * kineticEnergy - freedom * target
            : mass(k - 1) * rate[k - 1] * rate[k - 1] - target;
    return drive / mass(k);
  }
}
