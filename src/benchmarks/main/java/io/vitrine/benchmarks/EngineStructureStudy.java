package io.vitrine.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vitrine.engine.Integration;
import io.vitrine.engine.Interactions;
import io.vitrine.engine.Simulation;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * g(r) of a published equilibrated configuration run on, against the published g(r): {@code
 * EngineStructureStudy end.xyz.gz rdf.dat T tau dt}.
 *
 * <p>Bins up to half the box, frames every tau. Reports U/N and P with errors from blocks of 10
 * tau, the temperature of velocities and of positions, and for each pair of species how many bins
 * lie within 3 errors of {@link PairHistogram}.
 */
public final class EngineStructureStudy {
  private static final double THERMOSTAT_TIME = 0.5;
  private static final int BLOCK_TAU = 10;

  /** Frames the positions' temperature is taken from. */
  private static final int TEMPERATURE_EVERY_TAU = 5;

  private EngineStructureStudy() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    Frame start = read(Path.of(args[0]));
    List<String> rows =
        Files.readAllLines(Path.of(args[1])).stream().filter(l -> !l.startsWith("#")).toList();
    double[][] published = new double[rows.size()][];
    for (int b = 0; b < published.length; b++) {
      String[] words = rows.get(b).trim().split("\\s+", -1);
      published[b] = new double[words.length];
      for (int c = 0; c < words.length; c++) {
        published[b][c] = Double.parseDouble(words[c]);
      }
    }
    // From the ends: single rows are rounded to six decimals.
    int last = published.length - 1;
    double width = (published[last][0] - published[0][0]) / last;
    int bins = Math.min(published.length, (int) (start.box().lx() / 2 / width));
    double temperature = Double.parseDouble(args[2]);
    int tau = Integer.parseInt(args[3]);
    Simulation simulation =
        Simulation.start(
            start,
            Interactions.kobAndersen(),
            new Integration(Double.parseDouble(args[4]), THERMOSTAT_TIME, true),
            temperature,
            1);
    PairHistogram found = new PairHistogram(width, bins);
    ConfigurationalTemperature positions = new ConfigurationalTemperature();
    Blocks energy = new Blocks(BLOCK_TAU);
    Blocks pressure = new Blocks(BLOCK_TAU);
    Blocks velocities = new Blocks(BLOCK_TAU);
    for (int t = 1; t <= tau; t++) {
      simulation.advance(simulation.integration().stepsIn(1));
      Frame frame = simulation.frame("run");
      energy.add(frame.thermo().potentialEnergy() / frame.count());
      pressure.add(frame.thermo().pressure());
      velocities.add(frame.thermo().temperature());
      found.add(frame);
      if (t % TEMPERATURE_EVERY_TAU == 0) {
        positions.add(frame, Interactions.kobAndersen());
      }
    }
    System.out.printf(
        "T %s, dt %s, %d tau: U/N %.5f +- %.5f, P %.4f +- %.4f, T of velocities %.5f +- %.5f, of"
            + " positions %.5f%n",
        args[2],
        args[4],
        tau,
        energy.mean(),
        energy.error(),
        pressure.mean(),
        pressure.error(),
        velocities.mean(),
        velocities.error(),
        positions.value());
    int[] columns = {1, 2, published[0].length - 1};
    String[] names = {"AA", "AB", "BB"};
    for (int pair = 0; pair < 3; pair++) {
      report(names[pair], found, pair, published, columns[pair]);
    }
  }

  private static void report(
      String name, PairHistogram found, int pair, double[][] published, int column) {
    int within = 0;
    int bins = 0;
    double worst = 0;
    double bias = 0;
    for (int b = 0; b < found.bins(); b++) {
      double mean = found.mean(pair, b);
      double off = Math.abs(mean - published[b][column]);
      if (mean == 0 && published[b][column] < 1e-5) {
        continue; // inside the core, both nothing
      }
      bins++;
      within += off <= 3 * found.error(pair, b) ? 1 : 0;
      worst = Math.max(worst, off);
      bias += mean - published[b][column];
    }
    System.out.printf(
        "  g_%s: %d of %d bins (%.1f%%) within 3 errors, largest difference %.4f, mean %+.6f%n",
        name, within, bins, 100.0 * within / bins, worst, bias / bins);
  }

  private static Frame read(Path file) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), US_ASCII))) {
      int n = Integer.parseInt(in.readLine().trim());
      String header = in.readLine();
      String box = header.replaceAll(".*RectangularSimulationBox,", "").replaceAll(" .*", "");
      double edge = Double.parseDouble(box.split(",", -1)[0]);
      byte[] types = new byte[n];
      double[] positions = new double[3 * n];
      double[] velocities = new double[3 * n];
      for (int i = 0; i < n; i++) {
        String[] words = in.readLine().trim().split("\\s+", -1);
        types[i] = Byte.parseByte(words[0]);
        for (int c = 0; c < 3; c++) {
          positions[3 * i + c] = Double.parseDouble(words[1 + c]);
          velocities[3 * i + c] = Double.parseDouble(words[7 + c]);
        }
      }
      return Frame.of("published")
          .box(Box.cube(edge).centred())
          .particles(Particles.numbered(0, types))
          .wrapped(positions, null)
          .velocities(velocities)
          .build();
    }
  }
}
