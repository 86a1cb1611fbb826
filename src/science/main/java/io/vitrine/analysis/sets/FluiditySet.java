package io.vitrine.analysis.sets;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Conventions;
import io.vitrine.analysis.spec.TrainingSpec;
import io.vitrine.format.run.ShardFolder;
import io.vitrine.format.run.WindowShard;
import io.vitrine.learning.BulkMoments;
import io.vitrine.learning.EffectiveSamples;
import io.vitrine.learning.sampling.KeyedSample;
import io.vitrine.learning.sampling.Tail;
import io.vitrine.learning.sampling.Thinning;
import io.vitrine.model.FeatureMoments;
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
 * highest of its n p_hop values, put together from what the windows left; and, where it was asked
 * for, the immobile-versus-random set (Fig. 8 of the paper): the same low tail against as many
 * drawn uniformly from all others.
 *
 * <p>Every member of the final tails left its features when its window passed, as no K others beat
 * it then either; so the set is that of sorting the whole run. Ties: earlier time, then smaller
 * particle. Where a particle gives one sample within some time, its others are replaced by less
 * extreme values, so more of the distribution lies beyond the thresholds: {@code tail_fraction_low}
 * and {@code tail_fraction_high} say what part of all values does, beside the thresholds {@code
 * p_l} and {@code p_u} and the number of {@code events}. Both tails of a simulation are as long as
 * the shorter one: of unequal classes that overlap the best classifier may be a constant. Two
 * passes over the shards; memory: the candidates' keys and the sets themselves.
 */
public final class FluiditySet {
  /** Name of the rule, attribute {@code rule} of the file. */
  public static final String RULE = "fluidity";

  /** Name of the other rule. */
  public static final String RANDOM_RULE = "immobile-vs-random";

  private final AnalysisSpec spec;
  private final TrainingSet.Builder set;
  private final TrainingSet.Builder randomSet;
  private final BulkMoments bulk;
  private boolean anyBulk;
  private int low;
  private int high;
  private int random;
  private final Beyond lowest = new Beyond();
  private final Beyond highest = new Beyond();

  private FluiditySet(AnalysisSpec spec) {
    this.spec = spec;
    this.set = TrainingSet.of(spec.features());
    this.randomSet = TrainingSet.of(spec.features());
    this.bulk = BulkMoments.of(spec.features().featureCount());
  }

  /** An empty set. */
  public static FluiditySet of(AnalysisSpec spec) {
    return new FluiditySet(spec);
  }

  private record Key(long time, int particle) {}

  private record Candidate(double label, Key key) {
    private static final Comparator<Candidate> ASCENDING =
        Comparator.comparingDouble(Candidate::label)
            .thenComparingLong(c -> c.key().time())
            .thenComparingInt(c -> c.key().particle());

    private static final Comparator<Candidate> DESCENDING =
        Comparator.comparingDouble(Candidate::label)
            .reversed()
            .thenComparingLong(c -> c.key().time())
            .thenComparingInt(c -> c.key().particle());
  }

  /** One tail of the simulations so far: its widest threshold, and how many values lie beyond. */
  private static final class Beyond {
    private Candidate widest;
    private long values;
    private long all;

    /** Values as extreme as the threshold, of all candidates: those that thinning left out too. */
    private void add(Tail chosen, List<Candidate> candidates, Comparator<Candidate> order, long n) {
      all += n;
      int last = chosen.count() - 1;
      if (last >= 0) {
        Key edge = new Key(chosen.times()[last], chosen.particles()[last]);
        Candidate least = new Candidate(chosen.threshold(), edge);
        values += candidates.stream().filter(c -> order.compare(c, least) <= 0).count();
        widest = widest == null || order.compare(widest, least) < 0 ? least : widest;
      }
    }

    private double threshold() {
      return widest == null ? Double.NaN : widest.label();
    }

    private double fraction() {
      return all == 0 ? Double.NaN : (double) values / all;
    }
  }

  /** What the windows of one simulation left, by label. */
  private static final class Candidates {
    private final Map<Byte, List<Candidate>> byLabel = new HashMap<>();
    private int targets;

    private void add(WindowShard shard) {
      targets = Math.max(targets, shard.targets());
      for (int c = 0; c < shard.chosen().length; c++) {
        byLabel
            .computeIfAbsent(shard.labels()[c], l -> new ArrayList<>())
            .add(
                new Candidate(
                    shard.chosenPHop()[c], new Key(shard.timeMillis(), shard.chosen()[c])));
      }
    }

    private List<Candidate> of(byte label) {
      return byLabel.getOrDefault(label, List.of());
    }
  }

  /** Places of the members of one simulation in each part of the sets. */
  private record Members(Map<Key, Integer> low, Map<Key, Integer> high, Map<Key, Integer> drawn) {
    private Map<Key, Integer> of(byte label) {
      return label == WindowShard.LOW ? low : label == WindowShard.HIGH ? high : drawn;
    }
  }

  /**
   * Adds the tails of one simulation.
   *
   * @param shards what its windows left
   * @param windows how many complete windows there are
   */
  public FluiditySet add(ShardFolder shards, String simulation, long windows) throws IOException {
    Candidates candidates = new Candidates();
    try (Stream<WindowShard> all = shards.read(simulation)) {
      for (Iterator<WindowShard> it = all.iterator(); it.hasNext(); ) {
        WindowShard shard = it.next();
        candidates.add(shard);
        if (shard.bulk() != null) {
          bulk.merge(BulkMoments.decode(shard.bulk()));
          anyBulk = true;
        }
      }
    }
    long n = windows * candidates.targets;
    int m =
        (int) Math.min(spec.tailCapacity(), Math.min(Math.round(spec.tailFraction() * n), n / 2));
    Tail lowest = tail(candidates.of(WindowShard.LOW), Candidate.ASCENDING, m);
    Tail highest = tail(candidates.of(WindowShard.HIGH), Candidate.DESCENDING, m);
    int both = Math.min(lowest.count(), highest.count());
    lowest = lowest.first(both);
    highest = highest.first(both);
    this.lowest.add(lowest, candidates.of(WindowShard.LOW), Candidate.ASCENDING, n);
    this.highest.add(highest, candidates.of(WindowShard.HIGH), Candidate.DESCENDING, n);
    Map<Key, Integer> lowPlaces = places(lowest);
    Map<Key, Integer> drawn = drawn(simulation, candidates.of(WindowShard.DRAWN), lowPlaces);
    addSamples(shards, simulation, new Members(lowPlaces, places(highest), drawn));
    return this;
  }

  /** The m most extreme, or of each particle now and then only the most extreme. */
  private Tail tail(List<Candidate> candidates, Comparator<Candidate> order, int m) {
    int thin = spec.training().thinMillis();
    List<Candidate> sorted =
        candidates.stream().sorted(order).limit(thin > 0 ? spec.tailCapacity() : m).toList();
    Tail tail =
        Tail.of(
            sorted.stream().mapToLong(c -> c.key().time()).toArray(),
            sorted.stream().mapToInt(c -> c.key().particle()).toArray(),
            sorted.stream().mapToDouble(Candidate::label).toArray());
    return thin > 0 ? Thinning.keep(tail, m, thin) : tail;
  }

  private static Map<Key, Integer> places(Tail tail) {
    Map<Key, Integer> places = new HashMap<>();
    for (int i = 0; i < tail.count(); i++) {
      places.put(new Key(tail.times()[i], tail.particles()[i]), i);
    }
    return places;
  }

  /** As many of all particles as the low tail has, and none of it, in the order of the draw. */
  private Map<Key, Integer> drawn(
      String simulation, List<Candidate> candidates, Map<Key, Integer> lowest) {
    KeyedSample draw =
        KeyedSample.of(spec.training().drawCapacity(), TrainingSpec.SEED, simulation);
    candidates.forEach(c -> draw.offer(c.key().time(), c.key().particle()));
    Map<Key, Integer> places = new HashMap<>();
    for (KeyedSample.Drawn d :
        KeyedSample.smallest(
            List.of(draw),
            lowest.size(),
            d -> lowest.containsKey(new Key(d.time(), d.particle())))) {
      places.put(new Key(d.time(), d.particle()), places.size());
    }
    return places;
  }

  private record Sample(TrainingSet.Origin origin, float[] features) {
    private void addTo(TrainingSet.Builder builder, int label) {
      builder.add(label, origin, features, 0);
    }
  }

  private void addSamples(ShardFolder shards, String simulation, Members members)
      throws IOException {
    Map<Byte, TreeMap<Integer, Sample>> found = new HashMap<>();
    for (byte label : new byte[] {WindowShard.LOW, WindowShard.HIGH, WindowShard.DRAWN}) {
      found.put(label, new TreeMap<>());
    }
    int width = spec.features().featureCount();
    try (Stream<WindowShard> all = shards.read(simulation)) {
      for (Iterator<WindowShard> it = all.iterator(); it.hasNext(); ) {
        WindowShard shard = it.next();
        for (int c = 0; c < shard.chosen().length; c++) {
          byte label = shard.labels()[c];
          Integer place = members.of(label).get(new Key(shard.timeMillis(), shard.chosen()[c]));
          if (place != null) {
            float[] features = new float[width];
            System.arraycopy(shard.chosenFeatures(), c * width, features, 0, width);
            TrainingSet.Origin origin =
                new TrainingSet.Origin(
                    simulation,
                    shard.chosen()[c],
                    shard.timeMillis() / 1000.0,
                    shard.structureMillis() / 1000.0,
                    shard.chosenPHop()[c]);
            found.get(label).put(place, new Sample(origin, features));
          }
        }
      }
    }
    var lows = found.get(WindowShard.LOW).values();
    var highs = found.get(WindowShard.HIGH).values();
    var draws = found.get(WindowShard.DRAWN).values();
    lows.forEach(s -> s.addTo(set, -1));
    highs.forEach(s -> s.addTo(set, 1));
    lows.forEach(s -> s.addTo(randomSet, -1));
    draws.forEach(s -> s.addTo(randomSet, 1));
    low += lows.size();
    high += highs.size();
    random += draws.size();
  }

  /** Samples of the low tails so far. */
  public int low() {
    return low;
  }

  /** Samples of the high tails so far. */
  public int high() {
    return high;
  }

  /** Samples of the random draws so far. */
  public int random() {
    return random;
  }

  /** Moments of the structure functions of all targets; null where no window left any. */
  public FeatureMoments bulk() {
    return anyBulk ? bulk.result() : null;
  }

  /** The set, with every convention as an attribute. */
  public TrainingSet build(double temperature) {
    return finish(set, RULE, temperature);
  }

  /** The low tails against the random draws. */
  public TrainingSet buildRandom(double temperature) {
    return finish(randomSet.attribute("seed", TrainingSpec.SEED), RANDOM_RULE, temperature);
  }

  private TrainingSet finish(TrainingSet.Builder builder, String rule, double temperature) {
    builder
        .attribute("rule", rule)
        .attributes(Conventions.of(spec))
        .temperature(temperature)
        .attribute("label", spec.training().label().text())
        .attribute("tail_fraction", spec.tailFraction())
        .attribute("tail_capacity", (long) spec.tailCapacity())
        .attribute("tail_fraction_effective", Math.max(lowest.fraction(), highest.fraction()))
        .attribute("tail_fraction_low", lowest.fraction())
        .attribute("p_l", lowest.threshold());
    if (rule.equals(RULE)) {
      builder
          .attribute("tail_fraction_high", highest.fraction())
          .attribute("p_u", highest.threshold());
    }
    if (spec.training().thinMillis() > 0) {
      builder.attribute("one_sample_within", spec.training().thinMillis() / 1000.0);
    }
    TrainingSet built = builder.bulk(bulk()).build();
    return builder.attribute("events", (long) EffectiveSamples.of(built).events()).build();
  }
}
