package io.vitrine.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.model.Box;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MinimumImageTest {
  @Test
  void apply_cubeAcrossTheEdge_takesTheShortWay() {
    double[] d = {9.0, -5.5, 4.0};

    MinimumImage.of(Box.cube(10)).apply(d, 0);

    assertThat(d).containsExactly(-1.0, 4.5, 4.0);
  }

  @Test
  void apply_edgeNotPeriodic_staysAsItIs() {
    Box slab = new Box(10, 10, 10, 0, 0, 0, 0, 0, 0, true, true, false, 3);
    double[] d = {9.0, 21.0, 9.0};

    MinimumImage.of(slab).apply(d, 0);

    assertThat(d).containsExactly(-1.0, 1.0, 9.0);
  }

  @Test
  void apply_skewedBoxes_findsTheShortestOfAllImages() {
    Random random = new Random(7);
    for (int box = 0; box < 200; box++) {
      double lx = 2 + 4 * random.nextDouble();
      double ly = 2 + 4 * random.nextDouble();
      double lz = 2 + 4 * random.nextDouble();
      double xy = 12 * random.nextDouble() - 6;
      double xz = 12 * random.nextDouble() - 6;
      double yz = 12 * random.nextDouble() - 6;
      Box skewed =
          new Box(lx, ly, lz, xy, xz, yz, 1, 2, 3, true, random.nextInt(4) > 0, box % 3 > 0, 3);
      MinimumImage minimum = MinimumImage.of(skewed);
      for (int n = 0; n < 20; n++) {
        double[] d = {
          20 * random.nextDouble() - 10, 20 * random.nextDouble() - 10, 9 * random.nextDouble()
        };
        double shortest = shortestByTrial(skewed, d);

        minimum.apply(d, 0);

        assertThat(Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]))
            .as("%s", skewed)
            .isCloseTo(shortest, within(1e-12));
      }
    }
  }

  @Test
  void reach_halfTheEdge_isOne() {
    MinimumImage minimum = MinimumImage.of(Box.orthogonal(4, 6, 8));

    assertThat(minimum.reach(new double[] {1, -3, 2}, 0)).isEqualTo(1.0);
    assertThat(minimum.reach(new double[] {1, 0, 0}, 0)).isEqualTo(0.5);
  }

  private static double shortestByTrial(Box b, double[] d) {
    int ny = b.periodicY() ? 14 : 0;
    int nz = b.periodicZ() ? 7 : 0;
    int nx = 30;
    double best = Double.MAX_VALUE;
    for (int k = -nz; k <= nz; k++) {
      for (int j = -ny; j <= ny; j++) {
        for (int i = -nx; i <= nx; i++) {
          double x = d[0] + i * b.lx() + j * b.xy() + k * b.xz();
          double y = d[1] + j * b.ly() + k * b.yz();
          double z = d[2] + k * b.lz();
          best = Math.min(best, x * x + y * y + z * z);
        }
      }
    }
    return Math.sqrt(best);
  }
}
