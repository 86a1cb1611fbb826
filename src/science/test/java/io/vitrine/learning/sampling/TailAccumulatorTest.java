package io.vitrine.learning.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TailAccumulatorTest {
  private record Sample(double value, long time, int particle) {}

  private record Window(long time, int[] ids, double[] values) {}

  @Test
  void accept_fewValues_keepsTheMostExtremeOfBothTails() {
    TailAccumulator tails = TailAccumulator.of(2);

    TailAccumulator.Survivors first =
        tails.accept(5_000, new int[] {10, 11, 12, 13}, new double[] {0.4, 0.1, 0.3, 0.2});
    TailAccumulator.Survivors second =
        tails.accept(6_000, new int[] {10, 11, 12, 13}, new double[] {0.25, 0.15, 0.35, 0.25});

    assertThat(first.low()).containsExactly(1, 3);
    assertThat(first.high()).containsExactly(0, 2);
    assertThat(second.low()).containsExactly(1);
    assertThat(second.high()).containsExactly(2);
    TailAccumulator.Tails result = tails.result(0.25);
    assertThat(result.low().values()).containsExactly(0.1, 0.15);
    assertThat(result.low().times()).containsExactly(5_000, 6_000);
    assertThat(result.low().particles()).containsExactly(11, 11);
    assertThat(result.high().values()).containsExactly(0.4, 0.35);
    assertThat(result.high().particles()).containsExactly(10, 12);
    assertThat(result.low().threshold()).isEqualTo(0.15);
    assertThat(result.high().threshold()).isEqualTo(0.35);
  }

  @Test
  void accept_equalValues_areTakenByTimeThenParticleInBothTails() {
    TailAccumulator tails = TailAccumulator.of(3);
    tails.accept(7_000, new int[] {2, 1}, new double[] {0.5, 0.5});
    tails.accept(6_000, new int[] {2, 1}, new double[] {0.5, 0.5});

    TailAccumulator.Tails result = tails.result(0.5);

    assertThat(result.low().times()).containsExactly(6_000, 6_000);
    assertThat(result.low().particles()).containsExactly(1, 2);
    assertThat(result.high()).isEqualTo(result.low());
  }

  @Test
  void result_anyOrderOfAcceptAndMerge_equalsSortingEverything() {
    Random random = new Random(1);
    for (int trial = 0; trial < 200; trial++) {
      int capacity = 1 + random.nextInt(30);
      double fraction = 0.01 + 0.2 * random.nextDouble();
      List<Window> windows = windows(random, 1 + random.nextInt(12), 1 + random.nextInt(40));
      Collections.shuffle(windows, random);
      List<TailAccumulator> parts = new ArrayList<>();
      for (int p = 0; p < 1 + random.nextInt(4); p++) {
        parts.add(TailAccumulator.of(capacity));
      }
      for (Window w : windows) {
        parts.get(random.nextInt(parts.size())).accept(w.time(), w.ids(), w.values());
      }
      Collections.shuffle(parts, random);
      TailAccumulator whole = TailAccumulator.of(capacity);
      parts.forEach(whole::merge);

      assertSameAsSorting(whole, windows, fraction, capacity);
    }
  }

  @Test
  void accept_frameByFrame_everyMemberSurvivedOnItsArrival() {
    Random random = new Random(2);
    List<Window> windows = windows(random, 30, 50);
    Collections.shuffle(windows, random);
    TailAccumulator tails = TailAccumulator.of(20);
    Set<String> survivors = new HashSet<>();
    int count = 0;
    for (Window w : windows) {
      TailAccumulator.Survivors s = tails.accept(w.time(), w.ids(), w.values());
      for (int i : s.low()) {
        survivors.add("low " + w.time() + " " + w.ids()[i]);
      }
      for (int i : s.high()) {
        survivors.add("high " + w.time() + " " + w.ids()[i]);
      }
      count += s.low().length + s.high().length;
      assertThat(s.low().length).isLessThanOrEqualTo(20);
    }
    TailAccumulator.Tails result = tails.result(0.5);
    for (int i = 0; i < result.low().count(); i++) {
      assertThat(survivors)
          .contains("low " + result.low().times()[i] + " " + result.low().particles()[i]);
      assertThat(survivors)
          .contains("high " + result.high().times()[i] + " " + result.high().particles()[i]);
    }
    assertThat(count).isLessThan(2 * 30 * 50 / 3);
  }

  @Test
  void count_beyondCapacity_isCappedAndTheEffectiveFractionSaysSo() {
    TailAccumulator tails = TailAccumulator.of(3);
    int[] ids = new int[100];
    double[] values = new double[100];
    Arrays.setAll(ids, i -> i);
    Arrays.setAll(values, i -> i);
    tails.accept(0, ids, values);

    assertThat(tails.count(0.025)).isEqualTo(3);
    assertThat(tails.count(0.024)).isEqualTo(2);
    assertThat(tails.effectiveFraction(0.024)).isEqualTo(0.02);
    assertThat(tails.count(0.1)).isEqualTo(3);
    assertThat(tails.effectiveFraction(0.1)).isEqualTo(0.03);
  }

  @Test
  void thinned_twoTimesOfOneParticle_keepsTheMoreExtremeAndFillsUp() {
    TailAccumulator tails = TailAccumulator.of(4);
    int[] ids = {1, 2, 3};
    tails.accept(1_000, ids, new double[] {0.10, 0.50, 0.60});
    tails.accept(2_000, ids, new double[] {0.11, 0.51, 0.61});
    tails.accept(12_000, ids, new double[] {0.12, 0.52, 0.62});

    Tail low = tails.thinned(0.34, 11_000).low();

    assertThat(tails.count(0.34)).isEqualTo(3);
    assertThat(low.values()).containsExactly(0.10, 0.12, 0.50);
  }

  @Test
  void encode_thenDecode_isEqualAndGoesOnAlike() {
    Random random = new Random(3);
    TailAccumulator tails = TailAccumulator.of(10);
    List<Window> windows = windows(random, 10, 20);
    for (Window w : windows.subList(0, 5)) {
      tails.accept(w.time(), w.ids(), w.values());
    }

    TailAccumulator back = TailAccumulator.decode(tails.encode());

    assertThat(back).isEqualTo(tails);
    for (Window w : windows.subList(5, 10)) {
      tails.accept(w.time(), w.ids(), w.values());
      back.accept(w.time(), w.ids(), w.values());
    }
    assertThat(back.encode()).isEqualTo(tails.encode());
    assertSameAsSorting(back, windows, 0.04, 10);
  }

  @Test
  void encode_sameWindowsInAnotherOrder_givesTheSameBytes() {
    Random random = new Random(4);
    List<Window> windows = windows(random, 10, 20);
    TailAccumulator forward = TailAccumulator.of(7);
    windows.forEach(w -> forward.accept(w.time(), w.ids(), w.values()));
    Collections.reverse(windows);
    TailAccumulator backward = TailAccumulator.of(7);
    windows.forEach(w -> backward.accept(w.time(), w.ids(), w.values()));

    assertThat(backward.encode()).isEqualTo(forward.encode());
  }

  @Test
  void accept_nan_isRefusedAndChangesNothing() {
    TailAccumulator tails = TailAccumulator.of(2);
    byte[] before = tails.encode();

    assertThatThrownBy(() -> tails.accept(1, new int[] {4, 5}, new double[] {0.1, Double.NaN}))
        .hasMessage("value of particle 5 must be a number, but was NaN");
    assertThat(tails.encode()).isEqualTo(before);
  }

  @Test
  void merge_otherCapacity_isRefused() {
    assertThatThrownBy(() -> TailAccumulator.of(2).merge(TailAccumulator.of(3)))
        .hasMessageContaining("must be 2, but was 3");
  }

  @Test
  void result_nothingSeen_isEmpty() {
    assertThat(TailAccumulator.of(5).result(0.1).low().count()).isZero();
    assertThat(TailAccumulator.of(5).effectiveFraction(0.1)).isZero();
  }

  /** Values with many ties, so that the order of equal values matters. */
  private static List<Window> windows(Random random, int frames, int particles) {
    List<Window> windows = new ArrayList<>();
    for (int f = 0; f < frames; f++) {
      int[] ids = new int[particles];
      double[] values = new double[particles];
      Arrays.setAll(ids, i -> 3 * i + 1);
      Arrays.setAll(values, i -> random.nextInt(40) / 40.0 - 0.1);
      windows.add(new Window(1_000L * (f + 5), ids, values));
    }
    return windows;
  }

  private static void assertSameAsSorting(
      TailAccumulator tails, List<Window> windows, double fraction, int capacity) {
    List<Sample> all = new ArrayList<>();
    for (Window w : windows) {
      for (int i = 0; i < w.ids().length; i++) {
        all.add(new Sample(w.values()[i], w.time(), w.ids()[i]));
      }
    }
    int m = (int) Math.min(capacity, Math.round(fraction * all.size()));
    Comparator<Sample> ties =
        Comparator.comparingLong(Sample::time).thenComparingInt(Sample::particle);
    TailAccumulator.Tails result = tails.result(fraction);
    assertThat(samples(result.low()))
        .isEqualTo(
            all.stream()
                .sorted(Comparator.comparingDouble(Sample::value).thenComparing(ties))
                .limit(m)
                .toList());
    assertThat(samples(result.high()))
        .isEqualTo(
            all.stream()
                .sorted(Comparator.comparingDouble((Sample s) -> -s.value()).thenComparing(ties))
                .limit(m)
                .toList());
  }

  private static List<Sample> samples(Tail tail) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < tail.count(); i++) {
      samples.add(new Sample(tail.values()[i], tail.times()[i], tail.particles()[i]));
    }
    return samples;
  }
}
