package io.vitrine.learning.ridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MomentPartsTest {
  private static final int D = 5;

  private static ExactMoments window(long seed) {
    return ExactMoments.of(D).accept(new Random(seed).doubles(20L * D, -3, 7).toArray());
  }

  @Test
  void merge_anyOrderAndGrouping_isTheSameToTheBit() {
    List<Integer> order = new ArrayList<>();
    MomentParts all = MomentParts.of(D);
    for (int w = 0; w < 100; w++) {
      order.add(w);
      all.add(10_000L * w, window(w));
    }
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(order, new Random(seed));
      MomentParts left = MomentParts.of(D);
      MomentParts right = MomentParts.of(D);
      for (int n = 0; n < order.size(); n++) {
        (n < 17 * seed ? left : right).add(10_000L * order.get(n), window(order.get(n)));
      }
      assertThat(left.merge(right)).isEqualTo(all);
      assertThat(left.encode()).isEqualTo(all.encode());
    }
    assertThat(MomentParts.decode(all.encode())).isEqualTo(all);
  }

  @Test
  void parts_blocksOfFiftyTau_takeTurns() {
    MomentParts parts = MomentParts.of(D);
    parts.add(0, window(1)).add(49_999, window(2)).add(400_000, window(3));
    assertThat(parts.parts()).containsExactly(window(1).merge(window(2)).merge(window(3)));
    assertThat(parts.canTrain()).isFalse();
    parts.add(50_000, window(4));
    assertThat(parts.parts()).hasSize(2);
    assertThat(parts.canTrain()).isTrue();
    parts.add(-1, window(5));
    assertThat(parts.parts()).hasSize(3).last().isEqualTo(window(5));
  }

  @Test
  void canTrain_labelTheSameForAll_isFalse() {
    double[] rows = new Random(1).doubles(20L * D).toArray();
    for (int i = 0; i < 20; i++) {
      rows[i * D + D - 1] = 0.3;
    }
    MomentParts parts = MomentParts.of(D).add(0, window(1));
    parts.add(50_000, ExactMoments.of(D).accept(rows));
    assertThat(parts.parts()).hasSize(2);
    assertThat(parts.canTrain()).isFalse();
  }
}
