package io.vitrine.analysis.sets;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.SoftnessRule;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.format.run.WindowShard;
import io.vitrine.learning.sampling.KeyedHash;
import io.vitrine.learning.sampling.KeyedSample;
import io.vitrine.learning.sampling.TailAccumulator;
import io.vitrine.model.TrainingSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fluidity set from the shards of a stream is that of sorting the whole stream. */
final class FluiditySetTest {
  private static final double FRACTION = 0.02;
  private static final int WINDOWS = 30;
  private static final int PARTICLES = 100;

  @TempDir private Path folder;

  private final Map<String, List<TrainingSet.Origin>> everything = new LinkedHashMap<>();

  @Test
  void build_twoSimulations_isTheMostExtremeOfEach() throws IOException {
    AnalysisSpec spec = spec(60, 0, false);
    FluiditySet set = stream(spec, 40);

    TrainingSet built = set.build(1.2);

    assertThat(built.count(1)).isEqualTo(120);
    assertThat(built.count(-1)).isEqualTo(120);
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    for (String simulation : everything.keySet()) {
      double[] all =
          everything.get(simulation).stream()
              .mapToDouble(TrainingSet.Origin::hop)
              .sorted()
              .toArray();
      double[] lowest = Arrays.copyOf(all, 60);
      double[] highest = Arrays.copyOfRange(all, all.length - 60, all.length);
      assertThat(hops(built, simulation, -1)).containsExactly(lowest);
      assertThat(hops(built, simulation, 1)).containsExactly(highest);
      low = Math.max(low, lowest[59]);
      high = Math.min(high, highest[0]);
    }
    assertThat(built.attributes())
        .containsEntry("p_l", low)
        .containsEntry("p_u", high)
        .containsEntry("tail_fraction_effective", FRACTION);
    int width = built.spec().featureCount();
    for (int i = 0; i < built.count(); i++) {
      assertThat(built.features()[i * width]).isEqualTo((float) built.hops()[i]);
    }
  }

  @Test
  void build_capacityBelowTheFraction_saysTheEffectiveFraction() throws IOException {
    TrainingSet built = stream(spec(15, 0, false), 41).build(1.2);

    assertThat(built.count(1)).isEqualTo(30);
    assertThat(built.attributes())
        .containsEntry("tail_fraction_effective", 15.0 / (WINDOWS * PARTICLES));
  }

  /** Both tails run short of 60, and not by as many: both end where the shorter one does. */
  @Test
  void build_thinned_takesNoParticleTwiceWithinTheTime() throws IOException {
    TrainingSet built = stream(spec(60, 5_000, false), 42).build(1.2);

    Comparator<TrainingSet.Origin> byHop = Comparator.comparingDouble(TrainingSet.Origin::hop);
    boolean unequal = false;
    for (String simulation : everything.keySet()) {
      List<String> lowest = thinned(simulation, byHop);
      List<String> highest = thinned(simulation, byHop.reversed());
      int both = Math.min(lowest.size(), highest.size());
      unequal |= lowest.size() != highest.size();
      assertThat(names(built, simulation, -1))
          .containsExactlyInAnyOrderElementsOf(lowest.subList(0, both));
      assertThat(names(built, simulation, 1))
          .containsExactlyInAnyOrderElementsOf(highest.subList(0, both));
    }
    assertThat(unequal).isTrue();
  }

  /** 20 of 3,000 are wanted, one a particle within 25 tau; what replaces the others lies deeper. */
  @Test
  void build_thinned_saysWhatPartOfAllValuesLiesBeyondItsThresholds() throws IOException {
    AnalysisSpec wide = spec(200, 25_000, true);
    FluiditySet set = stream(wide.withTraining(fraction(wide.training(), 20)), 44);
    TrainingSet built = set.build(1.2);

    assertThat(built.count(-1)).isEqualTo(2 * 20);
    double low = 0;
    double high = 0;
    for (String simulation : everything.keySet()) {
      double[] lowest = hops(built, simulation, -1);
      double[] highest = hops(built, simulation, 1);
      for (TrainingSet.Origin o : everything.get(simulation)) {
        low += o.hop() <= lowest[lowest.length - 1] ? 1 : 0;
        high += o.hop() >= highest[0] ? 1 : 0;
      }
    }
    double all = 2.0 * WINDOWS * PARTICLES;
    assertThat(low + high).isGreaterThan(2 * 2 * 20);
    assertThat(built.attributes())
        .containsEntry("tail_fraction_low", low / all)
        .containsEntry("tail_fraction_high", high / all)
        .containsEntry("tail_fraction_effective", Math.max(low, high) / all)
        .containsEntry("events", (long) built.count());

    // The opponent of the random draw is the same low tail.
    TrainingSet random = set.buildRandom(1.2);
    assertThat(lows(random)).isEqualTo(lows(built)).hasSize(2 * 20);
  }

  private static Set<String> lows(TrainingSet set) {
    Set<String> lows = new HashSet<>();
    for (int i = 0; i < set.count(); i++) {
      if (set.labels()[i] < 0) {
        lows.add(name(set.origin(i)));
      }
    }
    return lows;
  }

  private static TrainingSpec fraction(TrainingSpec training, int wanted) {
    return new TrainingSpec(
        training.label(),
        wanted / ((double) WINDOWS * PARTICLES),
        training.tailCapacity(),
        training.thinMillis(),
        training.random(),
        training.softness());
  }

  @Test
  void buildRandom_draw_isTheSmallestHashesOfAllOthers() throws IOException {
    TrainingSet built = stream(spec(60, 0, true), 43).buildRandom(1.2);

    Set<String> low = new HashSet<>();
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < built.count(); i++) {
      (built.labels()[i] < 0 ? low : drawn).add(name(built.origin(i)));
    }
    assertThat(Collections.disjoint(low, drawn)).isTrue();
    Set<String> expected = new HashSet<>();
    for (List<TrainingSet.Origin> all : everything.values()) {
      all.stream()
          .filter(o -> !low.contains(name(o)))
          .sorted(Comparator.comparingLong(FluiditySetTest::hash))
          .limit(60)
          .forEach(o -> expected.add(name(o)));
    }
    assertThat(drawn).isEqualTo(expected);
  }

  /** The most extreme 60 values of a simulation, walked one by one. */
  private List<String> thinned(String simulation, Comparator<TrainingSet.Origin> order) {
    List<TrainingSet.Origin> kept = new ArrayList<>();
    List<TrainingSet.Origin> tail =
        everything.get(simulation).stream().sorted(order).limit(60).toList();
    for (TrainingSet.Origin o : tail) {
      boolean near =
          kept.stream()
              .anyMatch(k -> k.particle() == o.particle() && Math.abs(k.time() - o.time()) < 5);
      if (!near) {
        kept.add(o);
      }
    }
    return kept.stream().map(FluiditySetTest::name).toList();
  }

  private static long hash(TrainingSet.Origin o) {
    return KeyedHash.of(
        TrainingSpec.SEED, o.simulation(), Math.round(1e3 * o.time()), o.particle());
  }

  private static String name(TrainingSet.Origin o) {
    return o.simulation() + " " + o.particle() + " " + o.time();
  }

  private static List<String> names(TrainingSet set, String simulation, int label) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < set.count(); i++) {
      if (set.labels()[i] == label && set.simulations()[i].equals(simulation)) {
        names.add(name(set.origin(i)));
      }
    }
    return names;
  }

  private static double[] hops(TrainingSet set, String simulation, int label) {
    List<Double> hops = new ArrayList<>();
    for (int i = 0; i < set.count(); i++) {
      if (set.labels()[i] == label && set.simulations()[i].equals(simulation)) {
        hops.add(set.hops()[i]);
      }
    }
    return hops.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private static AnalysisSpec spec(int capacity, int thinMillis, boolean random) {
    return AnalysisSpec.standard()
        .withTraining(
            new TrainingSpec(
                TrainingSpec.Label.P_HOP,
                FRACTION,
                capacity,
                thinMillis,
                random,
                SoftnessRule.standard()));
  }

  /** Two simulations of random values; shards hold what survives on arrival, as in a pipeline. */
  private FluiditySet stream(AnalysisSpec spec, long seed) throws IOException {
    Random random = new Random(seed);
    ShardFolder shards = ShardFolder.at(folder);
    FluiditySet set = FluiditySet.of(spec);
    int[] ids = new int[PARTICLES];
    Arrays.setAll(ids, i -> i + 1);
    for (String simulation : List.of("cold", "hot")) {
      List<TrainingSet.Origin> all = new ArrayList<>();
      everything.put(simulation, all);
      TailAccumulator tails = TailAccumulator.of(spec.tailCapacity());
      KeyedSample draw =
          KeyedSample.of(spec.training().drawCapacity(), TrainingSpec.SEED, simulation);
      for (int t = 5; t < 5 + WINDOWS; t++) {
        double[] values = random.doubles(PARTICLES).toArray();
        for (int i = 0; i < PARTICLES; i++) {
          all.add(new TrainingSet.Origin(simulation, ids[i], t, t - 2, values[i]));
        }
        shards.write(shard(spec, simulation, t, ids, values, tails, draw));
      }
      set.add(shards, simulation, WINDOWS);
    }
    return set;
  }

  private static WindowShard shard(
      AnalysisSpec spec,
      String simulation,
      int t,
      int[] ids,
      double[] values,
      TailAccumulator tails,
      KeyedSample draw) {
    TailAccumulator.Survivors survivors = tails.accept(1_000L * t, ids, values);
    List<Integer> rows = new ArrayList<>();
    List<Byte> labels = new ArrayList<>();
    add(survivors.high(), WindowShard.HIGH, rows, labels);
    add(survivors.low(), WindowShard.LOW, rows, labels);
    if (spec.training().random()) {
      add(draw.accept(1_000L * t, ids), WindowShard.DRAWN, rows, labels);
    }
    int width = spec.features().featureCount();
    int[] chosen = new int[rows.size()];
    byte[] which = new byte[rows.size()];
    double[] hops = new double[rows.size()];
    float[] features = new float[rows.size() * width];
    for (int c = 0; c < chosen.length; c++) {
      chosen[c] = ids[rows.get(c)];
      which[c] = labels.get(c);
      hops[c] = values[rows.get(c)];
      features[c * width] = (float) hops[c];
    }
    return new WindowShard(
        simulation,
        1_000L * t,
        1_000L * (t - 2),
        PARTICLES,
        new int[0],
        new byte[0],
        null,
        List.of(),
        null,
        chosen,
        which,
        hops,
        features,
        null,
        null,
        null);
  }

  private static void add(int[] indices, byte label, List<Integer> rows, List<Byte> labels) {
    for (int i : indices) {
      rows.add(i);
      labels.add(label);
    }
  }
}
