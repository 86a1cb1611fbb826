package io.vitrine.engine;

import io.vitrine.model.Check;

/**
 * The potential of one pair of species, with its cut-off: u(r) for r &lt; cutoff, else 0.
 *
 * <p>With s = (r/sigma)^2 and g(s) = u/epsilon before the cut:
 *
 * <ul>
 *   <li>Lennard-Jones: g = 4 (s^-6 - s^-3); cut at 2^(1/6) sigma and shifted it is that of Weeks,
 *       Chandler and Andersen;
 *   <li>inverse power n: g = s^(-n/2);
 *   <li>harmonic: g = (1 - s^(1/2))^2 / 2, zero from sigma on.
 * </ul>
 *
 * <p>Units: epsilon_AA, sigma_AA.
 *
 * @param form which g
 * @param exponent n of an inverse power; 0 for the other forms
 * @param epsilon depth of the well or height at contact
 * @param sigma length of the pair
 * @param cutoff pairs at or beyond it do not interact
 * @param cut what happens to u there
 * @see <a href="https://doi.org/10.1063/1.1674820">Weeks, Chandler and Andersen 1971</a>
 */
public record PairLaw(
    Form form, int exponent, double epsilon, double sigma, double cutoff, Cut cut) {
  /** Steeper powers than this are hard spheres, and need another integrator. */
  private static final int STEEPEST = 64;

  /** Where the Lennard-Jones potential has its minimum, 2^(1/6) sigma. */
  private static final double MINIMUM = StrictMath.pow(2, 1.0 / 6);

  /** Shapes of a pair potential. */
  public enum Form {
    /** 4 (s^-6 - s^-3). */
    LENNARD_JONES,
    /** s^(-n/2). */
    INVERSE_POWER,
    /** (1 - s^(1/2))^2 / 2. */
    HARMONIC
  }

  /** What happens to the energy at the cut-off; forces change only by {@link #SMOOTH}. */
  public enum Cut {
    /** Energies jump to zero. */
    NONE,
    /** A constant is added, so that the energy ends at zero. */
    ENERGY,
    /** a_0 + a_1 s + a_2 s^2 is added, so that the energy and two derivatives end at zero. */
    SMOOTH
  }

  /** Checks signs and the exponent. */
  public PairLaw {
    Check.positive("epsilon", epsilon);
    Check.positive("sigma", sigma);
    Check.positive("cutoff", cutoff);
    if (form == Form.INVERSE_POWER) {
      Check.within("exponent", exponent, 1, STEEPEST);
    } else if (exponent != 0) {
      throw Check.refuse("exponent", "be 0 but for an inverse power", exponent);
    }
    if (form == Form.HARMONIC && cutoff > sigma) {
      throw Check.refuse("cutoff of a harmonic pair", "be at most sigma, " + sigma, cutoff);
    }
  }

  /** Lennard-Jones, shifted to zero at the cut-off. */
  public static PairLaw lennardJones(double epsilon, double sigma, double cutoff) {
    return new PairLaw(Form.LENNARD_JONES, 0, epsilon, sigma, cutoff, Cut.ENERGY);
  }

  /** The repulsive part of Lennard-Jones: cut at its minimum and shifted to zero there. */
  public static PairLaw wca(double epsilon, double sigma) {
    return lennardJones(epsilon, sigma, MINIMUM * sigma);
  }

  /** An inverse power, shifted to zero at the cut-off. */
  public static PairLaw inversePower(int exponent, double epsilon, double sigma, double cutoff) {
    return new PairLaw(Form.INVERSE_POWER, exponent, epsilon, sigma, cutoff, Cut.ENERGY);
  }

  /** A harmonic push within sigma. */
  public static PairLaw harmonic(double epsilon, double sigma) {
    return new PairLaw(Form.HARMONIC, 0, epsilon, sigma, sigma, Cut.ENERGY);
  }

  /** The same with another end. */
  public PairLaw with(Cut other) {
    return new PairLaw(form, exponent, epsilon, sigma, cutoff, other);
  }

  /** Whether forces are those of Lennard-Jones, not smoothed: what the fast loop knows. */
  boolean hasLennardJonesForces() {
    return form == Form.LENNARD_JONES && cut != Cut.SMOOTH;
  }

  /** (cutoff/sigma)^2. */
  double limit() {
    return cutoff * cutoff / (sigma * sigma);
  }

  /** epsilon g(s). */
  double energy(double s) {
    return switch (form) {
      case LENNARD_JONES -> {
        double cube = 1 / (s * s * s);
        yield 4 * epsilon * (cube - 1) * cube;
      }
      case INVERSE_POWER -> epsilon * power(1 / s, exponent);
      case HARMONIC -> {
        double overlap = 1 - Math.sqrt(s);
        yield 0.5 * epsilon * overlap * overlap;
      }
    };
  }

  /** r . F = -2 epsilon s g'(s). */
  double virial(double s) {
    return switch (form) {
      case LENNARD_JONES -> {
        double cube = 1 / (s * s * s);
        yield 24 * epsilon * (2 * cube - 1) * cube;
      }
      case INVERSE_POWER -> exponent * epsilon * power(1 / s, exponent);
      case HARMONIC -> {
        double root = Math.sqrt(s);
        yield epsilon * (1 - root) * root;
      }
    };
  }

  /** g''(s). */
  private double curvature(double s) {
    return switch (form) {
      case LENNARD_JONES -> {
        double cube = 1 / (s * s * s);
        yield (168 * cube - 48) * cube / (s * s);
      }
      case INVERSE_POWER -> 0.25 * exponent * (exponent + 2) * power(1 / s, exponent + 4);
      case HARMONIC -> 0.25 / (s * Math.sqrt(s));
    };
  }

  /** {a_1, a_2} of a smooth end, zero for others. */
  double[] smoothing() {
    if (cut != Cut.SMOOTH) {
      return new double[2];
    }
    double s = limit();
    double slope = -virial(s) / (2 * epsilon * s);
    double second = -0.5 * curvature(s);
    return new double[] {-slope - 2 * second * s, second};
  }

  /** What is subtracted from the energy: u, or what the other terms make of it, at the cut-off. */
  double shift() {
    if (cut == Cut.NONE) {
      return 0.0;
    }
    double s = limit();
    double[] a = smoothing();
    return rawEnergyAtCutoff() + epsilon * (a[0] + a[1] * s) * s;
  }

  private double rawEnergyAtCutoff() {
    if (form != Form.LENNARD_JONES) {
      return energy(limit());
    }
    double s6 = Math.pow(sigma / cutoff, 6);
    return 4 * epsilon * (s6 - 1) * s6;
  }

  /** q^(n/2), by multiplications and one root, so that bits do not depend on the machine. */
  static double power(double q, int n) {
    double result = (n & 1) == 0 ? 1 : Math.sqrt(q);
    double square = q;
    for (int half = n >> 1; half > 0; half >>= 1) {
      if ((half & 1) != 0) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }
}
