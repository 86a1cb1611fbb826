package io.vitrine.engine;

import io.vitrine.model.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What brings a random start to equilibrium: stages of constant or linearly changing temperature.
 *
 * @param stages in order; simulation goes 1 tau at a time
 */
public record Schedule(List<Stage> stages) {
  /**
   * One stage.
   *
   * @param from temperature at its start
   * @param to temperature at its end
   * @param tau how long it takes
   */
  public record Stage(double from, double to, double tau) {
    /** Checks temperatures and duration. */
    public Stage {
      Check.positive("stage temperature", from);
      Check.positive("stage temperature", to);
      Check.positive("stage duration", tau);
    }
  }

  private static final double MELT_TEMPERATURE = 2.0;
  private static final double MELT_TAU = 10;
  private static final double RAMP_TAU = 50;
  private static final double REST_TAU = 100;
  private static final double PAPER_COLD = 0.45;
  private static final double PAPER_COLD_TAU = 5000;
  private static final double PAPER_REST_TAU = 1000;

  /** Freezes the list. */
  public Schedule {
    stages = List.copyOf(stages);
  }

  /** {@code standard} or {@code paper}. */
  public static Schedule named(String name, double temperature) {
    return switch (name) {
      case "standard" -> standard(temperature);
      case "paper" -> paper(temperature);
      default -> throw Check.refuse("schedule", "be standard or paper", name);
    };
  }

  /** Melt 10 tau at T=2 or hotter, go to {@code temperature} within 50 tau, rest 100 tau there. */
  public static Schedule standard(double temperature) {
    double hot = Math.max(MELT_TEMPERATURE, temperature);
    return new Schedule(
        List.of(
            new Stage(hot, hot, MELT_TAU),
            new Stage(hot, temperature, RAMP_TAU),
            new Stage(temperature, temperature, REST_TAU)));
  }

  /** The paper's: 5000 tau at T=0.45 from a random start, then 1000 tau at {@code temperature}. */
  public static Schedule paper(double temperature) {
    return new Schedule(
        List.of(
            new Stage(PAPER_COLD, PAPER_COLD, PAPER_COLD_TAU),
            new Stage(temperature, temperature, PAPER_REST_TAU)));
  }

  /** How long all stages take, tau. */
  public double tau() {
    return stages.stream().mapToDouble(Stage::tau).sum();
  }

  /** All stages of this, then all of another. */
  public Schedule then(Schedule next) {
    List<Stage> all = new ArrayList<>(stages);
    all.addAll(next.stages);
    return new Schedule(all);
  }

  /** Takes a simulation through all stages; {@code eachTau} sees it after every tau. */
  public void run(Simulation simulation, Consumer<Simulation> eachTau) {
    run(simulation, 0, eachTau);
  }

  /**
   * Takes a simulation through what is left of the stages.
   *
   * @param done how many times {@code eachTau} of an earlier run has seen the simulation, whose
   *     state this one has
   */
  public void run(Simulation simulation, long done, Consumer<Simulation> eachTau) {
    long before = 0;
    for (Stage stage : stages) {
      long chunks = Math.max(1, Math.round(stage.tau()));
      if (done <= before) {
        simulation.setTemperature(stage.from());
      }
      for (long k = Math.max(1, done - before + 1); k <= chunks; k++) {
        double part = (double) k / chunks;
        double temperature = stage.from() + (stage.to() - stage.from()) * part;
        long past = simulation.integration().stepsIn(stage.tau() * (k - 1) / chunks);
        long next = simulation.integration().stepsIn(stage.tau() * part);
        simulation.ramp(temperature, next - past);
        eachTau.accept(simulation);
      }
      before += chunks;
    }
  }
}
