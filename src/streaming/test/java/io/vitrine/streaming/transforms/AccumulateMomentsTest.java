package io.vitrine.streaming.transforms;

import io.vitrine.learning.ridge.ExactMoments;
import io.vitrine.learning.ridge.MomentParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.junit.jupiter.api.Test;

/** The rest is seen against the loop, in StreamEqualsLoopTest of the pipelines. */
final class AccumulateMomentsTest {
  private static final int LENGTH = 4;

  @Test
  void parts_anySplitAndOrder_areTheSameToTheBit() {
    MomentParts all = MomentParts.of(LENGTH);
    List<AccumulateMoments.Part> windows = new ArrayList<>();
    for (int w = 0; w < 12; w++) {
      double[] rows = new Random(w).doubles(30L * LENGTH, -5, 9).toArray();
      ExactMoments moments = ExactMoments.of(LENGTH).accept(rows);
      windows.add(new AccumulateMoments.Part("cold", 20_000L * w, moments.encode()));
      all.add(20_000L * w, moments);
    }
    CombineFnTester.testCombineFn(new AccumulateMoments.PartsFn(LENGTH), windows, all);
  }
}
