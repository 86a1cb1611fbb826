package io.vitrine.analysis.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.results.bins.Binning;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SparseBinsTest {
  private static final Binning TENTHS = new Binning(Binning.Scale.LINEAR, 10, -3, 4);

  @Test
  void count_valuesOnBothSidesOfTheRange_areInTheBinsBelowAndAbove() {
    double[] values = {0.05, -0.3, 7, 0.049, -9, 0.499, 0.5, -0.31};

    assertThat(SparseBins.count(TENTHS, values)).containsExactly(-4, 2, -3, 1, 0, 2, 4, 1, 5, 2);
  }

  @Test
  void count_noValues_isEmpty() {
    assertThat(SparseBins.count(TENTHS, new double[0])).isEmpty();
  }

  @Test
  void count_manyValues_eachBinHoldsThoseBetweenItsEdges() {
    double[] values = new Random(1).doubles(5000, 1e-9, 1e4).map(v -> v * v).toArray();

    int[] pairs = SparseBins.count(Binning.P_HOP, values);

    int sum = 0;
    for (int n = 0; n < pairs.length; n += 2) {
      double low = Binning.P_HOP.low(pairs[n]);
      double high = Binning.P_HOP.high(pairs[n]);
      int within = 0;
      for (double v : values) {
        within += v >= low && v < high ? 1 : 0;
      }
      assertThat(pairs[n + 1]).as("bin %d", pairs[n]).isEqualTo(within).isPositive();
      sum += within;
    }
    assertThat(sum).isEqualTo(values.length);
  }
}
