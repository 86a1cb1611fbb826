package io.vitrine.geometry;

import io.vitrine.model.Box;
import io.vitrine.model.Check;
import java.util.Arrays;

/**
 * The wavevectors that fit a periodic box: k = h b_1 + k b_2 + l b_3, where b_i . a_j = 2 pi for i
 * = j and 0 else, for the edges a_j of the box.
 *
 * <p>Units: 1/sigma. The basis is reduced: its vectors are the shortest that span the lattice, in
 * any box, however skewed. In two dimensions the first two edges count.
 */
public final class ReciprocalLattice {
  private final double[][] basis;
  private final double[][] dual;

  private ReciprocalLattice(double[][] basis) {
    this.basis = basis;
    this.dual = ReducedBasis.dual(basis);
  }

  /** The lattice of a box that is periodic in every dimension. */
  public static ReciprocalLattice of(Box box, int dimensions) {
    if (!(box.periodicX() && box.periodicY() && (dimensions == 2 || box.periodicZ()))) {
      throw Check.refuse("a box with wavevectors", "be periodic in every dimension", box);
    }
    double[][] edges = {
      {box.lx(), 0, 0}, {box.xy(), box.ly(), 0}, {box.xz(), box.yz(), box.lz()},
    };
    double[][] basis = ReducedBasis.dual(Arrays.copyOf(edges, dimensions));
    for (double[] b : basis) {
      for (int d = 0; d < 3; d++) {
        b[d] *= 2 * Math.PI;
      }
    }
    ReducedBasis.reduce(basis);
    return new ReciprocalLattice(basis);
  }

  /** Number of basis vectors, 2 or 3. */
  public int dimensions() {
    return basis.length;
  }

  /** A component of a basis vector. */
  public double basis(int vector, int component) {
    return basis[vector][component];
  }

  /** Length of the wavevector with the given coefficients. */
  public double length(int... coefficients) {
    double square = 0;
    for (int k = 0; k < 3; k++) {
      double sum = 0;
      for (int d = 0; d < basis.length; d++) {
        sum += coefficients[d] * basis[d][k];
      }
      square += sum * sum;
    }
    return Math.sqrt(square);
  }

  /** The largest coefficient, of one basis vector, of any wavevector up to a length. */
  public int most(int vector, double length) {
    double[] row = dual[vector];
    double height = Math.sqrt(row[0] * row[0] + row[1] * row[1] + row[2] * row[2]);
    return (int) Math.floor(length * height * (1 + 1e-9));
  }
}
