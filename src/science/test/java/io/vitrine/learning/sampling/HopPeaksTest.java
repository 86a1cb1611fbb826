package io.vitrine.learning.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HopPeaksTest {
  @Test
  void accept_oneHop_lastCandidateIsItsLargestValue() {
    HopPeaks peaks = HopPeaks.of(new int[] {7}, 0.2);
    List<HopPeaks.Candidate> candidates = new ArrayList<>();
    double[] values = {0.1, 0.3, 0.5, 0.5, 0.4, 0.2, 0.25, 0.1};
    for (int t = 0; t < values.length; t++) {
      candidates.addAll(peaks.accept(1_000L * t, new double[] {values[t]}));
    }

    assertThat(candidates)
        .containsExactly(
            new HopPeaks.Candidate(7, 1_000, 1_000, 0),
            new HopPeaks.Candidate(7, 1_000, 2_000, 0),
            new HopPeaks.Candidate(7, 6_000, 6_000, 0));
    assertThat(peaks.hops()).isEqualTo(2);
  }

  @Test
  void accept_missingWindow_beginsANewHop() {
    HopPeaks peaks = HopPeaks.of(new int[] {7}, 0.2);
    peaks.accept(1_000, new double[] {0.5});

    assertThat(peaks.accept(3_000, new double[] {0.3}))
        .containsExactly(new HopPeaks.Candidate(7, 3_000, 3_000, 0));
  }

  @Test
  void accept_anyWindows_lastCandidatesAreTheMaximaOfAllRuns() {
    Random random = new Random(13);
    int[] ids = {4, 2, 8};
    double[][] values = new double[300][];
    Map<String, Long> last = new HashMap<>();
    HopPeaks peaks = HopPeaks.of(ids, 0.2);
    for (int t = 0; t < values.length; t++) {
      // Few distinct values, so that equal maxima occur.
      values[t] = random.doubles(3).map(x -> Math.floor(x * 8) / 20).toArray();
      for (HopPeaks.Candidate c : peaks.accept(1_000L * t, values[t])) {
        last.put(c.particle() + " " + c.start(), c.time());
      }
      peaks = HopPeaks.decode(peaks.encode());
    }

    Map<String, Long> expected = new HashMap<>();
    for (int p = 0; p < 3; p++) {
      int start = -1;
      int best = -1;
      for (int t = 0; t < values.length; t++) {
        if (values[t][p] > 0.2) {
          start = start < 0 ? t : start;
          best = best < 0 || values[t][p] > values[best][p] ? t : best;
          expected.put(ids[p] + " " + 1_000L * start, 1_000L * best);
        } else {
          start = -1;
          best = -1;
        }
      }
    }
    assertThat(last).isEqualTo(expected).hasSizeGreaterThan(100);
    assertThat(peaks.hops()).isEqualTo(expected.size());
  }

  @Test
  void above_values_areStrictlyAbove() {
    assertThat(HopPeaks.above(new double[] {0.2, 0.3, Double.NaN, 0.21}, 0.2))
        .containsExactly(1, 3);
  }

  @Test
  void accept_windowBefore_isRefused() {
    HopPeaks peaks = HopPeaks.of(new int[] {7}, 0.2);
    peaks.accept(1_000, new double[] {0.5});

    assertThatThrownBy(() -> peaks.accept(1_000, new double[] {0.5}))
        .hasMessage("time of a window, ms must be > 1000, but was 1000");
  }
}
