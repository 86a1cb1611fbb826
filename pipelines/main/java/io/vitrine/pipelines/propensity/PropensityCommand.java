package io.vitrine.pipelines.propensity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.engine.Integration;
import io.vitrine.engine.Interactions;
import io.vitrine.engine.Mixture;
import io.vitrine.engine.Simulation;
import io.vitrine.format.OutputFile;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.WholeFile;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.pipelines.run.Interrupts;
import io.vitrine.pipelines.run.JsonSummary;
import io.vitrine.streaming.io.feed.Engines;
import io.vitrine.streaming.io.feed.Mixtures;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vitrine propensity}: how far particles continue average from the same configuration. */
@Command(
    name = "propensity",
    description = {
      "Run many trajectories from each start with other velocities, and write the start with the",
      "mean displacement of every particle (propensity) and its standard error, for train and"
          + " OVITO."
    },
    footer = {
      "propensity --start start.gsd --T 0.47 --time 30 --output set.gsd",
      "propensity --start a.gsd --T 0.5 --time 9 --output set.extxyz"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PropensityCommand implements Callable<Integer> {
  private static final int MOST_REPLICAS = 100_000;
  private static final double WHOLE = 1e-6;

  @Option(
      names = "--start",
      required = true,
      paramLabel = "FILE",
      description = "the last frame of a trajectory, or a restart file (repeatable, in this order)")
  private List<Path> starts = new ArrayList<>();

  @Option(names = "--T", required = true, description = "temperature of the thermostat, epsilon/k")
  private double temperature;

  @Option(
      names = "--time",
      required = true,
      split = ",",
      paramLabel = "TAU",
      description = {
        "when displacements are taken (repeatable); one time: fields propensity and",
        "propensity_error, several: propensity_TAU and propensity_TAU_error"
      })
  private double[] times;

  @Option(
      names = "--replicas",
      description = "trajectories from each start (default: ${DEFAULT-VALUE})")
  private int replicas = 32;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = {
        "the set, a frame each start: .gsd (log/particles/propensity) or .extxyz (a column);",
        "FILE.replicas keeps what is done until then; the same command continues it"
      })
  private Path output;

  @Option(
      names = "--mixture",
      paramLabel = "NAME|FILE",
      description = "as of simulate (default: ${DEFAULT-VALUE})")
  private String mixtureName = Mixtures.DEFAULT;

  @Option(names = "--dt", description = "time step, tau (default: ${DEFAULT-VALUE})")
  private double timestep = Integration.nvt().timestep();

  @Option(names = "--seed", description = "of the velocities (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--threads",
      paramLabel = "K",
      description = "replicas at a time; any number gives the same bytes (default: 1)")
  private int threads = 1;

  @Mixin private JsonSummary json = new JsonSummary();

  @Override
  public Integer call() throws Exception {
    check();
    try (Interrupts interrupts = Interrupts.take("Ended at once; the same command continues it.")) {
      return run(interrupts, json.people());
    }
  }

  private void check() {
    Check.positive("--T", temperature);
    Check.within("--replicas", replicas, 2, MOST_REPLICAS);
    Check.within("--threads", threads, 1, Simulation.MOST_THREADS);
    Check.positive("--dt", timestep);
    Arrays.sort(times);
    for (int t = 0; t < times.length; t++) {
      Check.positive("--time", times[t]);
      double steps = times[t] / timestep;
      if (Math.abs(steps - Math.rint(steps)) > WHOLE * steps || steps < 1) {
        throw Check.refuse("--time", "be a whole number of time steps " + timestep, times[t]);
      }
      if (t > 0 && times[t] == times[t - 1]) {
        throw Check.refuse("--time", "name each time once", times[t]);
      }
    }
    if (!output.toString().toLowerCase(Locale.ROOT).matches(".*\\.(gsd|extxyz)")) {
      throw Check.refuse("--output", "end in .gsd or .extxyz", "'" + output + "'");
    }
  }

  private int run(Interrupts interrupts, PrintStream people) throws IOException {
    long started = System.nanoTime();
    Mixture mixture = Mixtures.of(mixtureName);
    Interactions interactions = mixture.interactions();
    Integration usual = Integration.nvt();
    Integration integration = new Integration(timestep, usual.thermostatTime(), true);
    Ensemble ensemble =
        new Ensemble(interactions, integration, temperature, times, replicas, threads);
    OutputFile.prepare(output);
    Path folder = output.resolveSibling(output.getFileName() + ".replicas");
    Files.createDirectories(folder);
    List<Map<String, double[]>> fields = new ArrayList<>();
    List<Frame> frames = new ArrayList<>();
    AtomicInteger ended = new AtomicInteger();
    for (int c = 0; c < starts.size(); c++) {
      Frame frame = start(starts.get(c), mixture, integration, c);
      frames.add(frame);
      Map<String, double[]> result =
          ensemble.run(
              frame,
              c,
              seed,
              request(frame, interactions),
              folder,
              interrupts::came,
              () -> {
                int now = ended.incrementAndGet();
                people.println("  " + now + " of " + replicas * starts.size() + " replicas");
              });
      if (result == null) {
        people.println("Paused. The same command continues it.");
        return 0;
      }
      fields.add(result);
    }
    try (TrajectoryWriter writer = Trajectories.create(WholeFile.aside(output))) {
      for (int c = 0; c < frames.size(); c++) {
        writer.write(frames.get(c), fields.get(c));
      }
    }
    WholeFile.finish(output);
    remove(folder);
    report(fields, (System.nanoTime() - started) * 1e-9, people);
    return 0;
  }

  private Frame start(Path file, Mixture mixture, Integration integration, int c)
      throws IOException {
    Frame given = Engines.configuration(file, mixture).toBuilder().velocities(null).build();
    Frame read =
        Simulation.start(given, mixture.interactions(), integration, temperature, seed)
            .frame("configuration");
    return read.toBuilder().velocities(null).at(c, c).build();
  }

  /** What a replica depends on: two of the same words are the same. */
  private String request(Frame frame, Interactions interactions) {
    return String.format(
        Locale.ROOT,
        "T=%s times=%s dt=%s seed=%d potential=%08x start=%08x-%08x-%s",
        temperature,
        Arrays.toString(times),
        timestep,
        seed,
        interactions.toString().hashCode(),
        Arrays.hashCode(frame.positions()),
        Arrays.hashCode(frame.particles().types()),
        frame.box());
  }

  private static void remove(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> f.getFileName().toString().contains(".replica")).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  private void report(List<Map<String, double[]>> fields, double seconds, PrintStream people)
      throws IOException {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("configurations", fields.size()).put("replicas", replicas);
    for (int t = 0; t < times.length; t++) {
      String name = Ensemble.name(times, t);
      double mean = mean(fields, name);
      double error = mean(fields, name + "_error");
      people.println(
          String.format(
              Locale.ROOT,
              "%s at %s tau: mean %.4f, standard error of a particle %.4f on average",
              name,
              times[t],
              mean,
              error));
      node.putObject(name).put("time", times[t]).put("mean", mean).put("mean_error", error);
    }
    people.println("  " + output);
    node.put("output", output.toString()).put("seconds", Math.rint(seconds * 1000) / 1000);
    json.print(node);
  }

  private static double mean(List<Map<String, double[]>> fields, String name) {
    return fields.stream()
        .flatMapToDouble(f -> Arrays.stream(f.get(name)))
        .average()
        .orElse(Double.NaN);
  }
}
