package io.vitrine.model;

/**
 * What a simulation says of its own state at a frame; NaN where the source does not say.
 *
 * @param potentialEnergy total potential energy, epsilon
 * @param pressure pressure, epsilon / sigma^3
 * @param temperature kinetic temperature 2 KE / (3N - 3), epsilon / k_B
 */
public record Thermo(double potentialEnergy, double pressure, double temperature) {
  /** Nothing is known. */
  public static final Thermo UNKNOWN = new Thermo(Double.NaN, Double.NaN, Double.NaN);
}
