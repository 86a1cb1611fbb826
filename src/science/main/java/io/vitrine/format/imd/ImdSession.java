package io.vitrine.format.imd;

import java.nio.ByteOrder;

/**
 * What an IMD server announced.
 *
 * @param version 2 or 3
 * @param order byte order of the numbers it sends
 * @param time whether frames carry step and time
 * @param energies whether frames carry energies
 * @param box whether frames carry the box
 * @param coordinates whether frames carry positions
 * @param wrapped whether positions are wrapped into the box; version 2 does not say, hence true
 * @param velocities whether frames carry velocities
 * @param forces whether frames carry forces
 */
public record ImdSession(
    int version,
    ByteOrder order,
    boolean time,
    boolean energies,
    boolean box,
    boolean coordinates,
    boolean wrapped,
    boolean velocities,
    boolean forces) {

  static final int FLAGS = 7;

  static ImdSession version2(ByteOrder order) {
    return new ImdSession(2, order, false, false, false, true, true, false, false);
  }

  static ImdSession version3(ByteOrder order, byte[] flags) {
    return new ImdSession(
        3,
        order,
        flags[0] != 0,
        flags[1] != 0,
        flags[2] != 0,
        flags[3] != 0,
        flags[4] != 0,
        flags[5] != 0,
        flags[6] != 0);
  }

  /** The message that ends a frame. */
  ImdMessage last() {
    if (forces) {
      return ImdMessage.FORCES;
    }
    return velocities ? ImdMessage.VELOCITIES : ImdMessage.COORDINATES;
  }
}
