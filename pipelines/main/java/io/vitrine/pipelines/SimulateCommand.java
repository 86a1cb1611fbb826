package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.engine.Integration;
import io.vitrine.engine.Interactions;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.engine.Schedule;
import io.vitrine.engine.Simulation;
import io.vitrine.model.Check;
import io.vitrine.streaming.io.Engines;
import io.vitrine.streaming.io.KafkaTopic;
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
      "(.gsd, .h5, .lammpstrj or .extxyz by suffix), to whoever connects (imd://HOST:PORT) or to a",
      "Kafka topic (kafka://HOST:PORT/TOPIC)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SimulateCommand implements Callable<Integer> {
  private static final int DEFAULT_COUNT = 4096;
  private static final double WHOLE = 1e-9;

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

  @Option(
      names = "--dt",
      description = "time step, a whole number of them in 1 tau (default: 0.005)")
  private double timestep = Integration.nvt().timestep();

  @Option(names = "--N", description = "number of particles (default: 4096)")
  private Integer count;

  @Option(names = "--density", description = "N/V, sigma_AA^-3 (default: 1.2)")
  private Double density;

  @Option(
      names = "--fraction-a",
      paramLabel = "X",
      description = "of A among the particles, rounded to a whole one (default: 0.8)")
  private Double fractionA;

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
      description = "start from the last frame of a trajectory, or the state in a restart file")
  private Path start;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = {
        "file to write; or imd://HOST:PORT to serve the frames over IMD version 3;",
        "or kafka://HOST:PORT/TOPIC, where started again it sends what is not there yet"
      })
  private String output;

  @Option(
      names = "--restart",
      paramLabel = "FILE",
      description = {
        "keep the engine's state in FILE, every 10 tau and at the end;",
        "where FILE is there, go on from it, to the same bytes (or further, --until)"
      })
  private Path restart;

  @Option(
      names = "--threads",
      paramLabel = "K",
      description = {
        "of the engine (default: ${DEFAULT-VALUE}); the same bytes for the same number,",
        "worth it from about 4096 particles"
      })
  private int threads = 1;

  @Option(names = "--json", description = "one machine-readable summary on stdout")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    long started = System.nanoTime();
    PrintStream people = json ? System.err : System.out;
    try {
      if (forces != null) {
        StaticForcesReport.write(forces, interactions(), Path.of(output), json, people);
        return 0;
      }
      Check.positive("--T", temperature);
      Check.positive("--until", until);
      if (KafkaTopic.isMeant(output)) {
        KafkaTopic.parse("--output", output);
      }
      Check.within("--equilibrate", equilibrate, 0, 1e9);
      Check.within("--threads", threads, 1, Simulation.MOST_THREADS);
      Engines.Start start =
          new Engines.Start(
              temperature,
              mixture(),
              seed,
              Optional.ofNullable(this.start),
              equilibrate,
              schedule(),
              integration(),
              threads);
      try (Interrupts interrupts = Interrupts.take()) {
        SimulationRun run =
            new SimulationRun(start, request(), output, restart, until, interrupts, people);
        boolean ended = run.run();
        report(run, (System.nanoTime() - started) * 1e-9, people);
        if (!ended) {
          people.println(
              restart == null
                  ? "Stopped; without --restart FILE it cannot go on."
                  : "Paused. The same command goes on.");
        }
      }
      return 0;
    } catch (IOException e) {
      throw new FailureException(RunFolder.reason(e), e);
    }
  }

  /** Particles, box and potential; a start from a file brings the first two. */
  private MixtureSpec mixture() {
    if (start != null && (count != null || density != null || fractionA != null)) {
      throw Check.refuse(
          "--N, --density and --fraction-a", "be left out where --start gives them", "" + start);
    }
    int n = count == null ? DEFAULT_COUNT : count;
    Check.positive("--N", n);
    MixtureSpec usual = MixtureSpec.kobAndersen(n).with(interactions());
    if (density != null) {
      Check.positive("--density", density);
    }
    if (fractionA != null) {
      Check.within("--fraction-a", fractionA, 0, 1);
    }
    return new MixtureSpec(
        n,
        fractionA == null ? usual.countA() : (int) Math.round(fractionA * n),
        density == null ? usual.density() : density,
        usual.interactions());
  }

  private Integration integration() {
    Check.positive("--dt", timestep);
    double perTau = Math.rint(1 / timestep);
    if (Math.abs(perTau * timestep - 1) > WHOLE) {
      throw Check.refuse("--dt", "go a whole number of times into 1 tau", timestep);
    }
    Integration usual = nve ? Integration.nve() : Integration.nvt();
    return new Integration(1 / perTau, usual.thermostatTime(), usual.thermostatted());
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

  /** What is simulated, in words: two runs of the same words are the same. */
  private String request() {
    return String.format(
        Locale.ROOT,
        "T=%s N=%s density=%s fraction-a=%s dt=%s seed=%d cutoff=%s schedule=%s nve=%s start=%s"
            + " equilibrate=%s output=%s%s",
        temperature,
        count,
        density,
        fractionA,
        timestep,
        seed,
        cutoff,
        schedule,
        nve,
        start,
        equilibrate,
        output,
        threads == 1 ? "" : " threads=" + threads);
  }

  private void report(SimulationRun run, double seconds, PrintStream people) {
    BlockMeans means = run.means();
    people.println(
        String.join(
            "  ",
            withError("U/N %.4f", means, 0),
            withError("P %.3f", means, 1),
            withError("T %.4f", means, 2),
            String.format(
                Locale.ROOT, "conserved quantity drifts by %.1e a particle and tau", run.drift())));
    people.println("  " + output);
    if (json) {
      ObjectNode node = new ObjectMapper().createObjectNode();
      String[] names = {"U", "P", "T"};
      for (int q = 0; q < names.length; q++) {
        node.put(names[q], means.mean(q));
        node.put(names[q] + "_error", known(means.error(q)));
      }
      node.put("conserved_drift", known(run.drift()));
      node.put("steps", run.steps());
      node.put("resumed", run.resumed());
      node.put("seconds", Math.rint(seconds * 1000) / 1000);
      node.put("output", output);
      System.out.println(node);
    }
  }

  /** A mean with its error; alone where there are too few frames to tell. */
  private static String withError(String format, BlockMeans means, int quantity) {
    String mean = String.format(Locale.ROOT, format, means.mean(quantity));
    double error = means.error(quantity);
    String digits = format.substring(format.indexOf('%'));
    return Double.isNaN(error) ? mean : mean + String.format(Locale.ROOT, " +- " + digits, error);
  }

  /** JSON has no NaN: null says that a value is not known. */
  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
