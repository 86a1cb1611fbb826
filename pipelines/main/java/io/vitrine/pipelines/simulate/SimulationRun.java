package io.vitrine.pipelines.simulate;

import io.vitrine.engine.Restart;
import io.vitrine.engine.Simulation;
import io.vitrine.format.OutputFile;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.imd.ImdServer;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.model.Thermo;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.Interrupts;
import io.vitrine.streaming.io.feed.Engines;
import io.vitrine.streaming.io.feed.KafkaTopic;
import io.vitrine.streaming.io.feed.TopicWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One simulation to a file, a Kafka topic or over IMD: equilibrates, for a fixed time or until it
 * is in {@link Equilibrium}, then puts out a frame every tau; keeps a {@link Restart} where asked
 * to, and continues from one.
 */
final class SimulationRun {
  private static final int RESTART_EVERY_TAU = 10;
  private static final String IMD = "imd://";

  private final Engines.Start start;
  private final String request;
  private final String output;
  private final Path restart;
  private final double until;
  private final double atMost;
  private final Interrupts interrupts;
  private final PrintStream people;
  private final SimulationProgress progress;
  private final List<double[]> rows = new ArrayList<>();
  private final Equilibrium equilibrium = new Equilibrium();
  private long equilibrated;
  private boolean resumed;
  private Simulation simulation;

  /**
   * @param atMost after so many tau at T without equilibrium the run fails; NaN: it is not judged
   */
  SimulationRun(
      Engines.Start start,
      String request,
      String output,
      Path restart,
      double until,
      double atMost,
      Interrupts interrupts,
      PrintStream people) {
    this.start = start;
    this.request = request;
    this.output = output;
    this.restart = restart;
    this.until = until;
    this.atMost = atMost;
    this.interrupts = interrupts;
    this.people = people;
    this.progress = new SimulationProgress(people);
  }

  /** Runs to the end; false where it was interrupted. */
  boolean run() throws IOException, FailureException {
    if (restart != null && output.matches("(?i).*\\.h5(md)?")) {
      throw Check.refuse("--restart", "go with a file that can be continued, not H5MD", output);
    }
    if (restart != null) {
      OutputFile.prepare(restart);
    }
    if (!KafkaTopic.isMeant(output) && !output.startsWith(IMD)) {
      OutputFile.prepare(Path.of(output));
    }
    Restart before = restart != null && Files.exists(restart) ? Restart.read(restart) : null;
    if (before != null && !before.request().equals(request)) {
      throw new IOException(
          restart + ": holds the run '" + before.request() + "', expected '" + request + "'");
    }
    resumed = before != null;
    boolean running = resumed && before.running();
    if (resumed) {
      rows.addAll(before.rows());
      equilibrated = before.equilibrated();
      equilibrium.remember(before.memory());
      people.println(
          running
              ? "Continuing after frame " + (rows.size() - 1)
              : "Continuing after " + equilibrated + " tau of equilibration");
    }
    if (running) {
      simulation = Engines.restore(start, before.snapshot());
    } else if (!equilibrate(before)) {
      return false;
    }
    boolean ended = produce();
    progress.end();
    return ended;
  }

  private boolean equilibrate(Restart before) throws IOException, FailureException {
    Engines.Warmup warmup = Engines.begin(start);
    simulation = before == null ? warmup.simulation() : Engines.restore(start, before.snapshot());
    try {
      warmup.schedule().run(simulation, equilibrated, s -> equilibratedOneTau());
      if (!Double.isNaN(atMost)) {
        untilEquilibrium(warmup.schedule().looks());
      }
    } catch (Stopped e) {
      progress.end();
      return false;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    simulation = Engines.timeZero(start, simulation);
    return true;
  }

  /** Runs at T until the verdict is equilibrated; the schedule before it had so many tau. */
  private void untilEquilibrium(long before) throws IOException, FailureException {
    boolean reached = equilibrium.isNew() && equilibrium.accept(simulation, 0);
    while (!reached) {
      if (equilibrated - before >= atMost) {
        keep(false);
        progress.end();
        throw new FailureException(
            String.format(
                Locale.ROOT,
                "not in equilibrium after %d tau at T=%s (--equilibrate-at-most): %s",
                equilibrated - before,
                start.temperature(),
                equilibrium.text(simulation)));
      }
      simulation.advance(simulation.integration().stepsIn(1.0));
      reached = equilibrium.accept(simulation, equilibrated + 1 - before);
      equilibratedOneTau();
    }
    long tau = equilibrated - before;
    people.println("In equilibrium after " + tau + " tau: " + equilibrium.text(simulation));
    equilibrium.reached(simulation, tau);
  }

  private void equilibratedOneTau() {
    equilibrated++;
    progress.show("equilibrating", simulation, Double.NaN);
    if (equilibrated % RESTART_EVERY_TAU == 0 || interrupts.came()) {
      try {
        keep(false);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (interrupts.came()) {
      throw new Stopped();
    }
  }

  private boolean produce() throws IOException {
    long stepsPerTau = simulation.integration().stepsIn(1.0);
    try (TrajectoryWriter writer = open()) {
      for (long tau = rows.size(); tau <= until; tau++) {
        if (interrupts.came()) {
          keep(!rows.isEmpty());
          return false;
        }
        if (tau > 0) {
          simulation.advance(stepsPerTau);
        }
        Frame frame = simulation.frame("simulate");
        writer.write(frame);
        Thermo now = frame.thermo();
        double n = simulation.count();
        rows.add(
            new double[] {
              now.potentialEnergy() / n,
              now.pressure(),
              now.temperature(),
              simulation.conservedQuantity() / n
            });
        progress.show("running", simulation, until);
        if (tau % RESTART_EVERY_TAU == 0 || tau + 1 > until) {
          keep(true);
        }
      }
      if (writer instanceof TopicWriter topic) {
        topic.end();
      }
    }
    return true;
  }

  private TrajectoryWriter open() throws IOException {
    if (KafkaTopic.isMeant(output)) {
      return TopicWriter.open(KafkaTopic.parse("--output", output)).from(rows.size());
    }
    if (!output.startsWith(IMD)) {
      return Trajectories.append(Path.of(output), rows.size());
    }
    String[] address = output.substring(IMD.length()).split(":", -1);
    if (address.length != 2 || !address[1].matches("\\d{1,5}")) {
      throw Check.refuse("--output", "be a file or imd://HOST:PORT", output);
    }
    ImdServer server =
        ImdServer.listen(
            address[0],
            Integer.parseInt(address[1]),
            simulation.integration().timestep(),
            () -> !interrupts.came());
    people.println("Serving imd://" + address[0] + ":" + server.port() + "; frames wait for GO");
    return server;
  }

  private void keep(boolean running) throws IOException {
    if (restart != null) {
      new Restart(request, equilibrated, running, rows, equilibrium.memory(), simulation.snapshot())
          .write(restart);
    }
  }

  /** Of U/N, P, T and the conserved quantity, a value a frame. */
  BlockMeans means() {
    BlockMeans means = new BlockMeans(4);
    rows.forEach(means::accept);
    return means;
  }

  /** Slope of the conserved quantity a particle by least squares, 1/tau. */
  double drift() {
    int n = rows.size();
    double mean = rows.stream().mapToDouble(r -> r[3]).average().orElse(Double.NaN);
    double above = 0;
    double below = 0;
    for (int k = 0; k < n; k++) {
      double t = k - (n - 1) / 2.0;
      above += t * (rows.get(k)[3] - mean);
      below += t * t;
    }
    return above / below;
  }

  long steps() {
    return simulation.step();
  }

  /** The verdict it began with, as JSON; empty where none was asked for. */
  String equilibrium() {
    return equilibrium.summary();
  }

  boolean resumed() {
    return resumed;
  }

  /** Ends equilibration between two tau. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("stopped", null, false, false);
    }
  }
}
