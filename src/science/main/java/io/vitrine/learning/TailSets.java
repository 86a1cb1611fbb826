package io.vitrine.learning;

import io.vitrine.model.Check;
import io.vitrine.model.TrainingSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Training sets out of tails: which of the candidates, kept with their features as they survived on
 * arrival, are members now that all is seen.
 *
 * <p>Candidates carry +1 where they may belong to the high tail or to the random draw and -1 for
 * the low tail; their order does not matter and one may occur twice (a replay). Members come by
 * simulation, quiet ones after the others, each tail from its most extreme value on. Thresholds,
 * fractions and counts are recorded as attributes beside those of the candidates:
 *
 * <ul>
 *   <li>{@code rule}: {@code fluidity} or {@code immobile-vs-random}
 *   <li>{@code tail_fraction} asked for, {@code effective_fraction} the smallest reached by a
 *       simulation, {@code p_hop_values} n of all
 *   <li>{@code p_l}, {@code p_u}: the least extreme members of all low and high tails
 *   <li>{@code seed} of the random draw
 * </ul>
 *
 * Cost: one hash look-up a candidate.
 */
public final class TailSets {
  private TailSets() {}

  private record Key(int label, String simulation, long time, int particle) {}

  /**
   * The fluidity set: round(fraction n) of both tails of each simulation.
   *
   * @param tails of each simulation by id
   * @param thinning ms within which a particle gives one sample only; 0 keeps all
   */
  public static TrainingSet fluidity(
      TrainingSet candidates,
      SortedMap<String, TailAccumulator> tails,
      double fraction,
      long thinning) {
    Map<Key, Integer> rows = rows(candidates);
    TrainingSet.Builder set = builder(candidates, tails, fraction).attribute("rule", "fluidity");
    double lower = Double.NEGATIVE_INFINITY;
    double upper = Double.POSITIVE_INFINITY;
    for (Map.Entry<String, TailAccumulator> entry : tails.entrySet()) {
      TailAccumulator.Tails both = tails(entry.getValue(), fraction, thinning);
      addAll(set, candidates, rows, keys(1, entry.getKey(), both.high()));
      addAll(set, candidates, rows, keys(-1, entry.getKey(), both.low()));
      if (both.low().count() > 0) {
        lower = Math.max(lower, both.low().threshold());
      }
      if (both.high().count() > 0) {
        upper = Math.min(upper, both.high().threshold());
      }
    }
    if (thinning > 0) {
      set.attribute("one_sample_within", thinning / 1e3);
    }
    return threshold(threshold(set, "p_l", lower), "p_u", upper).build();
  }

  /**
   * The immobile-versus-random set (Fig. 8 of the paper): the low tail of each simulation against
   * as many of all others, drawn uniformly.
   *
   * @param draws of each simulation that {@code tails} holds, of everything it offered, with at
   *     least twice the capacity of its tails
   */
  public static TrainingSet immobileVersusRandom(
      TrainingSet candidates,
      SortedMap<String, TailAccumulator> tails,
      List<KeyedSample> draws,
      double fraction,
      long seed) {
    Map<Key, Integer> rows = rows(candidates);
    TrainingSet.Builder set =
        builder(candidates, tails, fraction)
            .attribute("rule", "immobile-vs-random")
            .attribute("seed", seed);
    List<Key> low = new ArrayList<>();
    double lower = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, TailAccumulator> entry : tails.entrySet()) {
      Tail tail = entry.getValue().result(fraction).low();
      low.addAll(keys(-1, entry.getKey(), tail));
      lower = tail.count() > 0 ? Math.max(lower, tail.threshold()) : lower;
    }
    Set<Key> immobile = new HashSet<>(low);
    List<Key> random =
        KeyedSample.smallest(
                draws,
                low.size(),
                d -> immobile.contains(new Key(-1, d.simulation(), d.time(), d.particle())))
            .stream()
            .map(d -> new Key(1, d.simulation(), d.time(), d.particle()))
            .toList();
    addAll(set, candidates, rows, random);
    addAll(set, candidates, rows, low);
    return threshold(set, "p_l", lower).build();
  }

  private static TailAccumulator.Tails tails(
      TailAccumulator accumulator, double fraction, long thinning) {
    return thinning > 0 ? accumulator.thinned(fraction, thinning) : accumulator.result(fraction);
  }

  private static TrainingSet.Builder builder(
      TrainingSet candidates, SortedMap<String, TailAccumulator> tails, double fraction) {
    long seen = tails.values().stream().mapToLong(TailAccumulator::seen).sum();
    double effective =
        tails.values().stream()
            .mapToDouble(t -> t.effectiveFraction(fraction))
            .min()
            .orElse(fraction);
    return TrainingSet.of(candidates.spec())
        .attributes(candidates.attributes())
        .bulk(candidates.bulk().orElse(null))
        .attribute("tail_fraction", fraction)
        .attribute("effective_fraction", effective)
        .attribute("p_hop_values", seen);
  }

  private static TrainingSet.Builder threshold(TrainingSet.Builder set, String name, double value) {
    return Double.isInfinite(value) ? set : set.attribute(name, value);
  }

  private static Map<Key, Integer> rows(TrainingSet candidates) {
    Map<Key, Integer> rows = new HashMap<>();
    for (int i = 0; i < candidates.count(); i++) {
      rows.put(
          new Key(
              candidates.labels()[i],
              candidates.simulations()[i],
              Math.round(1e3 * candidates.times()[i]),
              candidates.particles()[i]),
          i);
    }
    return rows;
  }

  private static List<Key> keys(int label, String simulation, Tail tail) {
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < tail.count(); i++) {
      keys.add(new Key(label, simulation, tail.times()[i], tail.particles()[i]));
    }
    return keys;
  }

  private static void addAll(
      TrainingSet.Builder set, TrainingSet candidates, Map<Key, Integer> rows, List<Key> keys) {
    int d = candidates.spec().featureCount();
    for (Key key : keys) {
      Integer row = rows.get(key);
      if (row == null) {
        throw Check.refuse("candidates", "hold every member of the tails", "without " + key);
      }
      set.add(key.label(), candidates.origin(row), candidates.features(), row * d);
    }
  }
}
