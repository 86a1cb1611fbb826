package io.vitrine.analysis.barriers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.results.ResultsReader;
import io.vitrine.results.ResultsStore;
import io.vitrine.results.StoreException;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which blocks of simulations with known verdicts are counted. */
final class CountedTimeTest {
  private static final double NONE = Double.NaN;
  @TempDir private Path folder;
  private final List<ResultRow> rows = new ArrayList<>();

  private void simulation(String id, long firstTau, EquilibriumRow... verdicts) {
    rows.add(
        new SimulationRow(
            "s",
            id,
            id,
            "file",
            "inclusive",
            0.5,
            1000,
            800,
            1000,
            10_000,
            900,
            901,
            RunState.RUNNING,
            ""));
    rows.add(new FrameRow("s", id, 1000 * firstTau, 0, -1, 5, 0.5, 0));
    rows.addAll(List.of(verdicts));
  }

  private static EquilibriumRow verdict(
      String id, long tau, String verdict, double since, double tauAlpha, double above) {
    return new EquilibriumRow(
        "s", id, 1000 * tau, verdict, since, tauAlpha, NONE, above, NONE, "the numbers");
  }

  private CountedTime counted(String from) throws StoreException {
    String url = "jdbc:sqlite:" + folder.resolve("store.sqlite");
    try (ResultsStore store = ResultsStore.open(url)) {
      store.apply(rows);
    }
    try (ResultsReader reader = ResultsReader.open(url)) {
      return CountedTime.of(reader, "s", from);
    }
  }

  private static List<CounterBlock> blocks(String id, int from, int to) {
    List<CounterBlock> blocks = new ArrayList<>();
    for (int b = from; b < to; b++) {
      blocks.add(
          new CounterBlock(
              "s", id, "m", "v", 0.5, 50_000, b, 50, List.of(new CounterBin(0, 100 + b, b))));
    }
    return blocks;
  }

  private static List<Long> numbers(List<CounterBlock> blocks) {
    return blocks.stream().map(CounterBlock::block).toList();
  }

  @Test
  void counted_sinceOfTheNewestVerdict_leavesOutBlocksThatBeginBefore() throws Exception {
    simulation(
        "a",
        0,
        verdict("a", 400, "ageing", NONE, 20, 0),
        verdict("a", 900, "equilibrated", 101, 20, 0));

    CountedTime counted = counted("auto");

    assertThat(numbers(counted.counted(blocks("a", 0, 6)))).containsExactly(3L, 4L, 5L);
    assertThat(counted.counts("a", 100_999)).isFalse();
    assertThat(counted.counts("a", 101_000)).isTrue();
    assertThat(counted.doubts(Set.of("a"))).isEmpty();
  }

  @Test
  void counted_fromTheFirstFrameOn_keepsTheBlockItIsIn() throws Exception {
    simulation("a", 17, verdict("a", 900, "equilibrated", 17, 20, 0));

    assertThat(numbers(counted("auto").counted(blocks("a", 0, 3)))).containsExactly(0L, 1L, 2L);
  }

  @Test
  void counted_fromATime_isThatTimeWhateverTheVerdict() throws Exception {
    simulation("a", 0, verdict("a", 900, "equilibrated", 101, 20, 0));

    assertThat(numbers(counted("0").counted(blocks("a", 0, 3)))).containsExactly(0L, 1L, 2L);
    assertThat(numbers(counted("60").counted(blocks("a", 0, 4)))).containsExactly(2L, 3L);
    assertThat(counted("60").asked()).isEqualTo("60");
  }

  @Test
  void doubts_notInEquilibrium_sayWhyAndWhatIsUsed() throws Exception {
    simulation("ages", 0, verdict("ages", 900, "ageing", 300, 90, 0));
    simulation("new", 0);
    simulation("short", 0, verdict("short", 900, "too short", NONE, 90, 0));
    simulation("wave", 0, verdict("wave", 900, "composition wave", NONE, 90, 0));

    CountedTime counted = counted("auto");

    assertThat(counted.doubts(Set.of("ages", "new", "short", "wave")))
        .containsExactly(
            "ages is not in equilibrium (ageing: the numbers); counted from 300.0 tau on",
            "new has no verdict on equilibrium yet; all of it is counted",
            "short is not known to be in equilibrium (too short: the numbers); all of it is"
                + " counted",
            "wave is not in equilibrium (composition wave: the numbers); all of it is counted");
    assertThat(numbers(counted.counted(blocks("ages", 5, 7)))).containsExactly(6L);
    assertThat(counted.doubts(Set.of())).isEmpty();
    assertThat(counted("50").doubts(Set.of("wave")))
        .containsExactly(
            "wave is not in equilibrium (composition wave: the numbers); counted from 50.0 tau on,"
                + " as asked");
  }

  /** 2 tau_alpha = 130 tau are three blocks; the blocks 3 to 8 make two of the bootstrap. */
  @Test
  void merge_twoTauAlpha_areWholeBlocksFromTheFirstCounted() throws Exception {
    simulation("a", 0, verdict("a", 900, "equilibrated", 150, 65, 0));

    CountedTime counted = counted("auto");
    List<CounterBlock> own = counted.counted(blocks("a", 0, 9));
    ScoreBins bins = new ScoreBins(0, 1, 0.5);
    RateTable table = bins.table(ScoreBins.sum("m", "v", own));

    assertThat(counted.merge(own.get(0))).isEqualTo(3);
    assertThat(counted.simulations().get("a").blockTau()).isEqualTo(150);
    assertThat(bins.blocks(table, own, counted::merge).blocks(0)).isEqualTo(2);
    assertThat(table.structures(0, 0)).isEqualTo(600 + 3 + 4 + 5 + 6 + 7 + 8);
  }

  @Test
  void merge_tauAlphaUnknown_isAtLeastTheBound() throws Exception {
    simulation("a", 0, verdict("a", 900, "frozen", NONE, NONE, 448));
    simulation("b", 0);

    CountedTime counted = counted("auto");

    assertThat(counted.merge(blocks("a", 0, 1).get(0))).isEqualTo(18);
    assertThat(counted.merge(blocks("b", 0, 1).get(0))).isEqualTo(1);
  }

  @Test
  void check_nonsense_isRefused() {
    assertThat(CountedTime.check("--from", "auto")).isEqualTo("auto");
    assertThatThrownBy(() -> CountedTime.check("--from", "soon"))
        .hasMessage("--from must be auto or a number of tau, but was 'soon'");
    assertThatThrownBy(() -> CountedTime.check("--from", "-1")).hasMessageContaining("--from must");
    assertThatThrownBy(() -> CountedTime.check("--from", "NaN")).hasMessageContaining("--from");
  }
}
