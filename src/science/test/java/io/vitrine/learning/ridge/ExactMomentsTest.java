package io.vitrine.learning.ridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.model.FeatureMoments;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactMomentsTest {
  private static final int D = 5;

  /** Blocks of unlike sizes, with columns of unlike sizes and one that hardly varies. */
  private static List<double[]> blocks(int count, long seed) {
    Random random = new Random(seed);
    List<double[]> blocks = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      int n = 1 + random.nextInt(50);
      double[] rows = new double[n * D];
      for (int i = 0; i < n; i++) {
        rows[i * D] = random.nextGaussian();
        rows[i * D + 1] = -150 + 0.01 * random.nextGaussian();
        rows[i * D + 2] = 1e-5 * random.nextGaussian() * rows[i * D];
        rows[i * D + 3] = 30_000 * random.nextDouble() - 15_000;
        rows[i * D + 4] = rows[i * D] - 7;
      }
      blocks.add(rows);
    }
    return blocks;
  }

  private static ExactMoments of(List<double[]> blocks) {
    ExactMoments moments = ExactMoments.of(D);
    blocks.forEach(moments::accept);
    return moments;
  }

  @Test
  void merge_anyOrderAndBundling_givesTheSameBits() {
    List<double[]> blocks = blocks(40, 1);
    ExactMoments straight = of(blocks);
    Random random = new Random(2);
    for (int trial = 0; trial < 20; trial++) {
      List<double[]> shuffled = new ArrayList<>(blocks);
      Collections.shuffle(shuffled, random);
      ExactMoments merged = ExactMoments.of(D);
      for (int from = 0; from < shuffled.size(); ) {
        int to = Math.min(shuffled.size(), from + 1 + random.nextInt(9));
        merged.merge(ExactMoments.decode(of(shuffled.subList(from, to)).encode()));
        from = to;
      }
      assertThat(merged).isEqualTo(straight);
    }
  }

  @Test
  void remove_oneBlock_leavesTheBitsOfTheOthers() {
    List<double[]> blocks = blocks(12, 3);
    for (double[] out : blocks) {
      List<double[]> others = new ArrayList<>(blocks);
      others.remove(out);
      ExactMoments left = of(blocks).remove(ExactMoments.of(D).accept(out));
      assertThat(left).isEqualTo(of(others));
      assertThat(left.result()).isEqualTo(of(others).result());
    }
  }

  @Test
  void result_againstDecimalArithmetic_isRightToRounding() {
    List<double[]> blocks = blocks(30, 4);
    FeatureMoments found = of(blocks).result();
    int n = (int) found.count();
    BigDecimal[] sums = new BigDecimal[D];
    BigDecimal[][] products = new BigDecimal[D][D];
    for (int k = 0; k < D; k++) {
      sums[k] = BigDecimal.ZERO;
      for (int l = 0; l < D; l++) {
        products[k][l] = BigDecimal.ZERO;
      }
    }
    for (double[] rows : blocks) {
      for (int i = 0; i < rows.length; i += D) {
        for (int k = 0; k < D; k++) {
          BigDecimal x = new BigDecimal(rows[i + k]);
          sums[k] = sums[k].add(x);
          for (int l = 0; l < D; l++) {
            products[k][l] = products[k][l].add(x.multiply(new BigDecimal(rows[i + l])));
          }
        }
      }
    }
    BigDecimal count = BigDecimal.valueOf(n);
    for (int k = 0; k < D; k++) {
      double mean = sums[k].divide(count, MathContext.DECIMAL128).doubleValue();
      assertThat(found.mean()[k]).isCloseTo(mean, within(2e-14 + 1e-15 * Math.abs(mean)));
      for (int l = 0; l < D; l++) {
        double covariance =
            products[k][l]
                .multiply(count)
                .subtract(sums[k].multiply(sums[l]))
                .divide(count.multiply(count), MathContext.DECIMAL128)
                .doubleValue();
        double scale = Math.sqrt(variance(found, k) * variance(found, l));
        // A block's mean moves by 2^-47 at most.
        double moved = 8e-15 * Math.sqrt(variance(found, k) + variance(found, l));
        assertThat(found.covariance()[k * D + l])
            .as("%d, %d", k, l)
            .isCloseTo(covariance, within(1e-12 * scale + moved));
      }
    }
  }

  private static double variance(FeatureMoments moments, int k) {
    return moments.covariance()[k * D + k];
  }

  @Test
  void result_constantColumn_hasNoVarianceAtAll() {
    ExactMoments moments = ExactMoments.of(1);
    moments.accept(new double[] {0.3, 0.3, 0.3}).accept(new double[] {0.3});
    assertThat(moments.result().covariance()[0]).isCloseTo(0, within(1e-31));
  }

  @Test
  void accept_notFiniteOrTooLarge_isRefused() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 70_000, -1e300}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ExactMoments.of(1).accept(new double[] {bad}))
          .withMessageContaining("feature 0");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> ExactMoments.of(2).result());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExactMoments.of(1).accept(new double[] {1e200, -1e200}))
        .withMessageContaining("products");
  }
}
