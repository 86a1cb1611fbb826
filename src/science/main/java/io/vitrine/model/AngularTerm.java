package io.vitrine.model;

import java.util.ArrayList;
import java.util.List;

/**
 * One angular structure function: Psi_XY(i) = sum over pairs of neighbours j in X, k in Y of
 * exp(-(R_ij^2 + R_ik^2 + R_jk^2) / xi^2) (1 + lambda cos theta_jik)^zeta, R_ij and R_ik &lt;= 2.5.
 *
 * <p>Species pairs XY = AA, AB, BB, and so for any species; every unordered pair of neighbours
 * counts once. With xi = 14.6 the cut-off and not the Gaussian ends the sum.
 *
 * @param xi width, sigma
 * @param lambda 1 or -1
 * @param zeta sharpness in the angle
 * @see <a href="https://doi.org/10.1103/PhysRevLett.98.146401">Behler and Parrinello 2007</a>, G4
 * @see <a href="https://doi.org/10.1103/PhysRevLett.114.108001">Cubuk et al. 2015</a>, whose
 *     functions have this form; the 22 parameters here are our own choice, not checked against
 *     theirs
 */
public record AngularTerm(double xi, int lambda, int zeta) {
  /** Neighbours farther away do not count, sigma. */
  public static final double CUTOFF = 2.5;

  private static final double WIDE = 14.633;
  private static final double[] NARROW = {1.204, 0.933, 0.695};

  /** The 22 terms of the set {@code angular}. */
  public static List<AngularTerm> standard() {
    List<AngularTerm> terms = new ArrayList<>();
    for (double xi : new double[] {WIDE, 2.554}) {
      for (int zeta : new int[] {1, 2}) {
        terms.add(new AngularTerm(xi, -1, zeta));
        terms.add(new AngularTerm(xi, 1, zeta));
      }
    }
    terms.add(new AngularTerm(1.648, 1, 1));
    terms.add(new AngularTerm(1.648, 1, 2));
    for (double xi : NARROW) {
      for (int zeta : new int[] {1, 2, 4, 16}) {
        terms.add(new AngularTerm(xi, 1, zeta));
      }
    }
    return List.copyOf(terms);
  }

  /** Number of unordered pairs of species. */
  public static int pairs(int species) {
    return species * (species + 1) / 2;
  }

  /** Index of an unordered pair of species: AA, AB, ..., BB, ... */
  public static int pair(int x, int y, int species) {
    int low = Math.min(x, y);
    int high = Math.max(x, y);
    return low * species - low * (low - 1) / 2 + high - low;
  }

  static void addNames(String prefix, List<String> species, List<String> names) {
    for (int x = 0; x < species.size(); x++) {
      for (int y = x; y < species.size(); y++) {
        String pair = Particles.pair(species.get(x), species.get(y));
        for (AngularTerm t : standard()) {
          names.add(prefix + "." + pair + "." + t.xi + "." + t.lambda + "." + t.zeta);
        }
      }
    }
  }
}
