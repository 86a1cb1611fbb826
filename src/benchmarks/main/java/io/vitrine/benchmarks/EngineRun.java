package io.vitrine.benchmarks;

import io.vitrine.engine.Integration;
import io.vitrine.engine.Interactions;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.engine.Schedule;
import io.vitrine.engine.Simulation;
import io.vitrine.model.Frame;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What compare-engine runs beside lmp, from one and the same start.
 *
 * <p>{@code start N T seed FILE.data FILE.snapshot}: melts 5 tau, rests 10 tau at T, writes the
 * start for lmp and for us. {@code speed FILE.snapshot steps}: CPU ms a step after 2000 steps of
 * warm-up. {@code drift FILE.snapshot tau}: slope of the energy a particle over an NVE run, with
 * its error. {@code slope LOG}: the same from a thermo log of lmp. {@code threads FILE.snapshot
 * steps rounds}: ms by the clock a step with one thread, with two, and of two runs of one thread
 * each at a time, which is the most that two threads could do on this machine; in turn.
 */
public final class EngineRun {
  private static final long WARM_UP_PARTICLE_STEPS = 2000 * 4096;

  /** Time by the clock over CPU time where nothing else needed the cores. */
  private static final double UNDISTURBED = 1.05;

  private EngineRun() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "start" -> start(args);
      case "speed" -> speed(args);
      case "drift" -> drift(args);
      case "slope" -> slope(args);
      case "threads" -> threads(args);
      default ->
          throw new IllegalArgumentException("start, speed, drift, slope or threads: " + args[0]);
    }
  }

  private static void start(String[] args) throws IOException {
    MixtureSpec spec = MixtureSpec.kobAndersen(Integer.parseInt(args[1]));
    double temperature = Double.parseDouble(args[2]);
    Simulation simulation =
        Simulation.create(spec, Integration.nvt(), temperature, Long.parseLong(args[3]));
    new Schedule(
            List.of(
                new Schedule.Stage(2.0, 2.0, 1),
                new Schedule.Stage(temperature, temperature, Double.parseDouble(args[4]))))
        .run(simulation, s -> {});
    Files.write(Path.of(args[6]), simulation.snapshot());
    Frame frame = simulation.frame("start");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(args[5])))) {
      out.printf("start%n%n%d atoms%n2 atom types%n%n", frame.count());
      for (String axis : List.of("x", "y", "z")) {
        out.printf("0 %s %slo %shi%n", frame.box().lx(), axis, axis);
      }
      out.printf("%nMasses%n%n1 1%n2 1%n%nAtoms # atomic%n%n");
      rows(out, frame, frame.positions(), true);
      out.printf("%nVelocities%n%n");
      rows(out, frame, frame.velocities(), false);
    }
  }

  private static void rows(PrintWriter out, Frame frame, double[] xyz, boolean typed) {
    for (int i = 0; i < frame.count(); i++) {
      String type = typed ? " " + (frame.particles().types()[i] + 1) : "";
      out.println((i + 1) + type + " " + xyz[3 * i] + " " + xyz[3 * i + 1] + " " + xyz[3 * i + 2]);
    }
  }

  private static double cpuMillis() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6;
  }

  private static void speed(String[] args) throws IOException {
    Simulation simulation = Simulation.restore(Files.readAllBytes(Path.of(args[1])));
    simulation.advance(WARM_UP_PARTICLE_STEPS / simulation.count());
    long steps = Long.parseLong(args[2]);
    double before = cpuMillis();
    simulation.advance(steps);
    System.out.printf("%.4f%n", (cpuMillis() - before) / steps);
  }

  private static void threads(String[] args) throws Exception {
    byte[] snapshot = Files.readAllBytes(Path.of(args[1]));
    long steps = Long.parseLong(args[2]);
    int rounds = Integer.parseInt(args[3]);
    Simulation one = Simulation.restore(snapshot);
    Simulation other = Simulation.restore(snapshot);
    Simulation two = Simulation.restore(snapshot);
    two.useThreads(2);
    for (Simulation each : List.of(one, two, other)) {
      each.advance(WARM_UP_PARTICLE_STEPS / each.count());
    }
    double[] gains = new double[rounds];
    double[] work = new double[rounds];
    double[] bounds = new double[rounds];
    boolean[] undisturbed = new boolean[rounds];
    for (int round = 0; round < rounds; round++) {
      Spent alone = Spent.on(steps, one);
      Spent shared = Spent.on(steps, two);
      Spent atOnce = Spent.on(steps, one, other);
      gains[round] = alone.millis() / shared.millis();
      work[round] = alone.cpuMillis() / shared.cpuMillis();
      bounds[round] = 2 * alone.millis() / atOnce.millis();
      undisturbed[round] = alone.undisturbed() && atOnce.undisturbed();
      System.out.printf(
          "round %d, ms a step: one thread %.3f (CPU %.3f), two %.3f (CPU of the first %.3f);"
              + " two runs at a time %.3f; gains %.3f (CPU %.3f), %.3f%n",
          round + 1,
          alone.millis(),
          alone.cpuMillis(),
          shared.millis(),
          shared.cpuMillis(),
          atOnce.millis(),
          gains[round],
          work[round],
          bounds[round]);
    }
    int[] all = IntStream.range(0, rounds).toArray();
    int[] quiet = IntStream.of(all).filter(round -> undisturbed[round]).toArray();
    for (int[] some : List.of(all, quiet)) {
      System.out.printf(
          "N=%d, medians of %d rounds: gain of two threads %.3f (CPU %.3f), of two runs at a time"
              + " %.3f%n",
          one.count(), some.length, median(gains, some), median(work, some), median(bounds, some));
    }
  }

  private static double median(double[] values, int[] some) {
    if (some.length == 0) {
      return Double.NaN;
    }
    double[] sorted = IntStream.of(some).mapToDouble(k -> values[k]).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /**
   * What a step takes.
   *
   * @param millis by the clock
   * @param cpuMillis CPU time of the thread that steps the first of the simulations
   */
  private record Spent(double millis, double cpuMillis) {
    boolean undisturbed() {
      return millis < UNDISTURBED * cpuMillis;
    }

    /** Simulations that run at the same time. */
    static Spent on(long steps, Simulation... simulations) throws InterruptedException {
      double[] cpu = new double[simulations.length];
      Thread[] runs = new Thread[simulations.length];
      long before = System.nanoTime();
      for (int k = 0; k < runs.length; k++) {
        int run = k;
        runs[k] =
            new Thread(
                () -> {
                  double began = EngineRun.cpuMillis();
                  simulations[run].advance(steps);
                  cpu[run] = EngineRun.cpuMillis() - began;
                });
        runs[k].start();
      }
      for (Thread run : runs) {
        run.join();
      }
      return new Spent((System.nanoTime() - before) / 1e6 / steps, cpu[0] / steps);
    }
  }

  private static void drift(String[] args) throws IOException {
    Simulation warm = Simulation.restore(Files.readAllBytes(Path.of(args[1])));
    Simulation simulation =
        Simulation.start(
            warm.frame("drift"), Interactions.kobAndersen(), Integration.nve(), 1.0, 1);
    Slope slope = new Slope();
    int tau = Integer.parseInt(args[2]);
    for (int t = 0; t <= tau; t++) {
      slope.add(t, simulation.conservedQuantity() / simulation.count());
      simulation.advance(simulation.integration().stepsIn(1));
    }
    System.out.println(slope);
  }

  private static void slope(String[] args) throws IOException {
    Slope slope = new Slope();
    boolean table = false;
    int row = 0;
    try (BufferedReader in = Files.newBufferedReader(Path.of(args[1]))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.contains("Loop time")) {
          table = false;
        }
        if (table) {
          slope.add(row++, Double.parseDouble(line.trim().split("\\s+", -1)[4]));
        }
        if (line.trim().startsWith("Step")) {
          table = true;
        }
      }
    }
    System.out.println(slope);
  }
}
