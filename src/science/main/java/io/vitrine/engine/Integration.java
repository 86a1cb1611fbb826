package io.vitrine.engine;

import io.vitrine.model.Check;

/**
 * How a simulation moves on.
 *
 * @param timestep dt of velocity Verlet, tau
 * @param thermostatTime damping time of the Nosé-Hoover chain, tau; not used without thermostat
 * @param thermostatted NVT (true) or NVE (false)
 */
public record Integration(double timestep, double thermostatTime, boolean thermostatted) {
  private static final double TIMESTEP = 0.005;
  private static final double THERMOSTAT_TIME = 0.5;

  /** Checks that both times are positive. */
  public Integration {
    Check.positive("timestep", timestep);
    Check.positive("thermostat time", thermostatTime);
  }

  /** Nosé-Hoover at dt 0.005, damping time 0.5. */
  public static Integration nvt() {
    return new Integration(TIMESTEP, THERMOSTAT_TIME, true);
  }

  /** Constant energy at dt 0.005. */
  public static Integration nve() {
    return new Integration(TIMESTEP, THERMOSTAT_TIME, false);
  }

  /** Time of a step; exact where 1/dt is whole. */
  double timeOf(long step) {
    double perTau = Math.rint(1 / timestep);
    return 1 / perTau == timestep ? step / perTau : step * timestep;
  }

  /** Steps nearest to a time. */
  public long stepsIn(double tau) {
    return Math.round(tau / timestep);
  }
}
