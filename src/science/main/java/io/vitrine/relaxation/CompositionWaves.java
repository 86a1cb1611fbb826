package io.vitrine.relaxation;

import io.vitrine.geometry.ReciprocalLattice;
import io.vitrine.model.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How strongly the composition of one frame varies in space: S_cc(k) = |sum_j (c_j - x_A) exp(i
 * k.r_j)|^2 / N with c_j = 1 for A and 0 else. With one species only: the same with c_j - x_A = 1,
 * the structure factor of the density.
 *
 * <p>Wavevectors h b_1 + k b_2 + l b_3 of the reduced reciprocal lattice with h^2 + k^2 + l^2 &lt;=
 * 9, one of each k and -k, along the periodic edges of the box, in shells of equal h^2 + k^2 + l^2:
 * in a cube shell 1 has the three shortest, shell 2 the six face diagonals, shell 3 the four space
 * diagonals. A shell's value is the mean over its wavevectors, its wavenumber their mean length.
 *
 * <p>In an equilibrium liquid that is large against its correlation length the sum is a Gaussian
 * complex number, so S_cc of one wavevector is exponentially distributed about a mean that hardly
 * depends on k at small k.
 */
final class CompositionWaves {
  private static final int MOST = 3;

  private final double[] wavenumbers;
  private final double[] values;
  private final int[] counts;

  private CompositionWaves(double[] wavenumbers, double[] values, int[] counts) {
    this.wavenumbers = wavenumbers;
    this.values = values;
    this.counts = counts;
  }

  static CompositionWaves of(Frame frame, int dimensions) {
    double[] weights = weights(frame);
    ReciprocalLattice lattice = ReciprocalLattice.of(frame.box(), dimensions);
    int[][] vectors = vectors(lattice.dimensions());
    double[] squares = Waves.squares(frame, lattice, weights, vectors);
    double[] lengths = new double[MOST * MOST + 1];
    double[] sums = new double[MOST * MOST + 1];
    int[] counts = new int[MOST * MOST + 1];
    for (int v = 0; v < vectors.length; v++) {
      int[] m = vectors[v];
      int shell = shell(m[0], m[1], m[2]);
      sums[shell] += squares[v] / frame.count();
      lengths[shell] += lattice.length(m);
      counts[shell]++;
    }
    return means(lengths, sums, counts);
  }

  private static int shell(int h, int k, int l) {
    return h * h + k * k + l * l;
  }

  /** Those of the shells, along so many basis vectors. */
  private static int[][] vectors(int dimensions) {
    int second = dimensions >= 2 ? MOST : 0;
    int third = dimensions == 3 ? MOST : 0;
    List<int[]> vectors = new ArrayList<>();
    for (int h = 0; h <= MOST; h++) {
      for (int k = h == 0 ? 0 : -second; k <= second; k++) {
        for (int l = h == 0 && k == 0 ? 1 : -third; l <= third; l++) {
          int shell = shell(h, k, l);
          if (shell > 0 && shell <= MOST * MOST) {
            vectors.add(new int[] {h, k, l});
          }
        }
      }
    }
    return vectors.toArray(int[][]::new);
  }

  private static CompositionWaves means(double[] lengths, double[] sums, int[] counts) {
    int n = 0;
    for (int s = 1; s < counts.length; s++) {
      if (counts[s] > 0) {
        lengths[n] = lengths[s] / counts[s];
        sums[n] = sums[s] / counts[s];
        counts[n++] = counts[s];
      }
    }
    return new CompositionWaves(
        Arrays.copyOf(lengths, n), Arrays.copyOf(sums, n), Arrays.copyOf(counts, n));
  }

  private static double[] weights(Frame frame) {
    byte[] types = frame.particles().types();
    double first = 0;
    for (byte type : types) {
      first += type == 0 ? 1 : 0;
    }
    double fraction = first == types.length || first == 0 ? 0 : first / types.length;
    double[] weights = new double[types.length];
    for (int j = 0; j < weights.length; j++) {
      boolean counts = types[j] == 0 || first == 0;
      weights[j] = (counts ? 1 : 0) - fraction;
    }
    return weights;
  }

  /** Mean length of the wavevectors of a shell, from 0, 1/sigma. */
  double wavenumber(int shell) {
    return wavenumbers[shell];
  }

  /** S_cc of a shell, from 0. */
  double value(int shell) {
    return values[shell];
  }

  /** Wavevectors of the first shell. */
  int first() {
    return counts[0];
  }

  /** Wavevectors of all shells beyond the first. */
  int others() {
    return Arrays.stream(counts).sum() - counts[0];
  }

  /** Mean of S_cc over the wavevectors beyond the first shell. */
  double beyond() {
    double sum = 0;
    for (int s = 1; s < values.length; s++) {
      sum += values[s] * counts[s];
    }
    return sum / others();
  }
}
