package io.vitrine.relaxation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.geometry.ReciprocalLattice;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sums of waves against sines and cosines of k.r, for frames of several chunks too. */
final class WavesTest {
  private static final double EDGE = 20;

  @Test
  void squares_framesOfOneAndMoreChunks_areThoseOfSinesAndCosines() {
    int[][] vectors = {{0, 0, 2}, {0, 1, -3}, {1, -2, 0}, {1, -2, 5}, {7, 0, 0}};
    for (int n : new int[] {1, 100, 4096, 4097, 9001}) {
      Random random = new Random(n);
      double[] x = random.doubles(3L * n, 0, EDGE).toArray();
      double[] weights = random.doubles(n, -1, 1).toArray();
      Frame frame =
          Frame.of("waves")
              .at(0, 0)
              .box(Box.cube(EDGE))
              .particles(Particles.of(IntStream.range(0, n).toArray(), new byte[n]))
              .wrapped(x, null)
              .build();
      double[] squares =
          Waves.squares(frame, ReciprocalLattice.of(frame.box(), 3), weights, vectors);
      for (int v = 0; v < vectors.length; v++) {
        double re = 0;
        double im = 0;
        for (int j = 0; j < n; j++) {
          double kr = 0;
          for (int d = 0; d < 3; d++) {
            kr += 2 * Math.PI / EDGE * vectors[v][d] * x[3 * j + d];
          }
          re += weights[j] * Math.cos(kr);
          im += weights[j] * Math.sin(kr);
        }
        assertThat(squares[v]).isCloseTo(re * re + im * im, within(1e-9 * n));
      }
    }
  }
}
