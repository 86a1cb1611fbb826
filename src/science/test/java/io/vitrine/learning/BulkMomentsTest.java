package io.vitrine.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.model.FeatureMoments;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BulkMomentsTest {
  /** Rounding of some hundred double additions of values of order one. */
  private static final double ROUNDING = 1e-12;

  @Test
  void result_fourPoints_matchesTheHandWorkedCovariance() {
    // x = 1, 3, 1, 3 and y = 0, 2, 2, 4: means 2 and 2, var x = 1, var y = 2, cov = 1.
    BulkMoments m = BulkMoments.of(2);
    m.accept(new double[] {1, 0, 3, 2});
    m.accept(new double[] {1, 2, 3, 4});

    FeatureMoments result = m.result();

    assertThat(result.count()).isEqualTo(4);
    assertThat(result.mean()).containsExactly(2, 2);
    assertThat(result.covariance()).containsExactly(1, 1, 1, 2);
  }

  @Test
  void merge_anyGrouping_agreesWithOnePass() {
    Random random = new Random(5);
    double[][] frames = new double[9][];
    BulkMoments whole = BulkMoments.of(3);
    double[] all = new double[0];
    for (int f = 0; f < frames.length; f++) {
      frames[f] = random.doubles(3L * (1 + f), -1, 1).map(x -> 1e3 + x).toArray();
      int end = all.length;
      all = Arrays.copyOf(all, end + frames[f].length);
      System.arraycopy(frames[f], 0, all, end, frames[f].length);
    }
    whole.accept(all);
    BulkMoments parts = BulkMoments.of(3);
    for (double[] frame : frames) {
      parts.merge(BulkMoments.of(3).accept(frame));
    }

    FeatureMoments a = whole.result();
    FeatureMoments b = parts.result();

    assertThat(b.count()).isEqualTo(a.count());
    assertThat(b.mean()).containsExactly(a.mean(), within(1e3 * ROUNDING));
    // Centred at 1e3: the mean's rounding enters the products linearly.
    assertThat(b.covariance()).containsExactly(a.covariance(), within(1e3 * ROUNDING));
  }

  @Test
  void merge_sameOrderThroughBytes_givesTheSameBits() {
    Random random = new Random(6);
    BulkMoments direct = BulkMoments.of(4);
    BulkMoments stored = BulkMoments.of(4);
    for (int f = 0; f < 5; f++) {
      double[] frame = random.doubles(4 * 11).toArray();
      direct.accept(frame);
      stored = BulkMoments.decode(stored.merge(BulkMoments.of(4).accept(frame)).encode());
    }

    assertThat(stored).isEqualTo(direct);
    assertThat(stored.encode()).isEqualTo(direct.encode());
  }

  @Test
  void result_nothingSeen_isRefused() {
    assertThatThrownBy(() -> BulkMoments.of(2).result())
        .hasMessage("bulk count must be > 0, but was 0");
    assertThatThrownBy(() -> BulkMoments.of(2).accept(new double[3]))
        .hasMessageContaining("must have 2 entries, but was 3");
  }
}
