package io.vitrine.benchmarks;

import io.vitrine.engine.Interactions;
import io.vitrine.engine.PairLaw;
import io.vitrine.engine.StaticForces;
import io.vitrine.model.Frame;

/**
 * T_conf = sum of |F|^2 / sum of the Laplacian of U, over frames of a cubic box: the temperature
 * the positions have, whatever the velocities say.
 *
 * <p>The force jumps at the cut-off, so the second derivative of the pair potential has a peak
 * there, -u'(r_c) delta(r - r_c); pairs within 0.05 of r_c give its weight. Brute force.
 *
 * @see <a href="https://doi.org/10.1103/PhysRevLett.78.772">Rugh 1997</a>
 */
final class ConfigurationalTemperature {
  private static final double SHELL = 0.05;

  private double squares;
  private double laplacian;

  void add(Frame frame, Interactions interactions) {
    for (double f : StaticForces.of(frame, interactions).forces()) {
      squares += f * f;
    }
    double edge = frame.box().lx();
    double[] x = frame.positions();
    byte[] types = frame.particles().types();
    for (int i = 0; i < frame.count(); i++) {
      for (int j = i + 1; j < frame.count(); j++) {
        double dx = PairHistogram.nearest(x[3 * i] - x[3 * j], edge);
        double dy = PairHistogram.nearest(x[3 * i + 1] - x[3 * j + 1], edge);
        double dz = PairHistogram.nearest(x[3 * i + 2] - x[3 * j + 2], edge);
        PairLaw pair = interactions.of(types[i], types[j]);
        double r = Math.sqrt(dx * dx + dy * dy + dz * dz);
        if (r < pair.cutoff()) {
          laplacian += 2 * (second(pair, r) + 2 * first(pair, r) / r);
        }
        if (Math.abs(r - pair.cutoff()) < SHELL) {
          laplacian -= 2 * first(pair, pair.cutoff()) / (2 * SHELL);
        }
      }
    }
  }

  private static double first(PairLaw pair, double r) {
    double cube = Math.pow(pair.sigma() / r, 6);
    return -24 * pair.epsilon() * (2 * cube - 1) * cube / r;
  }

  private static double second(PairLaw pair, double r) {
    double cube = Math.pow(pair.sigma() / r, 6);
    return 24 * pair.epsilon() * (26 * cube - 7) * cube / (r * r);
  }

  double value() {
    return squares / laplacian;
  }
}
