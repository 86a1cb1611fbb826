package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.engine.Simulation;
import io.vitrine.format.GsdWriter;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.model.Thermo;
import io.vitrine.streaming.io.Engines;
import io.vitrine.streaming.io.FrameUri;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vitrine simulate}: the Kob-Andersen mixture, to a file. */
@Command(
    name = "simulate",
    description = "Simulate the Kob-Andersen mixture, frames 1 tau apart, to a GSD file.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SimulateCommand implements Callable<Integer> {
  @Option(names = "--T", required = true, description = "temperature of the thermostat, epsilon/k")
  private double temperature;

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

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "GSD file")
  private Path output;

  @Option(names = "--json", description = "one machine-readable summary on stdout")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    long started = System.nanoTime();
    Check.positive("--T", temperature);
    Check.positive("--N", count);
    Check.positive("--until", until);
    Check.within("--equilibrate", equilibrate, 0, 1e9);
    PrintStream people = json ? System.err : System.out;
    String uri =
        "simulate:?T="
            + temperature
            + "&N="
            + count
            + "&seed="
            + seed
            + "&equilibrate="
            + Math.round(equilibrate)
            + (start == null ? "" : "&start=" + start);
    Progress progress = new Progress(people);
    try {
      Simulation simulation =
          Engines.start(FrameUri.parse(uri), s -> progress.show("equilibrating", s, Double.NaN));
      BlockMeans means = write(simulation, progress);
      progress.end();
      report(simulation, means, (System.nanoTime() - started) * 1e-9, people);
      return 0;
    } catch (IOException e) {
      throw new FailureException(RunFolder.reason(e), e);
    }
  }

  private BlockMeans write(Simulation simulation, Progress progress) throws IOException {
    BlockMeans means = new BlockMeans(3);
    long stepsPerTau = simulation.integration().stepsIn(1.0);
    try (GsdWriter writer = GsdWriter.create(output)) {
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
