package io.vitrine.learning.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class QuietRunsTest {
  private static final double QUIET = 0.001;
  private static final double LOUD = 0.5;
  private static final double P_L = 0.0085;

  @Test
  void accept_run120Values_isTooShort() {
    assertThat(runs(loudAt(0, 121), 400)).containsExactly(new QuietRun(9, 122_000, 362_000, 0, 0));
    assertThat(runs(loudAt(0, 121, 243), 364))
        .containsExactly(new QuietRun(9, 122_000, 242_000, 0, 0));
  }

  @Test
  void accept_run121Values_isOneWithItsMiddleAt60() {
    List<QuietRun> runs = runs(loudAt(0, 122), 130);

    assertThat(runs).containsExactly(new QuietRun(9, 1_000, 121_000, 0, 0));
    assertThat(runs.get(0).middle()).isEqualTo(61_000);
  }

  @Test
  void accept_run122Values_middleIsRoundedDown() {
    List<QuietRun> runs = runs(loudAt(0, 123), 130);

    assertThat(runs).containsExactly(new QuietRun(9, 1_000, 122_000, 0, 0));
    assertThat(runs.get(0).middle()).isEqualTo(61_000);
  }

  @Test
  void accept_runOf240Tau_isClosedThereAndANewOneBegins() {
    QuietRuns quiet = QuietRuns.of(new int[] {9}, P_L);
    List<QuietRun> runs = new ArrayList<>();
    for (int t = 0; t <= 240; t++) {
      assertThat(runs).isEmpty();
      runs.addAll(quiet.accept(1_000L * t, new double[] {QUIET}));
    }
    assertThat(runs).containsExactly(new QuietRun(9, 0, 240_000, 0, 0));
    assertThat(runs.get(0).middle()).isEqualTo(120_000);
    for (int t = 241; t <= 361; t++) {
      assertThat(quiet.accept(1_000L * t, new double[] {QUIET})).isEmpty();
    }
    assertThat(quiet.finish()).containsExactly(new QuietRun(9, 241_000, 361_000, 0, 0));
    assertThat(quiet.counts()).containsExactly(2);
  }

  @Test
  void accept_missingWindow_endsTheRun() {
    QuietRuns quiet = QuietRuns.of(new int[] {9}, P_L);
    for (int t = 0; t <= 120; t++) {
      quiet.accept(1_000L * t, new double[] {QUIET});
    }

    List<QuietRun> ended = quiet.accept(122_000, new double[] {QUIET});

    assertThat(ended).containsExactly(new QuietRun(9, 0, 120_000, 0, 0));
    assertThat(quiet.finish()).isEmpty();
  }

  @Test
  void accept_valueAtTheThreshold_isNotBelowIt() {
    QuietRuns quiet = QuietRuns.of(new int[] {9}, P_L);
    for (int t = 0; t <= 200; t++) {
      assertThat(quiet.accept(1_000L * t, new double[] {P_L})).isEmpty();
    }
    assertThat(quiet.finish()).isEmpty();
  }

  @Test
  void accept_anyWindows_equalsLookingAtAllOfThem() {
    Random random = new Random(11);
    double[] levels = {0.01, 0.02, 0.03, 0.04, 0.05, 0.06};
    for (int trial = 0; trial < 20; trial++) {
      List<Long> times = new ArrayList<>();
      List<double[]> windows = new ArrayList<>();
      windows(random, times, windows);
      QuietRuns quiet = QuietRuns.of(new int[] {5, 3}, levels, Long.MAX_VALUE);
      List<QuietRun> over = new ArrayList<>();
      for (int w = 0; w < times.size(); w++) {
        over.addAll(quiet.accept(times.get(w), windows.get(w)));
        if (w == times.size() / 2) {
          quiet = QuietRuns.decode(quiet.encode());
        }
      }
      over.addAll(quiet.finish());

      for (int g = 0; g < levels.length; g++) {
        int level = g;
        List<String> expected = oracle(times, windows, levels[g]);
        assertThat(
                over.stream().filter(r -> r.at(level)).map(QuietRunsTest::name).sorted().toList())
            .isEqualTo(expected);
        assertThat(quiet.counts()[g]).isEqualTo(expected.size());
      }
      assertThat(over.stream().distinct().count()).isEqualTo(over.size());
    }
  }

  @Test
  void calibrate_withDroppedThresholds_isTheSmallestWithEnoughRuns() {
    Random random = new Random(12);
    int found = 0;
    for (int trial = 0; trial < 10; trial++) {
      double[] levels = QuietRuns.grid();
      List<long[]> pruned = new ArrayList<>();
      long[] sums = new long[levels.length];
      int wanted = 1 + random.nextInt(12);
      for (int simulation = 0; simulation < 3; simulation++) {
        List<Long> times = new ArrayList<>();
        List<double[]> windows = new ArrayList<>();
        windows(random, times, windows);
        QuietRuns quiet = QuietRuns.of(new int[] {5, 3}, levels, wanted);
        for (int w = 0; w < times.size(); w++) {
          quiet.accept(times.get(w), windows.get(w));
        }
        quiet.finish();
        pruned.add(quiet.counts());
        for (int g = 0; g < levels.length; g++) {
          sums[g] += oracle(times, windows, levels[g]).size();
        }
      }
      int expected = -1;
      for (int g = levels.length - 1; g >= 0; g--) {
        expected = sums[g] >= wanted ? g : expected;
      }

      assertThat(QuietRuns.calibrate(pruned, wanted)).isEqualTo(expected);
      found += expected >= 0 ? 1 : 0;
    }
    assertThat(found).isPositive();
  }

  @Test
  void calibrate_enoughRunsEarly_followsThresholdsUpTo20PercentAbove() {
    QuietRuns quiet = QuietRuns.of(new int[] {1}, QuietRuns.grid(), 1);
    for (int t = 0; t <= 240; t++) {
      quiet.accept(1_000L * t, new double[] {0.0095});
    }
    long[] counts = quiet.counts();

    assertThat(QuietRuns.calibrate(List.of(counts), 1)).isEqualTo(9);
    assertThat(QuietRuns.grid()[9]).isEqualTo(0.010);
    assertThat(counts[8]).isZero();
    assertThat(counts[11]).isEqualTo(1);
    assertThat(counts[12]).isEqualTo(-1);
  }

  @Test
  void accept_windowBefore_isRefused() {
    QuietRuns quiet = QuietRuns.of(new int[] {1}, P_L);
    quiet.accept(5_000, new double[] {0});

    assertThatThrownBy(() -> quiet.accept(5_000, new double[] {0}))
        .hasMessage("time of a window, ms must be > 5000, but was 5000");
    assertThatThrownBy(() -> QuietRuns.of(new int[1], new double[] {0.2, 0.1}, 1))
        .hasMessage("quiet thresholds must be > 0 and ascend, but was [0.2, 0.1]");
  }

  /** Two particles, about 700 windows with gaps; mostly quiet with spikes of many heights. */
  private static void windows(Random random, List<Long> times, List<double[]> windows) {
    long time = 5_000;
    for (int w = 0; w < 700; w++) {
      time += random.nextInt(300) == 0 ? 2_000 : 1_000;
      times.add(time);
      windows.add(new double[] {value(random), value(random)});
    }
  }

  private static double value(Random random) {
    return random.nextInt(60) == 0 ? 0.09 * random.nextDouble() : 0.008 * random.nextDouble();
  }

  /** Runs of both particles at one threshold by looking at everything, in alphabetical order. */
  private static List<String> oracle(List<Long> times, List<double[]> windows, double level) {
    List<String> runs = new ArrayList<>();
    for (int p = 0; p < 2; p++) {
      int start = 0;
      for (int w = 0; w <= times.size(); w++) {
        boolean goesOn =
            w < times.size()
                && windows.get(w)[p] < level
                && (w == start || times.get(w) == times.get(w - 1) + 1_000);
        if (goesOn && w - start < 241) {
          continue;
        }
        if (w - start >= 121) {
          long first = times.get(start) / 1_000;
          long last = times.get(w - 1) / 1_000;
          runs.add((p == 0 ? 5 : 3) + " " + Math.floorDiv(first + last, 2));
        }
        boolean quiet = w < times.size() && windows.get(w)[p] < level;
        start = quiet ? w : w + 1;
      }
    }
    return runs.stream().sorted().toList();
  }

  private static String name(QuietRun run) {
    return run.particle() + " " + run.middle() / 1_000;
  }

  private static double[] loudAt(int... times) {
    double[] values = new double[1_000];
    Arrays.fill(values, QUIET);
    for (int t : times) {
      values[t] = LOUD;
    }
    return values;
  }

  /** All runs of particle 9 at one threshold in windows 0 to {@code end} - 1. */
  private static List<QuietRun> runs(double[] values, int end) {
    QuietRuns quiet = QuietRuns.of(new int[] {9}, P_L);
    List<QuietRun> runs = new ArrayList<>();
    for (int t = 0; t < end; t++) {
      runs.addAll(quiet.accept(1_000L * t, new double[] {values[t]}));
    }
    runs.addAll(quiet.finish());
    return runs;
  }
}
