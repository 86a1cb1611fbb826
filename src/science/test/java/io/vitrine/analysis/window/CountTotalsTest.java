package io.vitrine.analysis.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.results.bins.Binning;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.CounterTotal;
import io.vitrine.results.rows.HistogramTotal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CountTotalsTest {
  @Test
  void totals_twoWindowsByHand_areAddedBinByBin() {
    CountTotals totals =
        new CountTotals()
            .accept(counts(1, new int[] {-3, 2, 0, 5}, new int[] {1, 10, 2}))
            .accept(counts(2, new int[] {0, 1}, new int[] {-4, 3, 0, 1, 5, 5}));
    assertThat(totals.totals("s", "a", 0.5))
        .containsExactly(
            new HistogramTotal(
                "s",
                "a",
                "p_hop",
                2,
                Binning.P_HOP,
                List.of(new HistogramTotal.Bin(-3, 2), new HistogramTotal.Bin(0, 6))),
            new HistogramTotal(
                "s",
                "a",
                "score:m",
                2,
                Binning.RAW_SCORE,
                List.of(new HistogramTotal.Bin(-4, 3), new HistogramTotal.Bin(1, 15))),
            new CounterTotal(
                "s",
                "a",
                "m",
                "v1",
                0.5,
                2,
                List.of(new CounterBin(-4, 3, 0), new CounterBin(1, 15, 7))));
    assertThat(totals.block("s", "a", 0.5, 7))
        .containsExactly(
            new CounterBlock(
                "s",
                "a",
                "m",
                "v1",
                0.5,
                CounterBlock.DEFAULT_MILLIS,
                7,
                2,
                List.of(new CounterBin(-4, 3, 0), new CounterBin(1, 15, 7))));
  }

  @Test
  void totals_modelThatScoredSomeWindows_coversThose() {
    WindowCounts unscored = new WindowCounts("a", 0, new TreeMap<>(), new TreeMap<>());
    CountTotals totals =
        new CountTotals()
            .accept(unscored)
            .accept(counts(1, new int[0], new int[] {1, 10, 2}))
            .accept(unscored);
    assertThat(totals.windows()).isEqualTo(3);
    assertThat(totals.totals("s", "a", 0.5))
        .filteredOn(CounterTotal.class::isInstance)
        .extracting(row -> ((CounterTotal) row).windows())
        .containsExactly(1L);
  }

  @Test
  void acceptAndMerge_anyOrderAndGrouping_giveTheSame() {
    Random random = new Random(11);
    List<WindowCounts> windows = new ArrayList<>();
    for (int w = 0; w < 60; w++) {
      windows.add(
          counts(
              w,
              new int[] {random.nextInt(5) - 9, 1 + random.nextInt(9), 2, 1},
              new int[] {random.nextInt(7) - 3, 20, random.nextInt(20), 9, 4, 0}));
    }
    CountTotals inOrder = new CountTotals();
    windows.forEach(inOrder::accept);
    for (int trial = 0; trial < 20; trial++) {
      Collections.shuffle(windows, random);
      List<CountTotals> parts = new ArrayList<>();
      for (int p = 0; p < 4; p++) {
        parts.add(new CountTotals());
      }
      windows.forEach(w -> parts.get(random.nextInt(4)).accept(w));
      CountTotals left = new CountTotals().merge(parts.get(0)).merge(parts.get(1));
      CountTotals right = parts.get(3).merge(parts.get(2));
      assertThat(right.merge(left)).isEqualTo(inOrder);
    }
  }

  @Test
  void merge_other_leavesItAsItWasWhateverFollows() {
    CountTotals stored = new CountTotals().accept(counts(1, new int[] {0, 1}, new int[] {1, 2, 1}));
    byte[] before = stored.toBytes();
    new CountTotals().merge(stored).accept(counts(2, new int[] {0, 1}, new int[] {1, 2, 1}));
    assertThat(stored.toBytes()).isEqualTo(before);
  }

  @Test
  void fromBytes_whatToBytesGave_isEqual() throws IOException {
    CountTotals totals =
        new CountTotals().accept(counts(1, new int[] {-3, 2}, new int[] {1, 10, 2}));
    assertThat(CountTotals.fromBytes(totals.toBytes())).isEqualTo(totals);
    assertThat(CountTotals.fromBytes(new CountTotals().toBytes())).isEqualTo(new CountTotals());
  }

  @Test
  void fromBytes_otherVersion_isRefused() {
    byte[] bytes = new CountTotals().toBytes();
    bytes[0]++;
    assertThatThrownBy(() -> CountTotals.fromBytes(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
  }

  private static WindowCounts counts(long tau, int[] pairs, int[] triples) {
    TreeMap<String, int[]> histograms = new TreeMap<>();
    histograms.put(WindowMeasure.P_HOP, pairs);
    TreeMap<ModelVersion, int[]> counters = new TreeMap<>();
    counters.put(new ModelVersion("m", "v1"), triples);
    return new WindowCounts("a", 1000 * tau, histograms, counters);
  }
}
