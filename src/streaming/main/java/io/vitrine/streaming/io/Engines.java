package io.vitrine.streaming.io;

import io.vitrine.engine.Integration;
import io.vitrine.engine.Interactions;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.engine.Schedule;
import io.vitrine.engine.Simulation;
import io.vitrine.engine.StartConfigurations;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.Trajectories;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts the simulation a {@code simulate:} URI asks for, equilibrated, at time 0.
 *
 * <p>From {@code start=FILE} (its last frame), else from a shipped equilibrated configuration of
 * that N and T, else from a random start taken through the standard schedule (melt, ramp, rest).
 * Then {@code equilibrate=TAU} more at T; velocities of a start with a {@code seed} other than 1
 * are drawn anew. A function of the URI alone.
 */
public final class Engines {
  private static final int DEFAULT_COUNT = 4096;

  /** Draws of velocities for shipped starts must decorrelate before time 0. */
  private static final double SHIPPED_REST_TAU = 10;

  private Engines() {}

  /** The simulation at its time 0; {@code eachTau} sees it while it is being equilibrated. */
  public static Simulation start(FrameUri uri, Consumer<Simulation> eachTau) throws IOException {
    double temperature = uri.temperature();
    int count = (int) uri.whole("N", DEFAULT_COUNT);
    long seed = uri.whole("seed", 1);
    Simulation simulation = begin(uri, temperature, count, seed, eachTau);
    double more = uri.whole("equilibrate", 0);
    if (more > 0) {
      new Schedule(java.util.List.of(new Schedule.Stage(temperature, temperature, more)))
          .run(simulation, eachTau);
    }
    Frame frame = simulation.frame(uri.id()).toBuilder().at(0, 0).build();
    return Simulation.start(
        frame, simulation.interactions(), simulation.integration(), temperature, seed);
  }

  private static Simulation begin(
      FrameUri uri, double temperature, int count, long seed, Consumer<Simulation> eachTau)
      throws IOException {
    if (uri.get("start") != null) {
      Frame frame = lastFrame(Path.of(uri.get("start")), uri);
      return Simulation.start(
          frame, Interactions.kobAndersen(), Integration.nvt(), temperature, seed);
    }
    Optional<Frame> shipped = StartConfigurations.load(count, temperature);
    if (shipped.isPresent()) {
      Frame.Builder frame = shipped.get().toBuilder().at(0, 0);
      if (seed == 1) {
        return Simulation.start(
            frame.build(), Interactions.kobAndersen(), Integration.nvt(), temperature, seed);
      }
      Simulation simulation =
          Simulation.start(
              frame.velocities(null).build(),
              Interactions.kobAndersen(),
              Integration.nvt(),
              temperature,
              seed);
      new Schedule(
              java.util.List.of(new Schedule.Stage(temperature, temperature, SHIPPED_REST_TAU)))
          .run(simulation, eachTau);
      return simulation;
    }
    Simulation simulation =
        Simulation.create(
            MixtureSpec.kobAndersen(count), Integration.nvt(), Math.max(2.0, temperature), seed);
    Schedule.standard(temperature).run(simulation, eachTau);
    return simulation;
  }

  private static Frame lastFrame(Path path, FrameUri uri) throws IOException {
    try (TrajectoryReader reader =
        Trajectories.open(path, ReaderOptions.finished(uri.id(), 1.0), ReadPosition.START)) {
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
