package io.vitrine.format;

import io.vitrine.model.Box;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.model.Thermo;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * The units of a file in reduced Lennard-Jones units.
 *
 * <p>r* = r / length, t* = t / time, v* = v time / length. Energy, pressure and temperature of a
 * file in other units are left out, because a length and a time say nothing about energy.
 *
 * @param length units of length of the file per sigma, &gt; 0
 * @param time units of time of the file per tau, &gt; 0
 */
public record FileUnits(double length, double time) {
  private static final Set<String> REDUCED = Set.of("", "1", "lj", "sigma", "tau", "dimensionless");

  /** Checks the numbers. */
  public FileUnits {
    Check.positive("length", length);
    Check.positive("time", time);
  }

  /**
   * Refuses a declared unit that is none of the reduced ones, unless the user said what it is.
   *
   * @param where file and place
   * @param what what the unit is one of
   */
  public static void check(String where, String what, String unit, FileUnits given)
      throws IOException {
    if (given == null && !REDUCED.contains(unit.strip().toLowerCase(Locale.ROOT))) {
      throw new IOException(
          String.format(
              "%s: expected Lennard-Jones units, found %s '%s'; give length= and time= (units of"
                  + " the file per sigma and per tau)",
              where, what, unit.strip()));
    }
  }

  /** A frame of the file in reduced units. */
  public Frame reduced(Frame frame) {
    Box b = frame.box();
    Box box =
        new Box(
            b.lx() / length,
            b.ly() / length,
            b.lz() / length,
            b.xy() / length,
            b.xz() / length,
            b.yz() / length,
            b.originX() / length,
            b.originY() / length,
            b.originZ() / length,
            b.periodicX(),
            b.periodicY(),
            b.periodicZ(),
            b.dimensions());
    Frame.Builder reduced = frame.toBuilder().at(frame.step(), frame.time() / time).box(box);
    double[] diameters = frame.particles().diameters();
    if (diameters != null) {
      reduced.particles(frame.particles().withDiameters(divided(diameters, length)));
    }
    double[] positions = divided(frame.positions(), length);
    if (frame.unwrapped()) {
      reduced.unwrapped(positions);
    } else {
      reduced.wrapped(positions, frame.images());
    }
    if (frame.velocities() != null) {
      reduced.velocities(divided(frame.velocities(), length / time));
    }
    return reduced.thermo(Thermo.UNKNOWN).build();
  }

  private static double[] divided(double[] values, double by) {
    double[] divided = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      divided[i] = values[i] / by;
    }
    return divided;
  }
}
