package io.vitrine.engine;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;

/**
 * Forces, energies and virial of one configuration, at full precision.
 *
 * @param forces [3N] in the frame's order, epsilon / sigma
 * @param energies [N], half of each pair's energy going to either particle; they sum to U
 * @param energy U, total potential energy
 * @param virial W = sum over pairs of r . F
 */
public record StaticForces(double[] forces, double[] energies, double energy, double virial) {

  /** Computes them for a frame in an orthogonal periodic box at least one cut-off wide. */
  public static StaticForces of(Frame frame, Interactions interactions) {
    Configuration state =
        new Configuration(
            frame.box(),
            interactions,
            frame.particles(),
            relativePositions(frame),
            null,
            new double[3 * frame.count()]);
    state.arrange();
    state.computeForces();
    PairEnergies sums = state.energies();
    double[] energies = new double[frame.count()];
    for (int i = 0; i < energies.length; i++) {
      energies[i] = sums.fourfold()[4 * state.slotOf(i)];
    }
    return new StaticForces(state.byIndex(state.f), energies, sums.energy(), sums.virial());
  }

  /**
   * P = (2 KE + W) / (d V) of the frame these are the forces of; NaN where it has no velocities.
   */
  public double pressure(Frame frame, Interactions interactions) {
    if (frame.velocities() == null) {
      return Double.NaN;
    }
    byte[] types = frame.particles().types();
    double twice = 0;
    for (int k = 0; k < frame.velocities().length; k++) {
      double v = frame.velocities()[k];
      twice += interactions.masses().get(types[k / 3]) * v * v;
    }
    return (twice + virial) / frame.box().dimensions() / frame.box().volume();
  }

  /** Positions relative to the lower corner of the frame's box. */
  static double[] relativePositions(Frame frame) {
    double[] positions = frame.positions().clone();
    Box box = frame.box();
    translate(positions, -box.originX(), -box.originY(), -box.originZ());
    return positions;
  }

  /**
   * Moves positions that are relative to the lower corner to where the box is; z = 0 in a plane.
   */
  static void toBox(double[] positions, Box box) {
    double z = box.dimensions() == 2 ? 0 : box.originZ();
    translate(positions, box.originX(), box.originY(), z);
  }

  static void translate(double[] positions, double x, double y, double z) {
    for (int k = 0; k < positions.length; k += 3) {
      positions[k] += x;
      positions[k + 1] += y;
      positions[k + 2] += z;
    }
  }
}
