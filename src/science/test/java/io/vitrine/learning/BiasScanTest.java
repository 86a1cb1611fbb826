package io.vitrine.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BiasScanTest {
  @Test
  void accuracy_unevenClasses_isBalanced() {
    BiasScan scan = BiasScan.of(new double[] {1, -1, -2, -3, 3}, new byte[] {1, -1, -1, -1, -1});

    assertThat(scan.accuracy(0)).isEqualTo((1.0 + 0.75) / 2);
    assertThat(scan.accuracy(1)).isEqualTo(0.75 / 2);
    assertThat(scan.above(0)).isEqualTo(1.0);
    assertThat(scan.above(1)).isEqualTo(0.0);
  }

  @Test
  void best_separableClasses_isTheMiddleOfTheGap() {
    BiasScan.Plateau best =
        BiasScan.of(new double[] {1, 4, 0.5, -7}, new byte[] {1, 1, -1, -1}).best();

    assertThat(best.low()).isEqualTo(0.5);
    assertThat(best.high()).isEqualTo(1.0);
    assertThat(best.bias()).isEqualTo(0.75);
    assertThat(best.accuracy()).isEqualTo(1.0);
  }

  @Test
  void best_oneOverlap_reachesAsFarAsOneStandardError() {
    // Below 0: 8 quiet, then a hop at 1, a quiet one at 2, above 8 hops. Accuracy 0.5 + k/18 ...
    double[] raw = new double[18];
    byte[] labels = new byte[18];
    for (int i = 0; i < 8; i++) {
      raw[i] = -8 + i;
      labels[i] = -1;
      raw[10 + i] = 3 + i;
      labels[10 + i] = 1;
    }
    raw[8] = 1;
    labels[8] = 1;
    raw[9] = 2;
    labels[9] = -1;

    BiasScan.Plateau best = BiasScan.of(raw, labels).best();

    // Highest 17/18 on [-1, 1) and on [2, 3); error sqrt(8/9 * 1/9 / 9) / 2 = 0.052, and one sample
    // is 1/18 = 0.056: nothing else is within it, so the wider of both counts.
    assertThat(best.accuracy()).isCloseTo(17.0 / 18, within(1e-15));
    assertThat(best.low()).isEqualTo(-1);
    assertThat(best.high()).isEqualTo(1);
    assertThat(best.bias()).isEqualTo(0);
  }

  @Test
  void best_shiftedScores_shiftsWithThem() {
    Random random = new Random(8);
    double[] raw = new double[500];
    double[] shifted = new double[500];
    byte[] labels = new byte[500];
    for (int i = 0; i < 500; i++) {
      labels[i] = (byte) (i % 2 == 0 ? 1 : -1);
      raw[i] = labels[i] * 0.5 + random.nextGaussian();
      shifted[i] = raw[i] + 16;
    }

    BiasScan.Plateau a = BiasScan.of(raw, labels).best();
    BiasScan.Plateau b = BiasScan.of(shifted, labels).best();

    assertThat(b.bias()).isCloseTo(a.bias() + 16, within(1e-12));
    assertThat(a.bias()).isBetween(a.low(), a.high());
    for (double x = -4; x < 4; x += 0.01) {
      assertThat(BiasScan.of(raw, labels).accuracy(x)).isLessThanOrEqualTo(a.accuracy());
    }
  }

  @Test
  void best_anyScores_equalsTryingEveryInterval() {
    Random random = new Random(9);
    for (int trial = 0; trial < 300; trial++) {
      int n = 4 + random.nextInt(40);
      double[] raw = new double[n];
      byte[] labels = new byte[n];
      for (int i = 0; i < n; i++) {
        labels[i] = (byte) (i < 2 ? 2 * i - 1 : random.nextBoolean() ? 1 : -1);
        raw[i] = random.nextInt(30) + labels[i];
      }

      BiasScan.Plateau best = BiasScan.of(raw, labels).best();

      assertThat(new double[] {best.low(), best.high()}).isEqualTo(widest(raw, labels));
      assertThat(best.bias()).isEqualTo((best.low() + best.high()) / 2);
    }
  }

  /** Widest stretch around a maximum within one error of it, by counting at every half. */
  private static double[] widest(double[] raw, byte[] labels) {
    double[] edges = Arrays.stream(raw).sorted().distinct().toArray();
    int m = edges.length - 1;
    double[][] rates = new double[m][];
    double highest = 0;
    for (int j = 0; j < m; j++) {
      double[] right = new double[2];
      double[] all = new double[2];
      for (int i = 0; i < raw.length; i++) {
        int side = labels[i] > 0 ? 1 : 0;
        all[side]++;
        right[side] += (raw[i] > (edges[j] + edges[j + 1]) / 2) == (side == 1) ? 1 : 0;
      }
      rates[j] = new double[] {right[1] / all[1], right[0] / all[0], all[1], all[0]};
      highest = Math.max(highest, (rates[j][0] + rates[j][1]) / 2);
    }
    double error = -1;
    for (int j = 0; j < m && error < 0; j++) {
      double[] r = rates[j];
      if ((r[0] + r[1]) / 2 == highest) {
        error = Math.sqrt(r[0] * (1 - r[0]) / r[2] + r[1] * (1 - r[1]) / r[3]) / 2;
      }
    }
    double[] widest = {0, -1};
    for (int from = 0; from < m; from++) {
      boolean top = false;
      for (int to = from; to < m; to++) {
        double accuracy = (rates[to][0] + rates[to][1]) / 2;
        if (accuracy < highest - error) {
          break;
        }
        top |= accuracy == highest;
        if (top && edges[to + 1] - edges[from] > widest[1] - widest[0]) {
          widest = new double[] {edges[from], edges[to + 1]};
        }
      }
    }
    return widest;
  }

  @Test
  void best_oneClass_isRefused() {
    assertThatThrownBy(() -> BiasScan.of(new double[] {1}, new byte[] {1}).best())
        .hasMessage("samples of a bias scan must hold both classes, but was 1 at +1 and 0 at -1");
  }
}
