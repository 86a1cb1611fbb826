package io.vitrine.analysis;

import io.vitrine.format.ShardFolder;
import io.vitrine.format.WindowShard;
import io.vitrine.learning.BulkMoments;
import io.vitrine.model.TrainingSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The fluidity training set of a run: of each simulation the m = min(K, round(f n)) lowest and
 * highest of its n p_hop values, put together from what the windows left.
 *
 * <p>Every member of the final tails left its features when its window passed, as no K others beat
 * it then either; so the set is that of sorting the whole run. Ties: earlier time, then smaller
 * particle. Two passes over the shards; memory: the candidates' keys and the set itself.
 */
public final class FluiditySet {
  /** Name of the rule, attribute {@code rule} of the file. */
  public static final String RULE = "fluidity";

  private final AnalysisSpec spec;
  private final TrainingSet.Builder set;
  private final BulkMoments bulk;
  private boolean anyBulk;
  private int low;
  private int high;
  private double effectiveFraction = Double.NaN;

  private FluiditySet(AnalysisSpec spec) {
    this.spec = spec;
    this.set = TrainingSet.of(spec.features());
    this.bulk = BulkMoments.of(spec.features().featureCount());
  }

  /** An empty set. */
  public static FluiditySet of(AnalysisSpec spec) {
    return new FluiditySet(spec);
  }

  private record Candidate(double pHop, long time, int particle) {
    private static final Comparator<Candidate> ASCENDING =
        Comparator.comparingDouble(Candidate::pHop)
            .thenComparingLong(Candidate::time)
            .thenComparingInt(Candidate::particle);

    private static final Comparator<Candidate> DESCENDING =
        Comparator.comparingDouble(Candidate::pHop)
            .reversed()
            .thenComparingLong(Candidate::time)
            .thenComparingInt(Candidate::particle);
  }

  /**
   * Adds the tails of one simulation.
   *
   * @param shards what its windows left
   * @param windows how many complete windows there are
   */
  public FluiditySet add(ShardFolder shards, String simulation, long windows) throws IOException {
    List<Candidate> lows = new ArrayList<>();
    List<Candidate> highs = new ArrayList<>();
    int targets = 0;
    try (Stream<WindowShard> all = shards.read(simulation)) {
      for (Iterator<WindowShard> it = all.iterator(); it.hasNext(); ) {
        WindowShard shard = it.next();
        targets = Math.max(targets, shard.targets());
        for (int c = 0; c < shard.chosen().length; c++) {
          (shard.labels()[c] < 0 ? lows : highs)
              .add(new Candidate(shard.chosenPHop()[c], shard.timeMillis(), shard.chosen()[c]));
        }
        if (shard.bulk() != null) {
          bulk.merge(BulkMoments.decode(shard.bulk()));
          anyBulk = true;
        }
      }
    }
    long n = windows * targets;
    int m =
        (int) Math.min(spec.tailCapacity(), Math.min(Math.round(spec.tailFraction() * n), n / 2));
    Map<Candidate, Integer> lowRank = ranks(lows, Candidate.ASCENDING, m);
    Map<Candidate, Integer> highRank = ranks(highs, Candidate.DESCENDING, m);
    low += lowRank.size();
    high += highRank.size();
    if (n > 0) {
      double fraction = Math.min(spec.tailFraction(), (double) spec.tailCapacity() / n);
      effectiveFraction =
          Double.isNaN(effectiveFraction) ? fraction : Math.min(effectiveFraction, fraction);
    }
    addSamples(shards, simulation, lowRank, highRank);
    return this;
  }

  private static Map<Candidate, Integer> ranks(
      List<Candidate> candidates, Comparator<Candidate> order, int m) {
    candidates.sort(order);
    Map<Candidate, Integer> ranks = new HashMap<>();
    for (int r = 0; r < Math.min(m, candidates.size()); r++) {
      ranks.put(candidates.get(r), r);
    }
    return ranks;
  }

  private record Sample(TrainingSet.Origin origin, float[] features) {}

  private void addSamples(
      ShardFolder shards,
      String simulation,
      Map<Candidate, Integer> lowRank,
      Map<Candidate, Integer> highRank)
      throws IOException {
    TreeMap<Integer, Sample> lows = new TreeMap<>();
    TreeMap<Integer, Sample> highs = new TreeMap<>();
    int width = spec.features().featureCount();
    try (Stream<WindowShard> all = shards.read(simulation)) {
      for (Iterator<WindowShard> it = all.iterator(); it.hasNext(); ) {
        WindowShard shard = it.next();
        for (int c = 0; c < shard.chosen().length; c++) {
          boolean isLow = shard.labels()[c] < 0;
          Candidate key =
              new Candidate(shard.chosenPHop()[c], shard.timeMillis(), shard.chosen()[c]);
          Integer rank = (isLow ? lowRank : highRank).get(key);
          if (rank != null) {
            float[] features = new float[width];
            System.arraycopy(shard.chosenFeatures(), c * width, features, 0, width);
            TrainingSet.Origin origin =
                new TrainingSet.Origin(
                    simulation,
                    shard.chosen()[c],
                    shard.timeMillis() / 1000.0,
                    shard.structureMillis() / 1000.0,
                    shard.chosenPHop()[c]);
            (isLow ? lows : highs).put(rank, new Sample(origin, features));
          }
        }
      }
    }
    lows.values().forEach(s -> set.add(-1, s.origin(), s.features(), 0));
    highs.values().forEach(s -> set.add(1, s.origin(), s.features(), 0));
  }

  /** Samples of the low tails so far. */
  public int low() {
    return low;
  }

  /** Samples of the high tails so far. */
  public int high() {
    return high;
  }

  /** The set, with every convention as an attribute. */
  public TrainingSet build(double temperature) {
    set.attribute("rule", RULE)
        .attribute("p_hop_convention", spec.convention().label())
        .attribute("interval", spec.intervalMillis() / 1000.0)
        .attribute("window", spec.window().spanMillis() / 1000.0)
        .attribute("lag", spec.window().lagFrames() * spec.intervalMillis() / 1000.0)
        .attribute("targets", spec.targets().name())
        .attribute("hop_threshold", spec.hopThreshold())
        .attribute("tail_fraction", spec.tailFraction())
        .attribute("tail_capacity", (long) spec.tailCapacity())
        .attribute("tail_fraction_effective", effectiveFraction);
    if (!Double.isNaN(temperature)) {
      set.attribute(TrainingSet.TEMPERATURE, temperature);
    }
    return set.bulk(anyBulk ? bulk.result() : null).build();
  }
}
