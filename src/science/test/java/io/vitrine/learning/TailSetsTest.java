package io.vitrine.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.model.FeatureSpec;
import io.vitrine.model.TrainingSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TailSetsTest {
  private static final FeatureSpec SPEC = FeatureSpec.evenly(1.0, 1, 0.2);
  private static final double FRACTION = 0.02;
  private static final long SEED = 4;

  private final TrainingSet.Builder candidates =
      TrainingSet.of(SPEC).attribute(TrainingSet.TEMPERATURE, 1.2);
  private final TreeMap<String, TailAccumulator> tails = new TreeMap<>();
  private final List<KeyedSample> draws = new ArrayList<>();
  private final List<TrainingSet.Origin> everything = new ArrayList<>();

  @Test
  void fluidity_candidatesOfTwoSimulations_areTheMembersOfTheirTails() {
    stream(40);

    TrainingSet set = TailSets.fluidity(candidates.build(), tails, FRACTION, 0);

    // 30 windows of 100 values: 60 of each tail and simulation.
    assertThat(set.count(1)).isEqualTo(120);
    assertThat(set.count(-1)).isEqualTo(120);
    double[] hops = set.hops();
    for (int s = 0; s < 2; s++) {
      String simulation = s == 0 ? "cold" : "hot";
      double[] all =
          everything.stream()
              .filter(o -> o.simulation().equals(simulation))
              .mapToDouble(TrainingSet.Origin::hop)
              .sorted()
              .toArray();
      assertThat(Arrays.copyOfRange(hops, 120 * s + 60, 120 * s + 120))
          .containsExactly(Arrays.copyOf(all, 60));
      assertThat(hops[120 * s]).isEqualTo(all[all.length - 1]);
    }
    for (int i = 0; i < set.count(); i++) {
      assertThat(set.features()[2 * i]).isEqualTo((float) set.hops()[i]);
    }
    assertThat(set.attributes())
        .containsEntry("rule", "fluidity")
        .containsEntry("tail_fraction", FRACTION)
        .containsEntry("effective_fraction", FRACTION)
        .containsEntry("p_hop_values", 6000L)
        .containsEntry(TrainingSet.TEMPERATURE, 1.2);
    double lowest = Math.max(hops[119], hops[239]);
    assertThat(set.attributes()).containsEntry("p_l", lowest);
    assertThat(set.attributes()).containsEntry("p_u", Math.min(hops[59], hops[179]));
  }

  @Test
  void fluidity_capacityCutsIn_saysTheEffectiveFraction() {
    stream(40, 60, 15);

    TrainingSet set = TailSets.fluidity(candidates.build(), tails, FRACTION, 0);

    assertThat(set.count(1)).isEqualTo(75);
    assertThat(set.attributes()).containsEntry("effective_fraction", 15 / 3000.0);
  }

  @Test
  void fluidity_missingCandidate_isRefused() {
    stream(41);
    TrainingSet none = TrainingSet.of(SPEC).build();

    assertThatThrownBy(() -> TailSets.fluidity(none, tails, FRACTION, 0))
        .hasMessageContaining("candidates must hold every member of the tails");
  }

  @Test
  void immobileVersusRandom_draw_isUniformOverAllOthers() {
    stream(42);

    TrainingSet set =
        TailSets.immobileVersusRandom(candidates.build(), tails, draws, FRACTION, SEED);

    assertThat(set.count(-1)).isEqualTo(120);
    assertThat(set.count(1)).isEqualTo(120);
    Set<TrainingSet.Origin> low = new HashSet<>();
    Set<TrainingSet.Origin> random = new HashSet<>();
    for (int i = 0; i < set.count(); i++) {
      (set.labels()[i] < 0 ? low : random).add(set.origin(i));
    }
    assertThat(Collections.disjoint(low, random)).isTrue();
    List<TrainingSet.Origin> expected =
        everything.stream()
            .filter(o -> !low.contains(o))
            .sorted(
                Comparator.comparingLong(
                    o ->
                        KeyedHash.of(
                            SEED, o.simulation(), Math.round(1e3 * o.time()), o.particle())))
            .limit(120)
            .toList();
    assertThat(random).isEqualTo(new HashSet<>(expected));
  }

  private void stream(long seed) {
    stream(seed, 60, 60);
  }

  /** Streams two simulations and keeps what survives on arrival, as a pipeline does. */
  private void stream(long seed, int hot, int cold) {
    Random random = new Random(seed);
    int[] ids = new int[100];
    Arrays.setAll(ids, i -> i + 1);
    for (String simulation : List.of("hot", "cold")) {
      int capacity = simulation.equals("hot") ? hot : cold;
      TailAccumulator tail = TailAccumulator.of(capacity);
      KeyedSample draw = KeyedSample.of(2 * capacity, SEED, simulation);
      for (int t = 5; t < 35; t++) {
        double[] values = random.doubles(100).toArray();
        for (int i = 0; i < 100; i++) {
          everything.add(origin(simulation, ids[i], t, values[i]));
        }
        TailAccumulator.Survivors in = tail.accept(1_000L * t, ids, values);
        Set<Integer> positive = new HashSet<>();
        for (int i : in.high()) {
          positive.add(i);
        }
        for (int i : draw.accept(1_000L * t, ids)) {
          positive.add(i);
        }
        for (int i : positive) {
          candidates.add(1, origin(simulation, ids[i], t, values[i]), vector(values[i]), 0);
        }
        for (int i : in.low()) {
          candidates.add(-1, origin(simulation, ids[i], t, values[i]), vector(values[i]), 0);
        }
      }
      tails.put(simulation, tail);
      draws.add(draw);
    }
  }

  private static TrainingSet.Origin origin(String simulation, int id, int time, double value) {
    return new TrainingSet.Origin(simulation, id, time, time - 2, value);
  }

  private static float[] vector(double value) {
    return new float[] {(float) value, 1};
  }
}
