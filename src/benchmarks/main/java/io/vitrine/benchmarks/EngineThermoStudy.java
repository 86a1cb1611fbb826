package io.vitrine.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.engine.Integration;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.engine.Schedule;
import io.vitrine.engine.Simulation;
import io.vitrine.model.Frame;
import io.vitrine.model.Thermo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * U/N, P and the mean squared displacement of A at lag 10 tau against LAMMPS: {@code
 * EngineThermoStudy md_reference_UPD.json T seed rampTau restTau tau}.
 *
 * <p>N=4096 from a random start. U and P every 0.1 tau, errors from blocks of 10 tau.
 */
public final class EngineThermoStudy {
  private static final int COUNT = 4096;
  private static final int SAMPLES_A_TAU = 10;
  private static final int BLOCK_TAU = 10;
  private static final int LAG_TAU = 10;
  private static final double MELT = 2.0;

  private EngineThermoStudy() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    double temperature = Double.parseDouble(args[1]);
    JsonNode reference = find(Path.of(args[0]), temperature);
    Simulation simulation =
        Simulation.create(
            MixtureSpec.kobAndersen(COUNT), Integration.nvt(), MELT, Long.parseLong(args[2]));
    new Schedule(
            List.of(
                new Schedule.Stage(MELT, MELT, 10),
                new Schedule.Stage(MELT, temperature, Double.parseDouble(args[3])),
                new Schedule.Stage(temperature, temperature, Double.parseDouble(args[4]))))
        .run(simulation, s -> {});
    int tau = Integer.parseInt(args[5]);
    Blocks energy = new Blocks(SAMPLES_A_TAU * BLOCK_TAU);
    Blocks pressure = new Blocks(SAMPLES_A_TAU * BLOCK_TAU);
    Blocks kinetic = new Blocks(SAMPLES_A_TAU * BLOCK_TAU);
    List<Frame> recent = new ArrayList<>();
    double squares = 0;
    int lags = 0;
    long steps = simulation.integration().stepsIn(1.0 / SAMPLES_A_TAU);
    recent.add(simulation.frame("run"));
    for (int t = 1; t <= tau; t++) {
      for (int k = 0; k < SAMPLES_A_TAU; k++) {
        simulation.advance(steps);
        Thermo thermo = simulation.thermo();
        energy.add(thermo.potentialEnergy() / COUNT);
        pressure.add(thermo.pressure());
        kinetic.add(thermo.temperature());
      }
      Frame now = simulation.frame("run");
      recent.add(now);
      if (recent.size() > LAG_TAU) {
        squares += meanSquare(recent.remove(0), now);
        lags++;
      }
    }
    System.out.printf("T %s, seed %s, %d tau%n", args[1], args[2], tau);
    compare("T", kinetic, reference.get("T_mean"));
    compare("U/N", energy, reference.get("U"));
    compare("P", pressure, reference.get("P"));
    double msd = reference.get("msd_A").get(msdIndex(reference)).asDouble();
    System.out.printf(
        "  MSD A at %d tau: %.5f, LAMMPS %.5f, ratio %.4f%n",
        LAG_TAU, squares / lags, msd, squares / lags / msd);
  }

  private static JsonNode find(Path file, double temperature) throws IOException {
    for (JsonNode node : new ObjectMapper().readTree(file.toFile())) {
      if (node.get("T").asDouble() == temperature) {
        return node;
      }
    }
    throw new IllegalArgumentException("no reference at T=" + temperature + " in " + file);
  }

  private static int msdIndex(JsonNode reference) {
    for (int k = 0; k < reference.get("msd_lags").size(); k++) {
      if (reference.get("msd_lags").get(k).asInt() == LAG_TAU) {
        return k;
      }
    }
    throw new IllegalArgumentException("the reference has no lag " + LAG_TAU);
  }

  private static void compare(String name, Blocks found, JsonNode reference) {
    double expected = reference.get(0).asDouble();
    double error = Math.hypot(found.error(), reference.get(1).asDouble());
    System.out.printf(
        "  %s: %.5f +- %.5f, LAMMPS %.5f +- %.5f, %+.2f combined errors%n",
        name,
        found.mean(),
        found.error(),
        expected,
        reference.get(1).asDouble(),
        (found.mean() - expected) / error);
  }

  private static double meanSquare(Frame from, Frame to) {
    double edge = from.box().lx();
    int[] chosen = from.particles().indicesOf(0);
    double sum = 0;
    for (int i : chosen) {
      for (int k = 3 * i; k < 3 * i + 3; k++) {
        double d =
            to.positions()[k] - from.positions()[k] + edge * (to.images()[k] - from.images()[k]);
        sum += d * d;
      }
    }
    return sum / chosen.length;
  }
}
