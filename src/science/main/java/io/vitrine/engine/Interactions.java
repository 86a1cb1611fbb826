package io.vitrine.engine;

import io.vitrine.model.Check;
import java.util.Collections;
import java.util.List;

/**
 * The pair potentials and masses of the species of a mixture: all that moves particles.
 *
 * <p>Energies of each pair are shifted to zero at its cut-off or not. The two conventions in use
 * differ by up to 3% in energy and 2% in pressure for Kob-Andersen at density 1.2, so the
 * convention belongs beside every number.
 *
 * @param pairs of all pairs of types, once each: 00, 01, ..., 11, 12, ...
 * @param masses by type, in units of m_A
 * @see <a href="https://doi.org/10.1103/PhysRevE.51.4626">Kob and Andersen 1995</a>
 */
public record Interactions(List<PairLaw> pairs, List<Double> masses) {
  private static final double CUTOFF = 2.5;
  private static final double LENNARD_JONES_STIFFNESS = 57;
  private static final List<Double> UNIT_MASSES = List.of(1.0, 1.0);

  /** Checks that every pair is there, and masses. */
  public Interactions {
    pairs = List.copyOf(pairs);
    masses = List.copyOf(masses);
    int n = masses.size();
    Check.length("pairs of " + n + " species", pairs.size(), n * (n + 1) / 2);
    masses.forEach(mass -> Check.positive("mass", mass));
  }

  /** Kob-Andersen, each pair cut at 2.5 sigma_ab (2.5, 2.0, 2.2) and shifted to zero there. */
  public static Interactions kobAndersen() {
    return new Interactions(
        List.of(
            PairLaw.lennardJones(1.0, 1.0, CUTOFF),
            PairLaw.lennardJones(1.5, 0.8, CUTOFF * 0.8),
            PairLaw.lennardJones(0.5, 0.88, CUTOFF * 0.88)),
        UNIT_MASSES);
  }

  /** Kob-Andersen, all pairs cut at 2.5 sigma_AA and shifted to zero there. */
  public static Interactions kobAndersenAllPairs() {
    return new Interactions(
        List.of(
            PairLaw.lennardJones(1.0, 1.0, CUTOFF),
            PairLaw.lennardJones(1.5, 0.8, CUTOFF),
            PairLaw.lennardJones(0.5, 0.88, CUTOFF)),
        UNIT_MASSES);
  }

  /** The same forces with energies not shifted at the cut-off. */
  public Interactions unshifted() {
    return new Interactions(
        pairs.stream().map(pair -> pair.with(PairLaw.Cut.NONE)).toList(), masses);
  }

  /** How many species there are. */
  public int species() {
    return masses.size();
  }

  /** The potential between two types. */
  public PairLaw of(int type, int other) {
    int low = Math.min(type, other);
    int high = Math.max(type, other);
    return pairs.get(low * species() - low * (low - 1) / 2 + high - low);
  }

  /** Energies of pairs; what depends on the types alone is computed once. */
  public Energies energies() {
    double[] shifts = pairs.stream().mapToDouble(PairLaw::shift).toArray();
    double[][] smoothings = pairs.stream().map(PairLaw::smoothing).toArray(double[][]::new);
    PairLaw[] laws = pairs.toArray(PairLaw[]::new);
    int species = species();
    return (type, other, squared) -> {
      int low = Math.min(type, other);
      int p = low * species - low * (low - 1) / 2 + Math.max(type, other) - low;
      PairLaw pair = laws[p];
      double s = squared / (pair.sigma() * pair.sigma());
      if (s >= pair.limit()) {
        return 0;
      }
      double[] a = smoothings[p];
      return pair.energy(s) + pair.epsilon() * (a[0] + a[1] * s) * s - shifts[p];
    };
  }

  /** The energy of a pair. */
  @FunctionalInterface
  public interface Energies {
    /** Of two types at a squared distance, as cut and shifted; 0 at the cut-off. */
    double at(int type, int other, double squared);
  }

  /** The largest of all cut-offs. */
  public double largestCutoff() {
    return pairs.stream().mapToDouble(PairLaw::cutoff).max().orElseThrow();
  }

  /**
   * How much longer than for Lennard-Jones pairs (u'' = 57 epsilon / sigma^2 at the minimum) a step
   * of a minimizer may be: for harmonic pairs alone, the square root of the ratio of stiffness.
   */
  double pace() {
    double stiffest = 0;
    for (PairLaw pair : pairs) {
      if (pair.form() != PairLaw.Form.HARMONIC) {
        return 1;
      }
      stiffest = Math.max(stiffest, pair.epsilon() / (pair.sigma() * pair.sigma()));
    }
    return Math.sqrt(LENNARD_JONES_STIFFNESS / stiffest);
  }

  /** Whether all masses are 1. */
  boolean hasUnitMasses() {
    return masses.equals(Collections.nCopies(species(), 1.0));
  }
}
