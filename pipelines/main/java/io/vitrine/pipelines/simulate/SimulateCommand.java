package io.vitrine.pipelines.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.engine.Integration;
import io.vitrine.engine.Interactions;
import io.vitrine.engine.Mixture;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.engine.Schedule;
import io.vitrine.engine.Simulation;
import io.vitrine.format.OutputFile;
import io.vitrine.model.Check;
import io.vitrine.pipelines.run.Interrupts;
import io.vitrine.pipelines.run.JsonSummary;
import io.vitrine.streaming.io.feed.Engines;
import io.vitrine.streaming.io.feed.KafkaTopic;
import io.vitrine.streaming.io.feed.Mixtures;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vitrine simulate}: a glass-forming mixture, to a file; or the forces of one frame. */
@Command(
    name = "simulate",
    description = {
      "Simulate a glass-forming mixture (Kob-Andersen by default), frames 1 tau apart, to a file",
      "(.gsd, .h5, .lammpstrj or .extxyz by suffix), to an IMD client (imd://HOST:PORT) or to a",
      "Kafka topic (kafka://HOST:PORT/TOPIC)."
    },
    footer = {
      "simulate --T 0.47 --N 4096 --until 200 --output run.gsd",
      "simulate --T 0.5 --equilibrate auto --until 500 --output run.gsd"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SimulateCommand implements Callable<Integer> {
  private static final int DEFAULT_COUNT = 4096;
  private static final String KA = "ka";
  private static final String AUTO = "auto";
  private static final double DEFAULT_AT_MOST = 10_000;
  private static final double WHOLE = 1e-9;

  @Option(
      names = "--mixture",
      paramLabel = "NAME|FILE",
      description = {
        "kob-andersen (default), kob-andersen-2d, kob-andersen-2d-ternary, wahnstrom,",
        "soft-spheres, harmonic, or a YAML file that defines one"
      })
  private String mixtureName = Mixtures.DEFAULT;

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
      description = "of kob-andersen: ka (2.5 sigma_ab, default) or all-pairs (2.5 for all)")
  private String cutoff = KA;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = {
        "of a random start. standard (default): melt at T=2 (or as the mixture says) until the",
        "composition is that of a liquid (92 tau at N=4096), ramp 50 tau, rest 100 tau;",
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

  @Option(names = "--density", description = "N/V, sigma_AA^-3 (default: the mixture's, 1.2)")
  private Double density;

  @Option(
      names = "--fraction-a",
      paramLabel = "X",
      description =
          "of the first of two species, rounded to a whole particle (default: the mixture's, 0.8)")
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
      paramLabel = "TAU|auto",
      description = {
        "rest at T before time 0, behind the start (default: 0);",
        "auto: until the run is in equilibrium by the verdict of monitor"
      })
  private String equilibrate = "0";

  @Option(
      names = "--equilibrate-at-most",
      paramLabel = "TAU",
      description = {
        "with --equilibrate auto: after so many tau at T without equilibrium the command fails",
        "and says why (default: 10000); with --restart a larger value goes on"
      })
  private Double equilibrateAtMost;

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
        "where FILE is there, continue from it, to the same bytes (or further, --until)"
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

  @Mixin private JsonSummary json = new JsonSummary();

  @Override
  public Integer call() throws Exception {
    long started = System.nanoTime();
    PrintStream people = json.people();
    if (forces != null) {
      StaticForcesReport.write(
          forces, mixture().mixture(), OutputFile.prepare(Path.of(output)), json);
      return 0;
    }
    if (Double.isNaN(temperature)) {
      throw new IllegalArgumentException(
          "--T must be given, the temperature of the thermostat in epsilon/k (--T 0.47)");
    }
    Check.positive("--T", temperature);
    Check.positive("--until", until);
    if (KafkaTopic.isMeant(output)) {
      KafkaTopic.parse("--output", output);
    }
    double rest = rest();
    Check.within("--threads", threads, 1, Simulation.MOST_THREADS);
    MixtureSpec mixture = mixture();
    Engines.Start start =
        new Engines.Start(
            temperature,
            mixture,
            seed,
            Optional.ofNullable(this.start),
            rest,
            schedule(mixture),
            integration(),
            threads);
    try (Interrupts interrupts = Interrupts.take(farewell())) {
      SimulationRun run =
          new SimulationRun(
              start, request(rest), output, restart, until, atMost(), interrupts, people);
      boolean ended = run.run();
      report(run, (System.nanoTime() - started) * 1e-9, people);
      if (!ended) {
        people.println(
            restart == null
                ? "Stopped; without --restart FILE it cannot continue."
                : "Paused. The same command continues it.");
      }
    }
    return 0;
  }

  /** Time at T before time 0; 0 where the run itself is judged. */
  private double rest() {
    if (isJudged()) {
      return 0;
    }
    try {
      return Check.within("--equilibrate", Double.parseDouble(equilibrate), 0, 1e9);
    } catch (NumberFormatException e) {
      throw Check.refuse("--equilibrate", "be a number of tau or auto", "'" + equilibrate + "'");
    }
  }

  private boolean isJudged() {
    return equilibrate.equals(AUTO);
  }

  private String farewell() {
    return restart == null
        ? "Ended at once; without --restart FILE it cannot continue."
        : "Ended at once; the same command continues it from the state kept last.";
  }

  /** How long equilibrium is waited for; NaN where it is not. */
  private double atMost() {
    if (equilibrateAtMost == null) {
      return isJudged() ? DEFAULT_AT_MOST : Double.NaN;
    }
    if (!isJudged()) {
      throw Check.refuse("--equilibrate-at-most", "go with --equilibrate auto", equilibrateAtMost);
    }
    return Check.positive("--equilibrate-at-most", equilibrateAtMost);
  }

  /** Particles, box and potential; a start from a file brings the first two. */
  private MixtureSpec mixture() {
    if (start != null && (count != null || density != null || fractionA != null)) {
      throw Check.refuse(
          "--N, --density and --fraction-a", "be left out where --start gives them", "" + start);
    }
    int n = count == null ? DEFAULT_COUNT : count;
    Check.positive("--N", n);
    Mixture mixture = Mixtures.of(mixtureName);
    if (!cutoff.equals(KA)) {
      mixture = mixture.with(otherCutoff().pairs());
    }
    if (density != null) {
      mixture = mixture.withDensity(Check.positive("--density", density));
    }
    if (fractionA != null) {
      Check.within("--fraction-a", fractionA, 0, 1);
      if (mixture.components().size() != 2) {
        throw Check.refuse("--fraction-a", "go with a mixture of two species", mixtureName);
      }
      mixture = mixture.withFractions(fractionA, 1 - fractionA);
    }
    return new MixtureSpec(n, mixture);
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

  private Interactions otherCutoff() {
    if (!mixtureName.equals(Mixtures.DEFAULT)) {
      throw Check.refuse("--cutoff", "be left out but for kob-andersen", "'" + cutoff + "'");
    }
    if (!cutoff.equals("all-pairs")) {
      throw Check.refuse("--cutoff", "be ka or all-pairs", "'" + cutoff + "'");
    }
    return Interactions.kobAndersenAllPairs();
  }

  private Schedule schedule(MixtureSpec mixture) {
    return switch (schedule) {
      case "standard" -> Schedule.standard(temperature, mixture);
      case "paper" -> {
        if (!mixtureName.equals(Mixtures.DEFAULT)) {
          throw Check.refuse("--schedule paper", "go with kob-andersen", mixtureName);
        }
        yield Schedule.paper(temperature);
      }
      default -> throw Check.refuse("--schedule", "be standard or paper", "'" + schedule + "'");
    };
  }

  /** What is simulated, in words: two runs of the same words are the same. */
  private String request(double rest) {
    return String.format(
        Locale.ROOT,
        "T=%s N=%s density=%s fraction-a=%s dt=%s seed=%d cutoff=%s schedule=%s nve=%s start=%s"
            + " equilibrate=%s output=%s%s%s",
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
        isJudged() ? AUTO : rest,
        output,
        threads == 1 ? "" : " threads=" + threads,
        mixtureName.equals(Mixtures.DEFAULT) ? "" : " mixture=" + mixtureName);
  }

  private void report(SimulationRun run, double seconds, PrintStream people)
      throws JsonProcessingException {
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
    ObjectNode node = new ObjectMapper().createObjectNode();
    if (!run.equilibrium().isEmpty()) {
      node.set("equilibration", new ObjectMapper().readTree(run.equilibrium()));
    }
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
    json.print(node);
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
