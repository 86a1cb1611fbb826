package io.vitrine.relaxation;

/**
 * A plane wave averaged over all directions: sin(x)/x in three dimensions, J_0(x) in two, x = k r;
 * 1 at x = 0.
 *
 * <p>No units. Absolute error below 1e-13 for x &lt; 1e3, and that of the rounding of x beyond.
 *
 * <p>Algorithm: x = y + n pi with |y| &lt;= pi/2, the sine of y by its Taylor series to y^17
 * (remainder 5e-14), in loops without branches, which the compiler turns into vector code. J_0 is
 * the mean of cos(x sin theta) over 26 directions for x &lt; 20, off by 2 J_52(20) = 3e-16 (the
 * trapezoidal rule for DLMF 10.9.1), and Hankel's expansion (DLMF 10.17.3) beyond.
 *
 * @see <a href="https://dlmf.nist.gov/10">DLMF, chapter 10</a>
 */
final class IsotropicWave {
  /** The leading bits of pi: whole multiples below 2^20 of it are exact. */
  private static final double PI_HIGH = 0x1.921fb544p1;

  private static final double PI_LOW = (Math.PI - PI_HIGH) + 1.2246467991473532e-16;

  /** Keeps sin(x)/x finite at x = 0. */
  private static final double TINY = 1e-300;

  private static final double C3 = -1.0 / 6;
  private static final double C5 = 1.0 / 120;
  private static final double C7 = -1.0 / 5040;
  private static final double C9 = 1.0 / 362_880;
  private static final double C11 = -1.0 / 39_916_800;
  private static final double C13 = 1.0 / 6_227_020_800.0;
  private static final double C15 = -1.0 / 1_307_674_368_000.0;
  private static final double C17 = 1.0 / 355_687_428_096_000.0;

  private static final int DIRECTIONS = 26;
  private static final double HANKEL_FROM = 20;
  private static final int HANKEL_TERMS = 16;

  /** sin theta of the directions between 0 and a quarter turn. */
  private static final double[] SINES = new double[DIRECTIONS / 2];

  static {
    for (int j = 0; j < SINES.length; j++) {
      SINES[j] = Math.sin(Math.PI * j / DIRECTIONS);
    }
  }

  private IsotropicWave() {}

  /** Writes the wave at x^2 = k^2 squared[i], i &lt; count, into {@code values}. */
  static void evaluate(int dimensions, double k, double[] squared, int count, double[] values) {
    if (dimensions == 3) {
      sphere(k * k, squared, count, values);
    } else {
      circle(k * k, squared, count, values);
    }
  }

  private static void sphere(double k2, double[] squared, int count, double[] values) {
    for (int i = 0; i < count; i++) {
      double x = Math.sqrt(k2 * squared[i] + TINY);
      values[i] = sine(x) / x;
    }
  }

  private static double sine(double x) {
    double n = Math.rint(x * (1 / Math.PI));
    double y = (x - n * PI_HIGH) - n * PI_LOW;
    double z = y * y;
    double p = C11 + z * (C13 + z * (C15 + z * C17));
    p = C3 + z * (C5 + z * (C7 + z * (C9 + z * p)));
    double half = 0.5 * n;
    double sign = 1 - 4 * (half - Math.floor(half));
    return sign * (y + y * z * p);
  }

  private static void circle(double k2, double[] squared, int count, double[] values) {
    for (int i = 0; i < count; i++) {
      double x = Math.sqrt(k2 * squared[i]);
      values[i] = x < HANKEL_FROM ? near(x) : far(x);
    }
  }

  private static double near(double x) {
    double sum = 1 + cosine(x);
    for (int j = 1; j < SINES.length; j++) {
      sum += 2 * cosine(x * SINES[j]);
    }
    return sum / DIRECTIONS;
  }

  private static double cosine(double x) {
    return sine(x + Math.PI / 2);
  }

  /** sqrt(2/(pi x)) (P cos(x - pi/4) - Q sin(x - pi/4)), terms a_k = prod (2j-1)^2 / (k! 8^k). */
  private static double far(double x) {
    double p = 1;
    double q = 0;
    double term = 1;
    for (int k = 1; k <= HANKEL_TERMS; k++) {
      term *= (2.0 * k - 1) * (2.0 * k - 1) / (8 * k * x);
      // a_k(0) has the sign (-1)^k; P takes a_0 - a_2 + .., Q a_1 - a_3 + ..
      switch (k % 4) {
        case 1 -> q -= term;
        case 2 -> p -= term;
        case 3 -> q += term;
        default -> p += term;
      }
    }
    double angle = x - Math.PI / 4;
    return Math.sqrt(2 / (Math.PI * x)) * (p * Math.cos(angle) - q * Math.sin(angle));
  }
}
