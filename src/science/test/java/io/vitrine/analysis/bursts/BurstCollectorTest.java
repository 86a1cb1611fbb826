package io.vitrine.analysis.bursts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.Keep;
import io.vitrine.analysis.window.Kept;
import io.vitrine.analysis.window.ModelScores;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.gsd.GsdReader;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BurstCollectorTest {
  private static final AnalysisSpec SPEC = AnalysisSpec.standard();
  private static final int TARGETS = 40;
  private static final BurstRule FIFTH = new BurstRule(0.2, Double.NaN, 1 << 20);

  private final Map<Long, HopFrame> early = new HashMap<>();
  private final Map<Long, Frame> structures = new HashMap<>();
  private final Map<Long, double[]> pHop = new HashMap<>();

  @Test
  void accept_oneBurst_hasTheFramesOfItsWindows() throws IOException {
    List<Burst> bursts = collect(windows(quiet(60, Map.of(30, 9, 31, 20, 33, 9))), FIFTH);

    assertThat(bursts).singleElement().satisfies(b -> assertThat(b.peakHops()).isEqualTo(20));
    Burst burst = bursts.get(0);
    assertThat(burst.firstMillis()).isEqualTo(30_000);
    assertThat(burst.lastMillis()).isEqualTo(33_000);
    assertThat(times(burst)).containsExactlyElementsOf(range(25, 38));
    for (int f = 0; f < burst.frames().size(); f++) {
      // The coordinate says which frame it is, the p_hop which window.
      assertThat(burst.frames().get(f).positions()[0]).isEqualTo(times(burst).get(f) / 100.0);
      assertThat(burst.pHop().get(f)[TARGETS - 1]).isEqualTo(times(burst).get(f) * 1e-6);
    }
    assertThat(early).isEmpty();
    assertThat(structures).isEmpty();
    assertThat(pHop).isEmpty();
  }

  @Test
  void accept_fractionAtTheThreshold_isNoBurst() throws IOException {
    assertThat(collect(windows(quiet(60, Map.of(30, 8))), FIFTH)).isEmpty();
  }

  @Test
  void accept_burstsWhoseFramesTouch_areOne() throws IOException {
    assertThat(collect(windows(quiet(80, Map.of(30, 9, 41, 9))), FIFTH)).hasSize(1);
    assertThat(collect(windows(quiet(80, Map.of(30, 9, 42, 9))), FIFTH)).hasSize(2);
  }

  @Test
  void accept_burstUnderWayAtTheEnd_isKept() throws IOException {
    List<Burst> bursts = collect(windows(quiet(60, Map.of(58, 9))), FIFTH);

    // Windows end at 59; each carries the frame 2 tau before it.
    assertThat(times(bursts.get(0))).containsExactlyElementsOf(range(53, 57));
    assertThat(bursts.get(0).pHop()).doesNotContainNull();
  }

  @Test
  void accept_burstWithoutEnd_isCut() throws IOException {
    Map<Integer, Integer> always = new HashMap<>();
    for (int t = 5; t < 400; t++) {
      always.put(t, 20);
    }
    List<Burst> bursts = collect(windows(quiet(400, always)), FIFTH);

    assertThat(bursts).hasSizeGreaterThan(2);
    List<Integer> all = new ArrayList<>();
    for (Burst burst : bursts) {
      assertThat(burst.frames()).hasSizeLessThanOrEqualTo(BurstCollector.MOST_FRAMES);
      all.addAll(times(burst));
    }
    assertThat(all).containsAll(range(3, 397));
  }

  @Test
  void accept_anyOrderGapsAndRestarts_areWhatASearchOfAllWindowsFinds() throws IOException {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      Map<Integer, Integer> hops = new HashMap<>();
      for (int t = 0; t < 300; t++) {
        hops.put(t, random.nextInt(random.nextInt(12) == 0 ? 20 : 6));
      }
      hops.keySet().removeIf(t -> random.nextInt(60) == 0);
      List<HopFrame> windows = windows(hops);
      BurstRule rule = seed % 2 == 0 ? FIFTH : new BurstRule(Double.NaN, 1.5, 1);
      List<String> expected = search(windows, rule).stream().map(Object::toString).toList();
      for (int at = 0; at + 8 <= windows.size(); at += 8) {
        Collections.shuffle(windows.subList(at, at + 8), random);
      }

      assertThat(collect(windows, rule).stream().map(b -> told(b)).toList())
          .as("seed " + seed)
          .isNotEmpty()
          .isEqualTo(expected);
    }
  }

  @Test
  void shelf_moreThanFit_keepsTheStrongestAndOfEqualOnesTheEarlier() throws IOException {
    BurstShelf shelf = BurstShelf.of(100);

    assertThat(shelf.put(1, 5, 40)).isEmpty();
    assertThat(shelf.put(2, 9, 40)).isEmpty();
    assertThat(shelf.put(3, 5, 40)).containsExactly(3L);
    assertThat(BurstShelf.decode(shelf.encode(), 100).put(4, 6, 40)).containsExactly(1L);
    assertThat(shelf.put(5, 99, 101)).containsExactlyInAnyOrder(1L, 2L, 5L);
  }

  @Test
  void folder_burst_isATrajectoryWithPHop(@TempDir Path root) throws IOException {
    Burst burst = collect(windows(quiet(60, Map.of(30, 9))), FIFTH).get(0);
    BurstFolder folder = new BurstFolder(root, SPEC, ModelScores.none());

    long bytes = folder.write(burst);

    assertThat(BurstFolder.files(root)).containsExactly(root.resolve("run/burst-000030.000.gsd"));
    Path file = BurstFolder.files(root).get(0);
    assertThat(Files.size(file)).isEqualTo(bytes);
    byte[] before = Files.readAllBytes(file);
    folder.write(burst);
    assertThat(file).hasBinaryContent(before);
    try (GsdReader reader =
        GsdReader.open(file, ReaderOptions.finished("run", 0.005), ReadPosition.START)) {
      for (int t = 25; t <= 35; t++) {
        assertThat(reader.next().time()).isEqualTo(t);
      }
      assertThat(reader.next()).isNull();
    }
    folder.remove("run", 30_000);
    assertThat(BurstFolder.files(root)).isEmpty();
  }

  @Test
  void rule_asWritten_isReadAgainOrRefused() {
    for (String text : List.of("above=0.02", "sigmas=3.0")) {
      assertThat(BurstRule.parse("--capture", text, 7).text()).isEqualTo(text);
    }
    for (String text : List.of("", "3", "above=", "above=2", "sigmas=-1", "sigmas=x", "below=1")) {
      assertThatThrownBy(() -> BurstRule.parse("--capture", text, 7))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** The definition word by word: threshold of each window, runs of windows, frames of a run. */
  private static List<String> search(List<HopFrame> windows, BurstRule rule) {
    TreeMap<Long, Long> hops = new TreeMap<>();
    for (HopFrame window : windows) {
      hops.put(window.timeMillis(), Arrays.stream(window.pHop()).filter(p -> p > 0.2).count());
    }
    List<long[]> runs = new ArrayList<>();
    for (Map.Entry<Long, Long> e : hops.entrySet()) {
      double[] before = hops.headMap(e.getKey()).values().stream().mapToDouble(h -> h).toArray();
      double mean = Arrays.stream(before).average().orElse(0);
      double square = Arrays.stream(before).map(h -> h * h).average().orElse(0);
      double most =
          Double.isNaN(rule.deviations())
              ? rule.fraction() * TARGETS
              : mean + rule.deviations() * Math.sqrt(square - mean * mean);
      boolean decided = !Double.isNaN(rule.fraction()) || before.length >= BurstRule.FEWEST;
      if (decided && e.getValue() > most) {
        long[] run = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        boolean fits = run != null && (e.getKey() - run[0]) / 1000 + 11 <= 120;
        if (fits && e.getKey() - 5000 <= run[1] + 6000) {
          run[1] = e.getKey();
          run[2] = Math.max(run[2], e.getValue());
        } else {
          runs.add(new long[] {e.getKey(), e.getKey(), e.getValue()});
        }
      }
    }
    List<String> found = new ArrayList<>();
    for (int r = 0; r < runs.size(); r++) {
      long[] run = runs.get(r);
      // A burst that is cut has the frames there are when the next begins.
      boolean cut = r + 1 < runs.size() && runs.get(r + 1)[0] <= run[1] + 11_000;
      long end = cut ? Math.min(run[1] + 5000, runs.get(r + 1)[0] - 2000) : run[1] + 5000;
      List<Integer> times = new ArrayList<>();
      for (long window : hops.keySet()) {
        long time = window - 2000;
        if (time >= run[0] - 5000 && time <= end) {
          times.add((int) (time / 1000));
        }
      }
      found.add(run[0] + " " + run[1] + " " + run[2] + " " + times);
    }
    return found;
  }

  private static String told(Burst b) {
    return b.firstMillis() + " " + b.lastMillis() + " " + b.peakHops() + " " + times(b);
  }

  private static List<Integer> times(Burst burst) {
    return burst.frames().stream().map(f -> (int) f.time()).toList();
  }

  private static List<Integer> range(int first, int last) {
    List<Integer> all = new ArrayList<>();
    for (int t = first; t <= last; t++) {
      all.add(t);
    }
    return all;
  }

  /** As a run does that is restarted after every window. */
  private List<Burst> collect(List<HopFrame> windows, BurstRule rule) throws IOException {
    Keep keep = new Keep(Kept.in(early), Kept.in(structures), Kept.in(pHop));
    BurstCollector collector = BurstCollector.of(SPEC, rule);
    List<Burst> bursts = new ArrayList<>();
    for (HopFrame window : windows) {
      bursts.addAll(collector.accept(window, keep));
      assertThat(structures).hasSizeLessThan(BurstCollector.MOST_FRAMES + 20);
      assertThat(pHop).hasSizeLessThan(BurstCollector.MOST_FRAMES + 20);
      assertThat(early).hasSizeLessThan(8);
      collector = BurstCollector.decode(collector.encode(), SPEC, rule);
    }
    bursts.addAll(collector.finish(keep));
    return bursts;
  }

  /** Hops of every window from 5 on by time in tau; none where nothing is said. */
  private static Map<Integer, Integer> quiet(int windows, Map<Integer, Integer> loud) {
    Map<Integer, Integer> all = new HashMap<>();
    for (int t = 5; t < windows; t++) {
      all.put(t, loud.getOrDefault(t, 1));
    }
    return all;
  }

  private static List<HopFrame> windows(Map<Integer, Integer> hops) {
    List<HopFrame> windows = new ArrayList<>();
    new TreeMap<>(hops)
        .forEach(
            (t, count) -> {
              double[] pHop = new double[TARGETS];
              Arrays.fill(pHop, t * 1e-6);
              Arrays.fill(pHop, 0, count, 0.3);
              double[] places = new double[3 * TARGETS];
              Arrays.fill(places, (t - 2) / 100.0);
              Frame frame =
                  Frame.of("run")
                      .at(200L * (t - 2), t - 2)
                      .box(Box.cube(12))
                      .particles(Particles.numbered(0, new byte[TARGETS]))
                      .wrapped(places, null)
                      .build();
              windows.add(
                  new HopFrame(
                      windows.size(),
                      1000L * t,
                      frame,
                      pHop,
                      null,
                      null,
                      new double[10],
                      0,
                      new TreeMap<>()));
            });
    return windows;
  }
}
