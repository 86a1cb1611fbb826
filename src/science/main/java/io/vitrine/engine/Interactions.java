package io.vitrine.engine;

/**
 * The pair potential of a binary mixture and its cut-off convention.
 *
 * <p>Energies are shifted to zero at each pair's cut-off or not; forces never are. The two
 * conventions in use differ by up to 3% in energy and 2% in pressure at density 1.2, so the
 * convention belongs beside every number.
 *
 * @param aa A with A
 * @param ab A with B
 * @param bb B with B
 * @param shifted whether each pair energy is shifted to zero at its cut-off
 * @see <a href="https://doi.org/10.1103/PhysRevE.51.4626">Kob and Andersen 1995</a>
 */
public record Interactions(
    PairCoefficients aa, PairCoefficients ab, PairCoefficients bb, boolean shifted) {
  private static final double CUTOFF = 2.5;

  /** Kob-Andersen, each pair cut at 2.5 sigma_ab (2.5, 2.0, 2.2) and shifted to zero there. */
  public static Interactions kobAndersen() {
    return new Interactions(
        new PairCoefficients(1.0, 1.0, CUTOFF),
        new PairCoefficients(1.5, 0.8, CUTOFF * 0.8),
        new PairCoefficients(0.5, 0.88, CUTOFF * 0.88),
        true);
  }

  /** Kob-Andersen, all pairs cut at 2.5 sigma_AA and shifted to zero there. */
  public static Interactions kobAndersenAllPairs() {
    return new Interactions(
        new PairCoefficients(1.0, 1.0, CUTOFF),
        new PairCoefficients(1.5, 0.8, CUTOFF),
        new PairCoefficients(0.5, 0.88, CUTOFF),
        true);
  }

  /** The same forces with energies not shifted at the cut-off. */
  public Interactions unshifted() {
    return new Interactions(aa, ab, bb, false);
  }

  /** Coefficients of two types, 0 for A and 1 for B. */
  public PairCoefficients of(int type, int other) {
    return type != other ? ab : type == 0 ? aa : bb;
  }

  /** What is subtracted from the pair energy of two types. */
  double shiftOf(int type, int other) {
    PairCoefficients pair = of(type, other);
    return shifted ? pair.energyAt(pair.cutoff()) : 0.0;
  }

  /** The largest of the three cut-offs. */
  public double largestCutoff() {
    return Math.max(aa.cutoff(), Math.max(ab.cutoff(), bb.cutoff()));
  }
}
