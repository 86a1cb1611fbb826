package io.vitrine.learning;

import io.vitrine.model.TrainingSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How much independent evidence a training set holds, to be read beside its n.
 *
 * @param events samples of one particle and class that follow each other in less than a window (10
 *     tau) show one event and count once
 * @param particles different particles
 * @param blocks different stretches of 50 tau of the simulations: windows of one stretch see the
 *     same slow structure
 */
public record EffectiveSamples(int events, int particles, int blocks) {
  private static final double WINDOW = 10;
  private static final double BLOCK = 50;

  private record Particle(String simulation, int id) {}

  private record Stretch(String simulation, long number) {}

  /** Of a set; cost O(n log n). */
  public static EffectiveSamples of(TrainingSet set) {
    String[] simulations = set.simulations();
    Integer[] order = IntStream.range(0, set.count()).boxed().toArray(Integer[]::new);
    Arrays.sort(
        order,
        Comparator.comparing((Integer i) -> simulations[i])
            .thenComparingInt(i -> set.particles()[i])
            .thenComparingInt(i -> set.labels()[i])
            .thenComparingDouble(i -> set.times()[i]));
    Set<Particle> particles = new HashSet<>();
    Set<Stretch> blocks = new HashSet<>();
    int events = 0;
    int before = -1;
    for (int i : order) {
      boolean same =
          before >= 0
              && simulations[i].equals(simulations[before])
              && set.particles()[i] == set.particles()[before]
              && set.labels()[i] == set.labels()[before]
              && set.times()[i] - set.times()[before] < WINDOW;
      events += same ? 0 : 1;
      particles.add(new Particle(simulations[i], set.particles()[i]));
      blocks.add(new Stretch(simulations[i], (long) Math.floor(set.times()[i] / BLOCK)));
      before = i;
    }
    return new EffectiveSamples(events, particles.size(), blocks.size());
  }

  /** By name, ready for JSON. */
  Map<String, Object> report() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("events", events);
    report.put("particles", particles);
    report.put("blocks", blocks);
    return report;
  }
}
