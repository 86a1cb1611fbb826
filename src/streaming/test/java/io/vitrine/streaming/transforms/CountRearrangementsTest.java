package io.vitrine.streaming.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.analysis.window.ModelVersion;
import io.vitrine.analysis.window.WindowCounts;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.CounterTotal;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.streaming.Walks;
import io.vitrine.streaming.coders.Coders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.Rule;
import org.junit.Test;

public class CountRearrangementsTest {
  @Rule public final TestPipeline pipeline = TestPipeline.create();

  /** Of windows 5 to 120 the block from 50 to 99 is full, the others are not. */
  @Test
  public void count_anyOrder_eachTotalAndBlockCoversItsWindows() {
    List<Integer> taus = new ArrayList<>();
    for (int t = 5; t <= 120; t++) {
      taus.add(t);
    }
    Collections.shuffle(taus, new Random(2));
    check(
        add(stream(), taus),
        Map.of("total", List.of(116L), "0", List.of(45L), "1", List.of(50L), "2", List.of(21L)));
  }

  /** A block with a gap is forgotten when the watermark has passed it, and not before. */
  @Test
  public void count_blockWithGap_isClearedByTheWatermark() {
    TestStream.Builder<WindowCounts> stream =
        add(stream(), List.of(5, 6, 7))
            .advanceWatermarkTo(Instant.ofEpochMilli(55_999))
            .addElements(at("a", 49))
            .advanceWatermarkTo(Instant.ofEpochMilli(56_001))
            .addElements(at("a", 48));
    check(stream, Map.of("total", List.of(5L), "0", List.of(4L, 1L)));
  }

  @Test
  public void count_fullBlock_isClearedAtOnce() {
    List<Integer> taus = new ArrayList<>();
    for (int t = 50; t < 100; t++) {
      taus.add(t);
    }
    // One more window of the same block would be one too many; it is counted from nothing.
    check(
        add(add(stream(), taus), List.of(50)),
        Map.of("total", List.of(51L), "1", List.of(50L, 1L)));
  }

  /** The other simulation has one window, long before this one ends. */
  @Test
  public void count_twoSimulations_areOnTheirOwn() {
    List<Integer> taus = List.of(5, 6, 7, 60, 8);
    check(
        add(add(stream(), taus).addElements(at("b", 6)), List.of(9)),
        Map.of(
            "total",
            List.of(6L),
            "0",
            List.of(5L),
            "1",
            List.of(1L),
            "b total",
            List.of(1L),
            "b 0",
            List.of(1L)));
  }

  @Test
  public void count_afterTheEnd_countsFromNothing() {
    TestStream.Builder<WindowCounts> stream =
        add(stream(), List.of(5, 6, 7))
            .advanceWatermarkTo(GlobalWindow.INSTANCE.maxTimestamp())
            .addElements(at("a", 8));
    check(stream, Map.of("total", List.of(3L, 1L), "0", List.of(3L, 1L)));
  }

  /** Ten seconds after the second window, not after the third; the last one with the end. */
  @Test
  public void count_clockGoesOn_totalsFollowOnceForAllWindows() {
    TestStream.Builder<WindowCounts> stream =
        add(stream(), List.of(5, 6))
            .advanceProcessingTime(Duration.standardSeconds(6))
            .addElements(at("a", 7))
            .advanceProcessingTime(Duration.standardSeconds(6))
            .advanceProcessingTime(Duration.standardSeconds(20))
            .addElements(at("a", 8), at("a", 9));
    check(stream, Map.of("total", List.of(3L, 5L), "0", List.of(3L, 5L)), false);
  }

  private void check(TestStream.Builder<WindowCounts> stream, Map<String, List<Long>> covered) {
    check(stream, covered, true);
  }

  private void check(
      TestStream.Builder<WindowCounts> stream,
      Map<String, List<Long>> covered,
      boolean firstOfEach) {
    SortedMap<String, List<Long>> all = new TreeMap<>();
    covered.forEach(
        (key, numbers) -> {
          List<Long> expected = new ArrayList<>(numbers);
          if (firstOfEach) {
            numbers.stream().filter(n -> n > 1).forEach(n -> expected.add(1L));
          } else {
            expected.add(1L);
          }
          Collections.sort(expected);
          all.put(key, expected);
        });
    verify(stream, all);
  }

  private void verify(
      TestStream.Builder<WindowCounts> stream, SortedMap<String, List<Long>> covered) {
    PAssert.that(
            pipeline
                .apply(stream.advanceWatermarkToInfinity())
                .apply(
                    "CountRearrangements",
                    CountRearrangements.of(Map.of("a", Walks.info("a"), "b", Walks.info("b")))))
        .satisfies(new Covers(covered));
    pipeline.run().waitUntilFinish();
  }

  private static TestStream.Builder<WindowCounts> stream() {
    return TestStream.create(Coders.windowCounts());
  }

  private static TestStream.Builder<WindowCounts> add(
      TestStream.Builder<WindowCounts> stream, List<Integer> taus) {
    TestStream.Builder<WindowCounts> longer = stream;
    for (int tau : taus) {
      longer = longer.addElements(at("a", tau));
    }
    return longer;
  }

  /** Three structures, one of which rearranges. */
  private static TimestampedValue<WindowCounts> at(String simulation, int tau) {
    TreeMap<ModelVersion, int[]> counters = new TreeMap<>();
    counters.put(new ModelVersion("m", "v"), new int[] {7, 3, 1});
    return TimestampedValue.of(
        new WindowCounts(simulation, 1000L * tau, new TreeMap<>(), counters),
        Instant.ofEpochMilli(1000L * tau + 5999));
  }

  /** The totals of the first window and those of each number covered, and no others. */
  private static final class Covers implements SerializableFunction<Iterable<ResultRow>, Void> {
    private static final long serialVersionUID = 1L;
    private final TreeMap<String, List<Long>> covered;

    Covers(SortedMap<String, List<Long>> covered) {
      this.covered = new TreeMap<>(covered);
    }

    private static String of(String simulation) {
      return simulation.equals("a") ? "" : simulation + " ";
    }

    @Override
    public Void apply(Iterable<ResultRow> rows) {
      TreeMap<String, List<Long>> found = new TreeMap<>();
      for (ResultRow row : rows) {
        if (row instanceof CounterTotal t) {
          assertThat(t.bins().get(0).structures()).isEqualTo(3 * t.windows());
          found
              .computeIfAbsent(of(t.simulation()) + "total", k -> new ArrayList<>())
              .add(t.windows());
        } else if (row instanceof CounterBlock b) {
          assertThat(b.bins().get(0).rearranging()).isEqualTo(b.windows());
          found
              .computeIfAbsent(of(b.simulation()) + b.block(), k -> new ArrayList<>())
              .add(b.windows());
        }
      }
      found.values().forEach(Collections::sort);
      assertThat(found).isEqualTo(covered);
      return null;
    }
  }
}
