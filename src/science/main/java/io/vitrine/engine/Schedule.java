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

  /** A melt takes at least so long, and so long times 1/k^2 of the shortest wavevector, tau. */
  private static final double MELT_TAU = 10;

  private static final double MELT_TAU_K2 = 16;
  private static final double RAMP_TAU = 50;
  private static final double REST_TAU = 100;
  private static final double PAPER_COLD = 0.45;
  private static final double PAPER_COLD_TAU = 5000;
  private static final double PAPER_REST_TAU = 1000;

  /** Freezes the list. */
  public Schedule {
    stages = List.copyOf(stages);
  }

  /**
   * Melt at the mixture's melting temperature or hotter, ramp 50 tau, rest 100 tau at {@code
   * temperature}.
   *
   * <p>The melt lasts max(10, 16/k^2) tau, k = 2 pi / L the shortest wavevector of the box (92 tau
   * at N = 4096, 36 at N = 1000): until a random start's composition is that of a liquid. Particles
   * put down at random have S_cc = x_A x_B = 0.16, the liquid about 0.09, and the difference decays
   * as exp(-2 D k^2 t) with D = (x_B D_A + x_A D_B) x_A x_B / S_cc = 0.12 at T = 2 (Darken; D_A =
   * 0.047 and D_B = 0.070 by LAMMPS), to 2% of S_cc after 16/k^2. In the cold it takes thousands of
   * tau: a random start that is cooled at once keeps a wave of composition.
   */
  public static Schedule standard(double temperature, MixtureSpec spec) {
    double hot = Math.max(spec.mixture().melt(), temperature);
    double k = 2 * Math.PI / spec.box().lx();
    double melt = Math.ceil(Math.max(MELT_TAU, MELT_TAU_K2 / (k * k)));
    return new Schedule(
        List.of(
            new Stage(hot, hot, melt),
            new Stage(hot, temperature, RAMP_TAU),
            new Stage(temperature, temperature, REST_TAU)));
  }

  /**
   * The paper's: 5000 tau at T=0.45 from a random start, then 1000 tau at {@code temperature}. It
   * leaves a wave of composition, which takes some 14,000 tau at T = 0.45 to decay (N = 4096).
   */
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

  /** How often {@link #run} shows the simulation. */
  public long looks() {
    return stages.stream().mapToLong(Schedule::looks).sum();
  }

  private static long looks(Stage stage) {
    return Math.max(1, Math.round(stage.tau()));
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
      long chunks = looks(stage);
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
