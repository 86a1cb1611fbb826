package io.vitrine.relaxation;

/**
 * One value of a relaxation function.
 *
 * @param species name
 * @param observable {@code Fs}, {@code msd}, {@code alpha2}, {@code Q} or {@code chi4}
 * @param wavevector of F_s, 1/sigma; NaN for the others
 * @param lagMillis lag, ms of event time
 * @param value msd in sigma^2, the others dimensionless
 * @param error standard error, NaN where there are not two independent blocks
 * @param blocks independent blocks of origins behind the error
 * @param pairs (origin, origin + lag) pairs of frames behind the value
 */
public record RelaxationPoint(
    String species,
    String observable,
    double wavevector,
    long lagMillis,
    double value,
    double error,
    int blocks,
    long pairs) {
  /** Self-intermediate scattering function. */
  public static final String SCATTERING = "Fs";

  /** Mean squared displacement. */
  public static final String MSD = "msd";

  /** Non-Gaussian parameter. */
  public static final String ALPHA2 = "alpha2";

  /** Overlap. */
  public static final String OVERLAP = "Q";

  /** Dynamic susceptibility. */
  public static final String CHI4 = "chi4";

  /** Lag, tau. */
  public double lag() {
    return lagMillis / 1000.0;
  }
}
