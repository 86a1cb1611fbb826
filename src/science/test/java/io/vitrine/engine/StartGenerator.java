package io.vitrine.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the shipped start configurations: {@code StartGenerator N T seed rampTau restTau folder}.
 *
 * <p>Random start, melt 10 tau at T=2, ramp, rest; prints U/N by tenths of the rest, which must not
 * drift.
 */
public final class StartGenerator {
  private StartGenerator() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    int count = Integer.parseInt(args[0]);
    double temperature = Double.parseDouble(args[1]);
    long seed = Long.parseLong(args[2]);
    double ramp = Double.parseDouble(args[3]);
    double rest = Double.parseDouble(args[4]);
    Simulation simulation =
        Simulation.create(MixtureSpec.kobAndersen(count), Integration.nvt(), 2.0, seed);
    new Schedule(
            List.of(new Schedule.Stage(2.0, 2.0, 10), new Schedule.Stage(2.0, temperature, ramp)))
        .run(simulation, s -> {});
    for (int tenth = 1; tenth <= 10; tenth++) {
      double[] sums = new double[4];
      new Schedule(List.of(new Schedule.Stage(temperature, temperature, rest / 10)))
          .run(
              simulation,
              s -> {
                sums[0]++;
                sums[1] += s.thermo().potentialEnergy() / count;
                sums[2] += s.thermo().pressure();
                sums[3] += s.thermo().temperature();
              });
      System.out.printf(
          "tau %.0f  U/N %.4f  P %.3f  T %.4f%n",
          simulation.time(), sums[1] / sums[0], sums[2] / sums[0], sums[3] / sums[0]);
    }
    Path file = Path.of(args[5]).resolve(StartConfigurations.nameOf(count, temperature) + ".bin");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(simulation.snapshot());
    }
    System.out.println(file + " " + Files.size(file) + " bytes");
  }
}
