package io.vitrine.analysis.barriers;

import io.vitrine.model.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Block bootstrap: blocks of time, long against the life of one rearrangement (>= 50 tau), are
 * drawn with replacement, one less than there are, temperature by temperature.
 *
 * <p>Successive windows see the same hop again, so counts of one block are not independent, but
 * blocks are. Of m blocks m - 1 are drawn: drawing m would make variances too small by (m - 1) / m
 * (Rao and Wu, J. Am. Stat. Assoc. 83, 231 (1988), doi:10.1080/01621459.1988.10478591). Below
 * {@link #FEWEST} blocks a temperature has no error and is not fitted.
 */
public final class BlockErrors implements RateErrors {
  /** Fewest blocks of a temperature. */
  public static final int FEWEST = 4;

  private final List<List<Block>> byTemperature;

  /** Counts of one block by bin: structures and how many of them rearranged. */
  static final class Block {
    final String simulation;
    final long[] structures;
    final long[] rearranging;

    Block(String simulation, long[] structures, long[] rearranging) {
      Check.length("rearranging", rearranging.length, structures.length);
      this.simulation = simulation;
      this.structures = structures;
      this.rearranging = rearranging;
    }
  }

  /** Blocks of each temperature of a table, in its order. */
  BlockErrors(List<List<Block>> byTemperature) {
    this.byTemperature = List.copyOf(byTemperature);
  }

  /** Number of blocks of a temperature. */
  public int blocks(int temperature) {
    return byTemperature.get(temperature).size();
  }

  /** Blocks of a temperature, of all its simulations. */
  List<Block> blocksAt(int temperature) {
    return byTemperature.get(temperature);
  }

  @Override
  public double[][] logVariances(RateTable table, int replicas, long seed) {
    RandomGenerator random = new Well19937c(seed);
    double[][] sum = new double[table.bins()][table.temperatures()];
    double[][] squares = new double[table.bins()][table.temperatures()];
    boolean[][] empty = new boolean[table.bins()][table.temperatures()];
    for (int r = 0; r < replicas; r++) {
      RateTable drawn = redraw(table, random);
      for (int b = 0; b < table.bins(); b++) {
        for (int t = 0; t < table.temperatures(); t++) {
          // Relative to the measured value: a plain difference of small numbers.
          double off = Math.log(drawn.probability(b, t) / table.probability(b, t));
          empty[b][t] |= !Double.isFinite(off);
          sum[b][t] += off;
          squares[b][t] += off * off;
        }
      }
    }
    double[][] variances = new double[table.bins()][table.temperatures()];
    for (int b = 0; b < table.bins(); b++) {
      for (int t = 0; t < table.temperatures(); t++) {
        int m = blocks(t);
        double mean = sum[b][t] / replicas;
        double variance = squares[b][t] / replicas - mean * mean;
        variances[b][t] = m < FEWEST || empty[b][t] ? Double.POSITIVE_INFINITY : variance;
      }
    }
    return variances;
  }

  @Override
  public RateTable redraw(RateTable table, RandomGenerator random) {
    List<List<Block>> drawn = new ArrayList<>();
    for (List<Block> blocks : byTemperature) {
      int count = blocks.size();
      drawn.add(
          IntStream.range(0, Math.max(1, count - 1))
              .mapToObj(i -> blocks.get(random.nextInt(count)))
              .toList());
    }
    return sum(table, drawn);
  }

  @Override
  public List<RateTable> leftOut(RateTable table) {
    List<List<String>> simulations = new ArrayList<>();
    int most = 0;
    for (List<Block> blocks : byTemperature) {
      List<String> names = blocks.stream().map(b -> b.simulation).distinct().sorted().toList();
      simulations.add(names);
      most = Math.max(most, names.size());
    }
    List<RateTable> tables = new ArrayList<>();
    for (int k = 0; k < most && most > 1; k++) {
      List<List<Block>> kept = new ArrayList<>();
      for (int t = 0; t < byTemperature.size(); t++) {
        List<String> names = simulations.get(t);
        String without = names.size() > 1 && k < names.size() ? names.get(k) : null;
        kept.add(byTemperature.get(t).stream().filter(b -> !b.simulation.equals(without)).toList());
      }
      tables.add(sum(table, kept));
    }
    return tables;
  }

  private static RateTable sum(RateTable table, List<List<Block>> byTemperature) {
    long[][] structures = new long[table.bins()][table.temperatures()];
    long[][] hops = new long[table.bins()][table.temperatures()];
    for (int t = 0; t < table.temperatures(); t++) {
      for (Block block : byTemperature.get(t)) {
        for (int b = 0; b < table.bins(); b++) {
          structures[b][t] += block.structures[b];
          hops[b][t] += block.rearranging[b];
        }
      }
    }
    return table.with(structures, hops);
  }

  @Override
  public boolean knows(int temperature) {
    return blocks(temperature) >= FEWEST;
  }

  @Override
  public List<String> lacks(RateTable table) {
    List<String> lines = new ArrayList<>();
    for (int t = 0; t < table.temperatures(); t++) {
      if (!knows(t)) {
        String number = blocks(t) + " blocks of time were counted, and " + FEWEST + " are needed";
        lines.add("T = " + table.temperature(t) + " is not fitted: " + number);
      }
    }
    return lines;
  }

  @Override
  public boolean correlated() {
    return true;
  }
}
