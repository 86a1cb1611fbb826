package io.vitrine.learning.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vitrine.learning.Balance;
import io.vitrine.learning.Sets;
import io.vitrine.model.TrainingSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KeyedSampleTest {
  private static final int[] IDS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

  @Test
  void smallest_anyOrderOfOffersAndMerges_isTheSameDraw() {
    Random random = new Random(14);
    List<Long> times = new ArrayList<>();
    for (int t = 0; t < 60; t++) {
      times.add(1_000L * t);
    }
    KeyedSample inOrder = KeyedSample.of(25, 3, "cold");
    times.forEach(t -> inOrder.accept(t, IDS));
    for (int trial = 0; trial < 20; trial++) {
      Collections.shuffle(times, random);
      List<KeyedSample> parts = new ArrayList<>();
      for (int p = 0; p < 3; p++) {
        parts.add(KeyedSample.of(25, 3, "cold"));
      }
      times.forEach(t -> parts.get(random.nextInt(3)).accept(t, IDS));
      KeyedSample whole = KeyedSample.of(25, 3, "cold");
      parts.forEach(whole::merge);

      assertThat(KeyedSample.decode(whole.encode())).isEqualTo(inOrder);
      assertThat(whole.encode()).isEqualTo(inOrder.encode());
    }
    assertThat(inOrder.seen()).isEqualTo(600);
  }

  @Test
  void accept_window_returnsWhoIsStillIn() {
    KeyedSample draw = KeyedSample.of(3, 1, "s");
    int[] in = draw.accept(0, IDS);

    assertThat(in).hasSize(3).isSorted();
    List<Integer> drawn =
        KeyedSample.smallest(List.of(draw), 3, d -> false).stream()
            .map(KeyedSample.Drawn::particle)
            .sorted()
            .toList();
    assertThat(drawn).containsExactly(IDS[in[0]], IDS[in[1]], IDS[in[2]]);
  }

  @Test
  void smallest_severalSimulationsWithExclusions_equalsSortingEverybody() {
    List<KeyedSample> draws = new ArrayList<>();
    List<KeyedSample> everybody = new ArrayList<>();
    for (String simulation : List.of("a", "b", "c")) {
      KeyedSample draw = KeyedSample.of(20, 5, simulation);
      KeyedSample all = KeyedSample.of(1_000, 5, simulation);
      for (long t = 0; t < 50; t++) {
        draw.accept(1_000 * t, IDS);
        all.accept(1_000 * t, IDS);
      }
      draws.add(draw);
      everybody.add(all);
    }
    // The ten with the smallest lots are taken out: twice ten are kept, so ten remain for certain.
    List<KeyedSample.Drawn> out = KeyedSample.smallest(everybody, 10, d -> false);

    List<KeyedSample.Drawn> drawn = KeyedSample.smallest(draws, 10, out::contains);

    assertThat(drawn).isEqualTo(KeyedSample.smallest(everybody, 20, d -> false).subList(10, 20));
  }

  @Test
  void accept_manyWindows_drawsUniformly() {
    int[] hits = new int[10];
    for (int seed = 0; seed < 400; seed++) {
      KeyedSample draw = KeyedSample.of(5, seed, "s");
      draw.accept(0, IDS);
      for (KeyedSample.Drawn d : KeyedSample.smallest(List.of(draw), 5, x -> false)) {
        hits[d.particle() - 1]++;
      }
    }
    // Binomial(400, 1/2): deviation 10. The seeds are fixed; six deviations fail by luck 2e-8.
    for (int h : hits) {
      assertThat(h).isCloseTo(200, within(60));
    }
  }

  @Test
  void of_timesAndParticles_numbersAreDistinct() {
    Set<Long> numbers = new HashSet<>();
    for (long t = 0; t < 20; t++) {
      for (int particle = 0; particle < 4096; particle++) {
        numbers.add(KeyedHash.of(1, "s", 1_000 * t, particle));
      }
    }
    // Of 82,000 random 64-bit numbers two are equal with a chance of 2e-10.
    assertThat(numbers).hasSize(20 * 4096);
    assertThat(KeyedHash.of(1, "a", 0, 0)).isNotEqualTo(KeyedHash.of(1, "b", 0, 0));
    assertThat(KeyedHash.of(1, "a", 0, 0)).isNotEqualTo(KeyedHash.of(2, "a", 0, 0));
  }

  @Test
  void merge_otherSeed_isRefused() {
    assertThatThrownBy(() -> KeyedSample.of(3, 1, "s").merge(KeyedSample.of(3, 2, "s")))
        .hasMessage("merged draw must be of s, seed 1, capacity 3, but was s, seed 2, capacity 3");
  }

  @Test
  void balance_unevenClasses_drawsAsManyOfEachInTheirOrder() {
    TrainingSet all = Sets.clouds(60, 1.0, 15);
    TrainingSet.Builder uneven = TrainingSet.of(all.spec()).attributes(all.attributes());
    for (int i = 0; i < 60; i++) {
      if (i % 6 != 0) {
        uneven.add(all.labels()[i], all.origin(i), all.features(), 4 * i);
      }
    }

    TrainingSet most = Balance.of(uneven.build(), 1_000, 1);
    TrainingSet some = Balance.of(uneven.build(), 7, 1);

    assertThat(most.count(1)).isEqualTo(20);
    assertThat(most.count(-1)).isEqualTo(20);
    assertThat(some.count(1)).isEqualTo(7);
    assertThat(some.count(-1)).isEqualTo(7);
    assertThat(some.attributes()).isEqualTo(all.attributes());
    assertThat(Balance.of(uneven.build(), 7, 1)).isEqualTo(some);
    assertThat(Balance.of(uneven.build(), 7, 2)).isNotEqualTo(some);
    assertThat(some.times()).isSorted();
  }
}
