package io.vitrine.geometry;

import io.vitrine.model.Box;
import io.vitrine.model.Check;
import java.util.stream.IntStream;

/**
 * The wavevectors that fit a periodic box: k = h b_1 + k b_2 + l b_3, where b_i . a_j = 2 pi for i
 * = j and 0 else, for the periodic edges a_j of the box. There are as many b as periodic edges, in
 * their span: the wavevectors of a film lie in its plane.
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

  /** How many edges of a box are periodic. */
  public static int periodicEdges(Box box, int dimensions) {
    return edges(box, dimensions).length;
  }

  private static double[][] edges(Box box, int dimensions) {
    double[][] edges = {
      {box.lx(), 0, 0}, {box.xy(), box.ly(), 0}, {box.xz(), box.yz(), box.lz()},
    };
    boolean[] periodic = {box.periodicX(), box.periodicY(), box.periodicZ()};
    return IntStream.range(0, dimensions)
        .filter(e -> periodic[e])
        .mapToObj(e -> edges[e])
        .toArray(double[][]::new);
  }

  /** The lattice of a box with at least one periodic edge. */
  public static ReciprocalLattice of(Box box, int dimensions) {
    double[][] edges = edges(box, dimensions);
    if (edges.length == 0) {
      throw Check.refuse("a box with wavevectors", "have a periodic edge", box);
    }
    double[][] basis = ReducedBasis.dual(edges);
    for (double[] b : basis) {
      for (int d = 0; d < 3; d++) {
        b[d] *= 2 * Math.PI;
      }
    }
    ReducedBasis.reduce(basis);
    return new ReciprocalLattice(basis);
  }

  /** Number of basis vectors, 1 to 3. */
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
