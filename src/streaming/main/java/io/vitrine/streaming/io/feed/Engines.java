package io.vitrine.streaming.io.feed;

import io.vitrine.engine.Integration;
import io.vitrine.engine.Mixture;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.engine.Restart;
import io.vitrine.engine.Schedule;
import io.vitrine.engine.Simulation;
import io.vitrine.engine.StartConfigurations;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.RegularFile;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts a simulation, equilibrated, at time 0.
 *
 * <p>From a file (the last frame of a trajectory, the state in a restart file), else from a shipped
 * equilibrated configuration of that N and T, else from a random start taken through a schedule;
 * then some time more at T. Several independent configurations may ship, of seeds 1, 2, ...; they
 * have velocities of their own. Any other seed takes one of them in turn, draws new velocities and
 * rests 10 tau. A function of {@link Start} alone.
 */
public final class Engines {
  private static final int DEFAULT_COUNT = 4096;

  /** Draws of velocities for shipped starts must decorrelate before time 0. */
  private static final double SHIPPED_REST_TAU = 10;

  private static final Schedule NO_SCHEDULE = new Schedule(List.of());

  private Engines() {}

  /**
   * What is to be simulated.
   *
   * @param temperature of the thermostat, epsilon / k_B
   * @param mixture particles, density and pair potentials; of a start from a file only the last
   * @param seed of positions and velocities
   * @param file trajectory or restart file to start from
   * @param equilibrate time at T before time 0, behind the start, tau
   * @param schedule takes a random start to T
   * @param integration thermostat and time step; equilibration is always thermostatted
   * @param threads of the engine
   */
  public record Start(
      double temperature,
      MixtureSpec mixture,
      long seed,
      Optional<Path> file,
      double equilibrate,
      Schedule schedule,
      Integration integration,
      int threads) {

    /** What a {@code simulate:} URI asks for. */
    public static Start of(FrameUri uri) {
      MixtureSpec spec = new MixtureSpec((int) uri.whole("N", DEFAULT_COUNT), uri.mixture());
      return new Start(
          uri.temperature(),
          spec,
          uri.whole("seed", 1),
          Optional.ofNullable(uri.get("start")).map(Path::of),
          uri.whole("equilibrate", 0),
          Schedule.standard(uri.temperature(), spec),
          Integration.nvt(),
          (int) uri.whole("threads", 1));
    }

    /**
     * Seeds of the shipped configurations there are to start from. They belong to the standard way
     * of starting, and to it alone.
     */
    private List<Integer> shippedSeeds() {
      boolean standard =
          file.isEmpty()
              && mixture.equals(MixtureSpec.kobAndersen(mixture.count()))
              && schedule.equals(Schedule.standard(temperature, mixture))
              && integration.timestep() == Integration.nvt().timestep();
      return standard ? StartConfigurations.seeds(mixture.count(), temperature) : List.of();
    }

    /** The shipped configuration of the seed: its own, else one of those there are. */
    private Optional<Frame> shipped(List<Integer> seeds) {
      if (seeds.isEmpty()) {
        return Optional.empty();
      }
      boolean own = seeds.stream().anyMatch(s -> s == seed);
      int which = own ? (int) seed : seeds.get((int) Math.floorMod(seed - 1, (long) seeds.size()));
      Frame frame = StartConfigurations.load(mixture.count(), temperature, which).orElseThrow();
      return Optional.of(own ? frame : frame.toBuilder().velocities(null).build());
    }

    /** Equilibration needs a thermostat whatever comes after it. */
    private Integration thermostatted() {
      return new Integration(integration.timestep(), integration.thermostatTime(), true);
    }
  }

  /**
   * A simulation on its way to time 0.
   *
   * @param simulation at the beginning of the way
   * @param schedule what it has to go through
   */
  public record Warmup(Simulation simulation, Schedule schedule) {}

  /** The simulation at its time 0; {@code eachTau} sees it while it is being equilibrated. */
  public static Simulation start(Start start, Consumer<Simulation> eachTau) throws IOException {
    Warmup warmup = begin(start);
    warmup.schedule().run(warmup.simulation(), eachTau);
    return timeZero(start, warmup.simulation());
  }

  /** Goes on from a snapshot of a simulation that was started so. */
  public static Simulation restore(Start start, byte[] snapshot) {
    Simulation simulation = Simulation.restore(snapshot);
    simulation.useThreads(start.threads());
    return simulation;
  }

  /** The equilibrated simulation, at time 0. */
  public static Simulation timeZero(Start start, Simulation equilibrated) {
    Frame frame = equilibrated.frame("start").toBuilder().at(0, 0).build();
    return started(frame, start, start.integration());
  }

  /** What is to be equilibrated, and how. */
  public static Warmup begin(Start start) throws IOException {
    List<Integer> seeds = start.shippedSeeds();
    Optional<Frame> given =
        start.file().isPresent()
            ? Optional.of(lastFrame(start.file().get()))
            : start.shipped(seeds);
    Schedule rest = start.equilibrate() > 0 ? rest(start, start.equilibrate()) : NO_SCHEDULE;
    if (given.isEmpty()) {
      double hot = start.schedule().stages().get(0).from();
      Simulation random =
          Simulation.create(start.mixture(), start.thermostatted(), hot, start.seed());
      random.useThreads(start.threads());
      return new Warmup(random, start.schedule().then(rest));
    }
    boolean drawn = start.file().isEmpty() && seeds.stream().noneMatch(s -> s == start.seed());
    Schedule shaken = drawn ? rest(start, SHIPPED_REST_TAU) : NO_SCHEDULE;
    return new Warmup(started(given.get(), start, start.thermostatted()), shaken.then(rest));
  }

  /** The last frame of a trajectory, or the state in a restart file, as one of this mixture. */
  public static Frame configuration(Path path, Mixture mixture) throws IOException {
    return typed(lastFrame(path), mixture);
  }

  private static Frame typed(Frame frame, Mixture mixture) {
    if (frame.box().dimensions() != mixture.dimensions()) {
      throw Check.refuse(
          "dimensions of the start of the mixture " + mixture.name(),
          "be " + mixture.dimensions(),
          frame.box().dimensions());
    }
    return frame.toBuilder().particles(mixture.typed(frame.particles())).build();
  }

  private static Simulation started(Frame frame, Start start, Integration integration) {
    Frame typed = typed(frame, start.mixture().mixture());
    Simulation simulation =
        Simulation.start(
            typed, start.mixture().interactions(), integration, start.temperature(), start.seed());
    simulation.useThreads(start.threads());
    return simulation;
  }

  private static Schedule rest(Start start, double tau) {
    return new Schedule(List.of(new Schedule.Stage(start.temperature(), start.temperature(), tau)));
  }

  private static Frame lastFrame(Path path) throws IOException {
    RegularFile.check(path);
    if (Restart.isThere(path)) {
      return Simulation.restore(Restart.read(path).snapshot()).frame("start");
    }
    try (TrajectoryReader reader =
        Trajectories.open(path, ReaderOptions.finished("start", 1.0), ReadPosition.START)) {
      Frame last = null;
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        last = frame;
      }
      if (last == null) {
        throw new IOException(path + ": holds no frame, expected at least one to start from");
      }
      return last;
    }
  }
}
