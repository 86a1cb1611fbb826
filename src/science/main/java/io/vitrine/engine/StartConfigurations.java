package io.vitrine.engine;

import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Shipped equilibrated configurations of the Kob-Andersen mixture (80:20, density 1.2, cut at 2.5
 * sigma_ab): a run started from one of them looks equilibrated from its first frame.
 *
 * <p>A resource is a gzipped {@link Simulation#snapshot}; beside it a JSON file says how it was
 * made and what speaks for its equilibrium. An N and T may have several starts, of small seeds:
 * each was melted and cooled on its own, so runs from them are independent.
 */
public final class StartConfigurations {
  private static final int MOST_SEEDS = 9;

  private StartConfigurations() {}

  /** The seeds of the independent starts of N particles at T that ship, ascending. */
  public static List<Integer> seeds(int count, double temperature) {
    Check.positive("N", count);
    Check.positive("temperature", temperature);
    List<Integer> seeds = new ArrayList<>();
    for (int seed = 1; seed <= MOST_SEEDS; seed++) {
      if (StartConfigurations.class.getResource(nameOf(count, temperature, seed) + ".bin")
          != null) {
        seeds.add(seed);
      }
    }
    return seeds;
  }

  /**
   * The configuration of N particles at T of a seed, at step 0, with velocities; empty where none
   * ships.
   */
  public static Optional<Frame> load(int count, double temperature, int seed) {
    Check.positive("N", count);
    Check.positive("temperature", temperature);
    Check.positive("seed", seed);
    String name = nameOf(count, temperature, seed);
    try (InputStream in = StartConfigurations.class.getResourceAsStream(name + ".bin")) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] snapshot = new GZIPInputStream(in).readAllBytes();
      Frame frame = Simulation.restore(snapshot).frame(name);
      return Optional.of(frame.toBuilder().at(0, 0).wrapped(frame.positions(), null).build());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the shipped start " + name, e);
    }
  }

  static String nameOf(int count, double temperature, int seed) {
    return "start-N" + count + "-T" + temperature + "-seed" + seed;
  }
}
