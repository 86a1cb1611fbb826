package io.vitrine.analysis.sets;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Conventions;
import io.vitrine.analysis.spec.SoftnessRule;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.format.run.SampleShard;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.learning.sampling.KeyedSample;
import io.vitrine.learning.sampling.QuietRuns;
import io.vitrine.model.FeatureMoments;
import io.vitrine.model.TrainingSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The softness training set of a run, put together from what the windows left: of each simulation
 * at most {@code size} hops and as many quiet runs, drawn by keyed hashes, hops first, each by time
 * and particle.
 *
 * <p>A calibrated p_l is the smallest of the grid at which all simulations together have as many
 * quiet runs as are wanted: {@code size}, or as many as there are hops. Where even the largest has
 * too few there is no p_l, and the set has hops only.
 */
public final class SoftnessSet {
  /** Name of the rule, attribute {@code rule} of the file. */
  public static final String RULE = "softness";

  private static final Comparator<Sample> IN_ORDER =
      Comparator.comparing((Sample s) -> s.origin().simulation())
          .thenComparingDouble(s -> s.origin().time())
          .thenComparingInt(s -> s.origin().particle())
          .thenComparingLong(Sample::start);

  private final AnalysisSpec spec;
  private final SoftnessRule rule;
  private final List<Sample> hops = new ArrayList<>();
  private final List<Sample> quiet = new ArrayList<>();
  private final FeatureMoments bulk;

  private SoftnessSet(AnalysisSpec spec, FeatureMoments bulk) {
    this.spec = spec;
    this.bulk = bulk;
    this.rule = spec.training().softness();
  }

  /** An empty set, with the moments of the structure functions of all targets, or null. */
  public static SoftnessSet of(AnalysisSpec spec, FeatureMoments bulk) {
    return new SoftnessSet(spec, bulk);
  }

  private record Sample(
      TrainingSet.Origin origin, long start, int lowest, int highest, float[] features) {
    private boolean at(int level) {
      return lowest <= level && level <= highest;
    }
  }

  private record Key(int particle, long start) {}

  /** Adds what the windows of one simulation left. */
  public SoftnessSet add(ShardFolder shards, String simulation) throws IOException {
    Map<Key, Sample> latest = new HashMap<>();
    List<Sample> runs = new ArrayList<>();
    try (Stream<SampleShard> all = shards.readSamples(simulation)) {
      for (Iterator<SampleShard> it = all.iterator(); it.hasNext(); ) {
        SampleShard shard = it.next();
        for (int i = 0; i < shard.particles().length; i++) {
          Sample sample = sample(shard, i);
          if (shard.labels()[i] < 0) {
            runs.add(sample);
          } else {
            // Of one hop the last candidate is its largest p_hop.
            latest.merge(
                new Key(shard.particles()[i], shard.starts()[i]),
                sample,
                (a, b) -> a.origin().time() > b.origin().time() ? a : b);
          }
        }
      }
    }
    hops.addAll(drawn(simulation, List.copyOf(latest.values())));
    quiet.addAll(rule.isCalibrated() ? runs : drawn(simulation, runs));
    return this;
  }

  private Sample sample(SampleShard shard, int i) {
    int width = spec.features().featureCount();
    float[] features = new float[width];
    System.arraycopy(shard.features(), i * width, features, 0, width);
    TrainingSet.Origin origin =
        new TrainingSet.Origin(
            shard.simulation(),
            shard.particles()[i],
            shard.times()[i] / 1000.0,
            shard.structureMillis() / 1000.0,
            shard.pHop()[i]);
    return new Sample(origin, shard.starts()[i], shard.lowest()[i], shard.highest()[i], features);
  }

  /** At most {@code size}, whatever the order. */
  private List<Sample> drawn(String simulation, List<Sample> samples) {
    KeyedSample draw = KeyedSample.of(rule.size(), TrainingSpec.SEED, simulation);
    Set<Key> offered = new HashSet<>();
    for (Sample s : samples) {
      if (offered.add(new Key(s.origin().particle(), s.start()))) {
        draw.offer(s.start(), s.origin().particle());
      }
    }
    return samples.stream().filter(s -> draw.keeps(s.start(), s.origin().particle())).toList();
  }

  /** Index of p_l among the rule's thresholds; -1 where none gives enough. */
  private int level() {
    if (!rule.isCalibrated()) {
      return 0;
    }
    long[] counts = new long[rule.levels().length];
    for (Sample run : quiet) {
      for (int g = run.lowest(); g <= run.highest(); g++) {
        counts[g]++;
      }
    }
    long wanted = Math.min(rule.size(), hops.size());
    return wanted == 0 ? -1 : QuietRuns.calibrate(List.of(counts), wanted);
  }

  /** p_l, sigma^2; NaN where none gives enough quiet runs. */
  public double quietThreshold() {
    int level = level();
    return level < 0 ? Double.NaN : rule.levels()[level];
  }

  /** Hops in the set. */
  public int hops() {
    return hops.size();
  }

  /** Quiet runs in the set. */
  public int quiet() {
    return runs(level()).size();
  }

  private List<Sample> runs(int level) {
    return quiet.stream().filter(run -> run.at(level)).toList();
  }

  /** The set, with every convention as an attribute. */
  public TrainingSet build(double temperature) {
    return build(level(), temperature);
  }

  /**
   * The set with another p_l.
   *
   * @param factor by which it is larger than the calibrated one; to the nearest of the grid
   */
  public TrainingSet build(double temperature, double factor) {
    int level = level();
    int other = (int) Math.round(factor * (level + 1)) - 1;
    return build(Math.max(0, Math.min(rule.levels().length - 1, other)), temperature);
  }

  private TrainingSet build(int level, double temperature) {
    TrainingSet.Builder set =
        TrainingSet.of(spec.features())
            .attribute("rule", RULE)
            .attributes(Conventions.of(spec))
            .temperature(temperature)
            .attribute("p_c", spec.hopThreshold())
            .attribute("p_l", level < 0 ? Double.NaN : rule.levels()[level])
            .attribute("quiet", rule.isCalibrated() ? "auto" : "fixed")
            .attribute("size", (long) rule.size())
            .attribute("one_sample_a_hop", rule.peaks() ? 1L : 0L)
            .attribute("seed", TrainingSpec.SEED);
    hops.stream().sorted(IN_ORDER).forEach(s -> set.add(1, s.origin(), s.features(), 0));
    runs(level).stream().sorted(IN_ORDER).forEach(s -> set.add(-1, s.origin(), s.features(), 0));
    return set.bulk(bulk).build();
  }
}
