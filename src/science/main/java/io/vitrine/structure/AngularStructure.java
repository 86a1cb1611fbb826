package io.vitrine.structure;

import io.vitrine.geometry.Bonds;
import io.vitrine.geometry.NeighbourLoop;
import io.vitrine.model.AngularTerm;
import io.vitrine.model.Frame;
import java.util.Arrays;
import java.util.List;

/**
 * Angular structure functions of all particles of a frame, [N * pairs of species * terms]: see
 * {@link AngularTerm} for the formula. Dimensionless. Cost: a triple of particles and width costs
 * one exponential; about 80 neighbours make 3,000 triples a particle at density 1.2.
 */
final class AngularStructure {
  private final List<AngularTerm> terms;

  /** Widths that differ, and which of them each term has. */
  private final double[] widths;

  private final int[] widthOf;

  AngularStructure(List<AngularTerm> terms) {
    this.terms = terms;
    this.widths = terms.stream().mapToDouble(AngularTerm::xi).distinct().toArray();
    this.widthOf = new int[terms.size()];
    for (int t = 0; t < widthOf.length; t++) {
      while (widths[widthOf[t]] != terms.get(t).xi()) {
        widthOf[t]++;
      }
    }
  }

  double[] of(Frame frame) {
    int species = frame.particles().names().size();
    int row = AngularTerm.pairs(species) * terms.size();
    double[] features = new double[frame.count() * row];
    int[] all = new int[frame.count()];
    Arrays.setAll(all, i -> i);
    byte[] types = frame.particles().types();
    double[] gauss = new double[widths.length];
    NeighbourLoop.over(frame, AngularTerm.CUTOFF)
        .forEachBond(
            all,
            (i, bonds) -> {
              for (int j = 0; j < bonds.count(); j++) {
                for (int k = 0; k < j; k++) {
                  int one = types[bonds.particles()[j]];
                  int pair = AngularTerm.pair(one, types[bonds.particles()[k]], species);
                  addTriple(bonds, j, k, gauss, features, i * row + pair * terms.size());
                }
              }
            });
    return features;
  }

  private void addTriple(Bonds bonds, int j, int k, double[] gauss, double[] features, int at) {
    double dot = bonds.x()[j] * bonds.x()[k];
    dot += bonds.y()[j] * bonds.y()[k];
    dot += bonds.z()[j] * bonds.z()[k];
    double rj = bonds.squared()[j];
    double rk = bonds.squared()[k];
    double cosine = dot / Math.sqrt(rj * rk);
    // R_jk^2 = R_ij^2 + R_ik^2 - 2 R_ij . R_ik
    double squares = 2 * (rj + rk - dot);
    for (int w = 0; w < widths.length; w++) {
      gauss[w] = Math.exp(-squares / (widths[w] * widths[w]));
    }
    for (int t = 0; t < widthOf.length; t++) {
      AngularTerm term = terms.get(t);
      double base = Math.max(0, 1 + term.lambda() * cosine);
      double power = base;
      for (int z = 1; z < term.zeta(); z *= 2) {
        power *= power;
      }
      features[at + t] += gauss[widthOf[t]] * power;
    }
  }
}
