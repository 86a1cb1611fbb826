package io.vitrine.analysis.barriers;

import io.vitrine.model.Check;
import io.vitrine.relaxation.Verdict;
import io.vitrine.results.ResultsReader;
import io.vitrine.results.SimulationStatus;
import io.vitrine.results.StoreException;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.EquilibriumRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From when on each simulation of a study is counted, and how long the blocks of its bootstrap are.
 *
 * <p>{@code auto}: from where the newest verdict says that equilibrium began; without one that
 * holds, from where what is stationary began, else all. A number: from that time. Counters are
 * stored in blocks of 50 tau, so blocks that begin before are left out; a simulation that is
 * counted from its first frame on keeps its first block too. Blocks of the bootstrap are as many
 * stored ones as make 2 tau_alpha, as far as tau_alpha is known: structure forgets in about one.
 */
public final class CountedTime {
  /** From where the verdict says. */
  public static final String AUTO = "auto";

  private static final double BLOCK_RELAXATIONS = 2;

  private final String asked;
  private final SortedMap<String, Simulation> simulations;

  private CountedTime(String asked, SortedMap<String, Simulation> simulations) {
    this.asked = asked;
    this.simulations = simulations;
  }

  /**
   * One simulation.
   *
   * @param verdict the newest one; empty where there is none
   * @param since when it says equilibrium, or what is stationary, began, tau; NaN where it does not
   * @param from counted from here on, tau
   * @param whole whether all of it is counted
   * @param tauAlpha tau; NaN where only bounds are known
   * @param atLeast what tau_alpha is taken to be for the length of blocks, tau; 0 where unknown
   * @param doubt why it is not known to be in equilibrium, with the numbers; empty where it is
   */
  public record Simulation(
      String verdict,
      double since,
      double from,
      boolean whole,
      double tauAlpha,
      double atLeast,
      String doubt) {
    private static Simulation of(double asked, double first, Optional<EquilibriumRow> newest) {
      if (newest.isEmpty()) {
        double from = Double.isNaN(asked) ? first : asked;
        return new Simulation(
            "",
            Double.NaN,
            from,
            from <= first,
            Double.NaN,
            0,
            "has no verdict on equilibrium yet");
      }
      EquilibriumRow row = newest.get();
      double start = Double.isNaN(row.since()) ? first : row.since();
      double from = Double.isNaN(asked) ? start : asked;
      double bound = Double.isNaN(row.tauAlphaBelow()) ? row.tauAlphaAbove() : row.tauAlphaBelow();
      return new Simulation(
          row.verdict(),
          row.since(),
          from,
          from <= first,
          row.tauAlpha(),
          Double.isNaN(row.tauAlpha()) ? bound : row.tauAlpha(),
          doubt(row));
    }

    private static String doubt(EquilibriumRow row) {
      if (row.verdict().equals(Verdict.Kind.EQUILIBRATED.text())) {
        return "";
      }
      boolean open = row.verdict().equals(Verdict.Kind.TOO_SHORT.text());
      return (open ? "is not known to be in equilibrium (" : "is not in equilibrium (")
          + row.verdict()
          + ": "
          + row.reason()
          + ")";
    }

    /** How many stored blocks make one of the bootstrap. */
    private int merge(long blockMillis) {
      return (int) Math.max(1, Math.ceil(BLOCK_RELAXATIONS * atLeast * 1000 / blockMillis));
    }

    /** Length of the bootstrap's blocks, tau. */
    public double blockTau() {
      return merge(CounterBlock.DEFAULT_MILLIS) * CounterBlock.DEFAULT_MILLIS / 1000.0;
    }
  }

  /** Checks what was typed: {@code auto} or a number of tau. */
  public static String check(String option, String asked) {
    tau(option, asked);
    return asked;
  }

  /** NaN for {@code auto}. */
  private static double tau(String option, String asked) {
    if (asked.equals(AUTO)) {
      return Double.NaN;
    }
    try {
      return Check.within(option, Double.parseDouble(asked), 0, 1e12);
    } catch (NumberFormatException e) {
      throw Check.refuse(option, "be auto or a number of tau", "'" + asked + "'");
    }
  }

  /**
   * Of the simulations of a study, by their newest verdicts.
   *
   * @param asked {@code auto} or a number of tau
   */
  public static CountedTime of(ResultsReader store, String study, String asked)
      throws StoreException {
    double tau = tau("from", asked);
    SortedMap<String, Simulation> simulations = new TreeMap<>();
    for (SimulationStatus status : store.simulations(study)) {
      String id = status.simulation().simulation();
      double first = status.firstMillis() < 0 ? 0 : status.firstMillis() / 1000.0;
      simulations.put(id, Simulation.of(tau, first, store.newestVerdict(study, id)));
    }
    return new CountedTime(asked, simulations);
  }

  /** What was asked for. */
  public String asked() {
    return asked;
  }

  /** By name. */
  public Map<String, Simulation> simulations() {
    return simulations;
  }

  /** Whether a window at this centre, ms, is counted. */
  public boolean counts(String simulation, long millis) {
    Simulation own = simulations.get(simulation);
    return own == null || own.whole() || millis >= own.from() * 1000;
  }

  /** Those blocks that are counted. */
  public List<CounterBlock> counted(Collection<CounterBlock> blocks) {
    return blocks.stream()
        .filter(b -> counts(b.simulation(), b.block() * b.blockMillis()))
        .toList();
  }

  /** How many stored blocks make one of the bootstrap's. */
  public int merge(CounterBlock block) {
    Simulation own = simulations.get(block.simulation());
    return own == null ? 1 : own.merge(block.blockMillis());
  }

  /** A line for each of these simulations that is not known to be in equilibrium: what is used. */
  public List<String> doubts(Collection<String> used) {
    List<String> lines = new ArrayList<>();
    simulations.forEach(
        (id, own) -> {
          if (used.contains(id) && !own.doubt().isEmpty()) {
            String part =
                own.whole()
                    ? "all of it is counted"
                    : String.format(Locale.ROOT, "counted from %s tau on", own.from());
            String why = asked.equals(AUTO) ? "" : ", as asked";
            lines.add(id + " " + own.doubt() + "; " + part + why);
          }
        });
    return lines;
  }

  /** What was counted, as a table: a line a simulation. */
  public String csv() {
    StringBuilder text = new StringBuilder("simulation,verdict,since,from,tau_alpha,block_tau\n");
    simulations.forEach(
        (id, own) ->
            text.append(id)
                .append(',')
                .append(own.verdict())
                .append(',')
                .append(cell(own.since()))
                .append(',')
                .append(own.from())
                .append(',')
                .append(cell(own.tauAlpha()))
                .append(',')
                .append(own.blockTau())
                .append('\n'));
    return text.toString();
  }

  private static String cell(double value) {
    return Double.isNaN(value) ? "" : String.valueOf(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CountedTime that
        && asked.equals(that.asked)
        && simulations.equals(that.simulations);
  }

  @Override
  public int hashCode() {
    return 31 * asked.hashCode() + simulations.hashCode();
  }
}
