package io.vitrine.analysis.sets;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.analysis.spec.SoftnessRule;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.analysis.window.HopFrame;
import io.vitrine.analysis.window.Keep;
import io.vitrine.analysis.window.Kept;
import io.vitrine.analysis.window.WindowMeasure;
import io.vitrine.dynamics.HopConvention;
import io.vitrine.format.run.SampleShard;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Frame;
import io.vitrine.model.Target;
import io.vitrine.model.TrainingSet;
import io.vitrine.structure.RadialStructure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The softness rule as it streams, against the definition applied to the whole p_hop table. */
class SoftnessSetTest {
  private static final int FRAMES = 700;
  private static final double P_C = 0.2;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"0.01,false", "0.03,true", "0.05,false"})
  void softness_fixedThreshold_isTheDefinition(double quiet, boolean peaks) throws Exception {
    AnalysisSpec spec = spec(new SoftnessRule(quiet, 10_000, peaks));
    Table table = new Table(spec, Cages.of("cold", 5, FRAMES, 300));

    TrainingSet set = table.stream(folder).build(0.47);

    assertThat(samples(set, 1)).isEqualTo(table.hops(peaks)).isNotEmpty();
    assertThat(samples(set, -1)).isEqualTo(table.quiet(quiet)).isNotEmpty();
    assertFeatures(set, table, spec);
  }

  @Test
  void softness_moreThanWanted_isTheSameDrawHoweverWindowsCome() throws Exception {
    AnalysisSpec spec = spec(new SoftnessRule(0.05, 12, false));
    Table table = new Table(spec, Cages.of("cold", 6, FRAMES));

    TrainingSet set = table.stream(folder.resolve("in-order")).build(0.47);
    table.swap(40);
    TrainingSet other = table.stream(folder.resolve("not")).build(0.47);

    assertThat(set.count(1)).isEqualTo(12);
    assertThat(set.count(-1)).isEqualTo(12);
    assertThat(table.hops(false)).containsAll(samples(set, 1)).hasSizeGreaterThan(12);
    assertThat(table.quiet(0.05)).containsAll(samples(set, -1)).hasSizeGreaterThan(12);
    assertThat(other).isEqualTo(set);
  }

  @Test
  void softness_calibrated_isTheSmallestThresholdThatGivesEnough() throws Exception {
    AnalysisSpec spec = spec(new SoftnessRule(Double.NaN, 15, false));
    Table table = new Table(spec, Cages.of("cold", 7, FRAMES));

    SoftnessSet found = table.stream(folder);

    int level = 1;
    while (table.quiet(level / 1000.0).size() < 15) {
      level++;
    }
    assertThat(found.quietThreshold()).isEqualTo(level / 1000.0).isGreaterThan(0.005);
    assertThat(samples(found.build(0.47), -1)).isEqualTo(table.quiet(level / 1000.0));
    assertThat(samples(found.build(0.47, 1.2), -1))
        .isEqualTo(table.quiet(Math.round(1.2 * level) / 1000.0));
    assertThat(samples(found.build(0.47, 0.8), -1))
        .isEqualTo(table.quiet(Math.round(0.8 * level) / 1000.0));
  }

  @Test
  void accept_firstWindowAfterAllOthersAndEachTwice_givesTheSameSet() throws Exception {
    AnalysisSpec spec = spec(SoftnessRule.standard());
    Table table = new Table(spec, Cages.of("cold", 5, 150));
    TrainingSet set = table.stream(folder.resolve("in-order")).build(0.47);
    table.windows.add(table.windows.remove(0));
    table.windows.addAll(List.copyOf(table.windows));

    assertThat(table.stream(folder.resolve("late")).build(0.47)).isEqualTo(set);
  }

  private static AnalysisSpec spec(SoftnessRule rule) {
    return new AnalysisSpec(
        1000,
        10_000,
        2000,
        HopConvention.INCLUSIVE,
        Target.A,
        P_C,
        FeatureSpec.standard(),
        new TrainingSpec(TrainingSpec.Label.P_HOP, 0.01, 10, 0, false, rule),
        false,
        new long[0],
        false,
        Quench.OFF);
  }

  private record Sample(int particle, double time, double structureTime, double pHop) {}

  private static Set<Sample> samples(TrainingSet set, int label) {
    Set<Sample> samples = new java.util.HashSet<>();
    for (int i = 0; i < set.count(); i++) {
      if (set.labels()[i] == label) {
        TrainingSet.Origin o = set.origin(i);
        samples.add(new Sample(o.particle(), o.time(), o.structureTime(), o.hop()));
      }
    }
    return samples;
  }

  private static void assertFeatures(TrainingSet set, Table table, AnalysisSpec spec) {
    int width = spec.features().featureCount();
    for (int i = 0; i < set.count(); i += 7) {
      Frame frame = table.frames.get((int) set.structureTimes()[i]);
      double[] expected =
          RadialStructure.exact(spec.features())
              .features(frame, new int[] {set.particles()[i] - 1});
      for (int k = 0; k < width; k++) {
        assertThat(set.features()[i * width + k]).isEqualTo((float) expected[k]);
      }
    }
  }

  /** All windows of a run, and its p_hop by particle and time. */
  private static final class Table {
    private final AnalysisSpec spec;
    private final Map<Integer, Frame> frames = new HashMap<>();
    private final List<HopFrame> windows = new ArrayList<>();
    private final Map<Integer, TreeMap<Integer, Double>> pHop = new TreeMap<>();

    Table(AnalysisSpec spec, List<Frame> all) {
      this.spec = spec;
      all.forEach(f -> frames.put((int) f.time(), f));
      WindowMeasure measure = WindowMeasure.of(spec);
      for (int t = 5; t < FRAMES; t++) {
        List<Frame> window = new ArrayList<>();
        for (int s = t - 5; s <= t + 5; s++) {
          if (frames.containsKey(s)) {
            window.add(frames.get(s));
          }
        }
        if (window.size() == 11) {
          HopFrame hops = measure.measure(window, windows.size());
          windows.add(hops);
          for (int i = 0; i < hops.pHop().length; i++) {
            pHop.computeIfAbsent(i + 1, p -> new TreeMap<>()).put(t, hops.pHop()[i]);
          }
        }
      }
    }

    /** Reverses blocks of windows. */
    void swap(int block) {
      for (int at = 0; at + block <= windows.size(); at += block) {
        java.util.Collections.reverse(windows.subList(at, at + block));
      }
    }

    SoftnessSet stream(Path folder) throws Exception {
      ShardFolder shards = ShardFolder.at(folder);
      SoftnessCollector collector = SoftnessCollector.of(spec);
      Map<Long, HopFrame> early = new HashMap<>();
      Map<Long, Frame> structures = new HashMap<>();
      Map<Long, double[]> kept = new HashMap<>();
      Keep keep = new Keep(Kept.in(early), Kept.in(structures), Kept.in(kept));
      List<SoftnessSamples> found = new ArrayList<>();
      int largest = 0;
      for (HopFrame window : windows) {
        collector = SoftnessCollector.decode(collector.encode(), spec);
        found.addAll(collector.accept(HopFrame.fromBytes(window.toBytes()), keep));
        largest = Math.max(largest, Math.max(structures.size(), kept.size()));
      }
      found.addAll(collector.finish(keep));
      assertThat(largest).isLessThanOrEqualTo(127);
      assertThat(early).isEmpty();
      assertThat(structures).isEmpty();
      assertThat(kept).isEmpty();
      RadialStructure kernel = RadialStructure.exact(spec.features());
      for (SoftnessSamples s : found) {
        SampleShard shard = SoftnessSamples.fromBytes(s.toBytes()).measure(kernel);
        shards.write(shard);
        shards.write(SampleShard.fromBytes(shard.toBytes(), "test"));
      }
      return SoftnessSet.of(spec, null).add(shards, "cold");
    }

    /** Maximal runs of consecutive times at which a condition holds. */
    private static List<List<Integer>> runs(
        Map<Integer, Double> values, java.util.function.DoublePredicate condition) {
      List<List<Integer>> runs = new ArrayList<>();
      List<Integer> run = new ArrayList<>();
      for (int t = 0; t <= FRAMES; t++) {
        boolean holds = values.containsKey(t) && condition.test(values.get(t));
        if (!holds && !run.isEmpty()) {
          runs.add(run);
          run = new ArrayList<>();
        }
        if (holds) {
          run.add(t);
        }
      }
      return runs;
    }

    Set<Sample> hops(boolean peaks) {
      Set<Sample> hops = new java.util.HashSet<>();
      pHop.forEach(
          (particle, values) -> {
            for (List<Integer> run : runs(values, p -> p > P_C)) {
              int best = run.get(0);
              for (int t : run) {
                best = values.get(t) > values.get(best) ? t : best;
              }
              for (int t : peaks ? List.of(best) : run) {
                hops.add(new Sample(particle, t, t - 2, values.get(t)));
              }
            }
          });
      return hops;
    }

    Set<Sample> quiet(double threshold) {
      Set<Sample> quiet = new java.util.HashSet<>();
      pHop.forEach(
          (particle, values) -> {
            for (List<Integer> run : runs(values, p -> p < threshold)) {
              TreeSet<Integer> rest = new TreeSet<>(run);
              while (rest.size() >= 121) {
                int first = rest.first();
                int last = Math.min(rest.last(), first + 240);
                int middle = Math.floorDiv(first + last, 2);
                quiet.add(new Sample(particle, middle, middle, values.get(middle)));
                rest = new TreeSet<>(rest.tailSet(last, false));
              }
            }
          });
      return quiet;
    }
  }
}
