package io.vitrine.relaxation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import io.vitrine.model.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class RelaxationTrackerTest {
  private static final double EDGE = 5;
  private static final RelaxationTracker TRACKER =
      RelaxationTracker.of(RelaxationSpec.standard(), List.of(Target.A), 1000);

  /** A free walk: msd = 6 D t with steps of variance 2 D = 0.01 a dimension. */
  @Test
  void accept_aHundredThousandFrames_stateGrowsWithTheLogarithm() {
    int n = 20;
    Map<String, byte[]> memory = new HashMap<>();
    Keep keep = Keep.in(memory);
    Random random = new Random(1);
    double[] x = new double[3 * n];
    long[] bytes = new long[3];
    for (int t = 0; t <= 100_000; t++) {
      TRACKER.accept(frame(t, EDGE, x, null), keep);
      for (int i = 0; i < x.length; i++) {
        x[i] += 0.1 * random.nextGaussian();
        x[i] -= EDGE * Math.floor(x[i] / EDGE);
      }
      for (int k = 0; k < 3; k++) {
        bytes[k] = t == Math.pow(10, 3 + k) ? bytes(memory) : bytes[k];
      }
    }
    // A factor of two in length: a level of 8 lags of 32 blocks of 6 numbers, and 8 origins.
    int position = 4 + 8 * 3 * n;
    int level = 8 * (16 + 32 * 6 * 8) + 8 * position;
    int rest = 2 * level + 9 * position + 20_000;
    for (int k = 0; k < 3; k++) {
      assertThat(bytes[k])
          .isLessThan(rest + (long) (level * (Math.log(Math.pow(10, 3 + k) / 8) / Math.log(2))));
    }
    assertThat(bytes[2]).as("after 10^3, 10^4, 10^5 frames: %s", bytes).isLessThan(3 * bytes[0]);
    long origins = memory.keySet().stream().filter(k -> k.startsWith("x/")).count();
    assertThat(origins).isLessThan(8 * 17);
    List<RelaxationPoint> msd =
        TRACKER.report(keep).orElseThrow().points().stream()
            .filter(p -> p.observable().equals(RelaxationPoint.MSD))
            .toList();
    assertThat(msd).hasSize(15 + 8 * 12 + 5);
    for (RelaxationPoint point : msd) {
      if (point.lagMillis() <= 1_000_000) {
        // At least 100 independent stretches of 20 particles: 5 standard errors are below 10%.
        assertThat(point.value()).isCloseTo(0.03 * point.lag(), within(0.003 * point.lag()));
      }
    }
  }

  @Test
  void accept_boxThatBreathes_movesNobodyByWholeBoxes() {
    double[] fractions = {0.1, 0.2, 0.3, 0.9, 0.5, 0.5};
    int[] images = {5, 0, -7, 0, 0, 3};
    Keep keep = Keep.in(new HashMap<>());
    for (int t = 0; t < 40; t++) {
      double edge = EDGE * (1 + 0.01 * Math.sin(t));
      double[] x = new double[6];
      for (int i = 0; i < 6; i++) {
        x[i] = fractions[i] * edge;
      }
      TRACKER.accept(frame(t, edge, x, images), keep);
    }
    for (RelaxationPoint point : TRACKER.report(keep).orElseThrow().points()) {
      if (point.observable().equals(RelaxationPoint.MSD)) {
        assertThat(point.value()).isLessThan(0.03);
      }
    }
  }

  @Test
  void accept_stepNearHalfTheBox_cutsThePathsAndSaysSo() {
    Keep keep = Keep.in(new HashMap<>());
    for (int t = 0; t < 20; t++) {
      double x = 0.1 * t + (t >= 10 ? 0.46 * EDGE : 0);
      TRACKER.accept(frame(t, EDGE, new double[] {x % EDGE, 0, 0, 1, 1, 1}, null), keep);
    }
    RelaxationReport report = TRACKER.report(keep).orElseThrow();
    for (RelaxationPoint point : report.points()) {
      if (point.observable().equals(RelaxationPoint.MSD)) {
        assertThat(point.value()).isCloseTo(0.005 * point.lag() * point.lag(), within(1e-12));
        assertThat(point.pairs()).isEqualTo(2 * (10 - point.lagMillis() / 1000));
      }
    }
    assertThat(report.verdict().reasons()).anyMatch(r -> r.contains("lost 1 times"));
  }

  @Test
  void accept_frameOfThePast_isRefused() {
    Keep keep = Keep.in(new HashMap<>());
    TRACKER.accept(frame(5, EDGE, new double[3], null), keep);

    assertThatThrownBy(() -> TRACKER.accept(frame(5, EDGE, new double[3], null), keep))
        .hasMessageContaining("run: time of a frame must be later than 5.0 tau, but was 5.0");
  }

  @Test
  void accept_originNoLongerNeeded_isForgotten() {
    Map<String, byte[]> memory = new HashMap<>();
    Keep keep = Keep.in(memory);
    TreeSet<Long> expected = new TreeSet<>();
    for (long t = 0; t <= 200; t += t == 77 ? 20 : 1) {
      TRACKER.accept(frame(t, EDGE, new double[3], null), keep);
      expected.add(t);
    }
    expected.removeIf(n -> n > 0 && n + 15 * Long.lowestOneBit(n) <= 200);
    TreeSet<Long> kept = new TreeSet<>();
    memory.keySet().stream()
        .filter(k -> k.startsWith("x/"))
        .forEach(k -> kept.add(Long.parseLong(k.substring(2))));
    assertThat(kept).isEqualTo(expected);
  }

  private static long bytes(Map<String, byte[]> memory) {
    return memory.values().stream().mapToLong(b -> b.length).sum();
  }

  private static Frame frame(long t, double edge, double[] x, int[] images) {
    return Frame.of("run")
        .at(200 * t, (double) t)
        .box(Box.cube(edge))
        .particles(Particles.numbered(0, new byte[x.length / 3]))
        .wrapped(x.clone(), images)
        .build();
  }
}
