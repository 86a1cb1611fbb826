package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.engine.Integration;
import io.vitrine.engine.Interactions;
import io.vitrine.engine.Schedule;
import io.vitrine.engine.Simulation;
import io.vitrine.format.Trajectories;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.model.Thermo;
import io.vitrine.streaming.io.Engines;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vitrine simulate}: the Kob-Andersen mixture, to a file; or the forces of one frame. */
@Command(
    name = "simulate",
    description = {
      "Simulate the Kob-Andersen mixture, frames 1 tau apart, to a file",
      "(.gsd, .h5, .lammpstrj or .extxyz by suffix)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SimulateCommand implements Callable<Integer> {
  @Option(names = "--T", description = "temperature of the thermostat, epsilon/k")
  private double temperature = Double.NaN;

  @Option(
      names = "--forces",
      paramLabel = "FILE",
      description = "no simulation: forces on the first frame of a trajectory; U, W, P")
  private Path forces;

  @Option(
      names = "--cutoff",
      paramLabel = "NAME",
      description = "ka (2.5 sigma_ab, default) or all-pairs (2.5 for all), shifted to zero there")
  private String cutoff = "ka";

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = {
        "standard (default): melt at T=2, ramp 50 tau, rest 100 tau;",
        "paper: 5000 tau at T=0.45, then 1000 tau at T"
      })
  private String schedule = "standard";

  @Option(names = "--nve", description = "constant energy instead of a Nose-Hoover thermostat")
  private boolean nve;

  @Option(names = "--N", description = "number of particles (default: ${DEFAULT-VALUE})")
  private int count = 4096;

  @Option(names = "--seed", description = "of positions and velocities (default: 1)")
  private long seed = 1;

  @Option(
      names = "--until",
      paramLabel = "TAU",
      description = "last frame (default: ${DEFAULT-VALUE} tau)")
  private double until = 100;

  @Option(
      names = "--equilibrate",
      paramLabel = "TAU",
      description = "rest at T before time 0, after the standard start (default: 0)")
  private double equilibrate;

  @Option(
      names = "--start",
      paramLabel = "FILE",
      description = "start from the last frame of a trajectory")
  private Path start;

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "file to write")
  private Path output;

  @Option(names = "--json", description = "one machine-readable summary on stdout")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    long started = System.nanoTime();
    PrintStream people = json ? System.err : System.out;
    try {
      if (forces != null) {
        StaticForcesReport.write(forces, interactions(), output, json, people);
        return 0;
      }
      Check.positive("--T", temperature);
      Check.positive("--N", count);
      Check.positive("--until", until);
      Check.within("--equilibrate", equilibrate, 0, 1e9);
      Progress progress = new Progress(people);
      Engines.Start start =
          new Engines.Start(
              temperature,
              count,
              seed,
              Optional.ofNullable(this.start),
              equilibrate,
              schedule(),
              interactions(),
              nve ? Integration.nve() : Integration.nvt());
      Simulation simulation =
          Engines.start(start, s -> progress.show("equilibrating", s, Double.NaN));
      BlockMeans means = write(simulation, progress);
      progress.end();
      report(simulation, means, (System.nanoTime() - started) * 1e-9, people);
      return 0;
    } catch (IOException e) {
      throw new FailureException(RunFolder.reason(e), e);
    }
  }

  private Interactions interactions() {
    return switch (cutoff) {
      case "ka" -> Interactions.kobAndersen();
      case "all-pairs" -> Interactions.kobAndersenAllPairs();
      default -> throw Check.refuse("--cutoff", "be ka or all-pairs", "'" + cutoff + "'");
    };
  }

  private Schedule schedule() {
    return switch (schedule) {
      case "standard" -> Schedule.standard(temperature);
      case "paper" -> Schedule.paper(temperature);
      default -> throw Check.refuse("--schedule", "be standard or paper", "'" + schedule + "'");
    };
  }

  private BlockMeans write(Simulation simulation, Progress progress) throws IOException {
    BlockMeans means = new BlockMeans(3);
    long stepsPerTau = simulation.integration().stepsIn(1.0);
    try (TrajectoryWriter writer = Trajectories.create(output)) {
      for (long tau = 0; tau <= until; tau++) {
        if (tau > 0) {
          simulation.advance(stepsPerTau);
        }
        Frame frame = simulation.frame("simulate");
        writer.write(frame);
        Thermo now = frame.thermo();
        means.accept(now.potentialEnergy() / simulation.count(), now.pressure(), now.temperature());
        progress.show("running", simulation, until);
      }
    }
    return means;
  }

  private void report(Simulation simulation, BlockMeans means, double seconds, PrintStream people) {
    people.println(
        String.format(
            Locale.ROOT,
            "U/N %.4f +- %.4f  P %.3f +- %.3f  T %.4f +- %.4f",
            means.mean(0),
            means.error(0),
            means.mean(1),
            means.error(1),
            means.mean(2),
            means.error(2)));
    people.println("  " + output);
    if (json) {
      ObjectNode node = new ObjectMapper().createObjectNode();
      String[] names = {"U", "P", "T"};
      for (int q = 0; q < names.length; q++) {
        node.put(names[q], means.mean(q));
        node.put(names[q] + "_error", means.error(q));
      }
      node.put("steps", simulation.step());
      node.put("seconds", Math.rint(seconds * 1000) / 1000);
      node.put("output", output.toString());
      System.out.println(node);
    }
  }

  /** A line that says how far the simulation has come. */
  private static final class Progress {
    private static final long EVERY_NANOS = 500_000_000L;
    private final PrintStream out;
    private final boolean terminal = Terminal.isThere();
    private long shownAt = System.nanoTime();
    private double timeBefore;

    Progress(PrintStream out) {
      this.out = out;
    }

    void show(String what, Simulation s, double until) {
      long now = System.nanoTime();
      if (!terminal || now - shownAt < EVERY_NANOS) {
        return;
      }
      double perSecond = (s.time() - timeBefore) / ((now - shownAt) * 1e-9);
      Thermo thermo = s.thermo();
      out.print(
          String.format(
              Locale.ROOT,
              "\r\u001b[K%s %.0f%s tau  %.2f tau/s  T %.3f  U/N %.4f  P %.3f%s",
              what,
              s.time(),
              Double.isNaN(until) ? "" : String.format(Locale.ROOT, "/%.0f", until),
              perSecond,
              thermo.temperature(),
              thermo.potentialEnergy() / s.count(),
              thermo.pressure(),
              Double.isNaN(until) || !(perSecond > 0)
                  ? ""
                  : String.format(Locale.ROOT, "  %.0f s left", (until - s.time()) / perSecond)));
      out.flush();
      shownAt = now;
      timeBefore = s.time();
    }

    void end() {
      if (terminal) {
        out.println();
      }
    }
  }
}
