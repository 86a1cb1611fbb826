package io.vitrine.serving;

import io.vitrine.results.ResultsStore;
import io.vitrine.results.bins.Binning;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.HistogramTotal;
import io.vitrine.results.rows.ModelRow;
import io.vitrine.results.rows.RelaxationRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;
import io.vitrine.results.rows.SnapshotRow;
import io.vitrine.results.rows.StaticsRow;
import io.vitrine.results.rows.WindowRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A study of any size, to see the page with: replicas of eight temperatures, noise with a memory of
 * 20 tau, and a spike of the rearranging fraction in the middle of each simulation. The same
 * arguments give the same numbers. {@code src/serving/weigh} runs it.
 */
public final class ManySimulations {
  static final String NAME = "many";

  private static final double[] TEMPERATURES = {0.45, 0.47, 0.5, 0.53, 0.56, 0.6, 0.65, 0.7};
  private static final int PARTICLES = 1000;
  private static final int TARGETS = 800;
  private static final int BATCH = 20_000;
  private static final double T0 = 0.95;

  private ManySimulations() {}

  /** Arguments: JDBC URL of a new store, number of simulations, windows of each. */
  public static void main(String[] arguments) throws IOException {
    int simulations = Integer.parseInt(arguments[1]);
    int windows = Integer.parseInt(arguments[2]);
    try (ResultsStore store = ResultsStore.open(arguments[0])) {
      fill(store, simulations, windows);
    }
    System.out.printf("%d simulations of %d windows%n", simulations, windows);
  }

  /** Writes a study. */
  static void fill(ResultsStore store, int simulations, int windows) throws IOException {
    store.apply(List.of(new ModelRow(NAME, ExampleStudy.MODEL, "v1", ExampleStudy.modelJson(50))));
    for (int s = 0; s < simulations; s++) {
      simulation(store, s, windows);
    }
  }

  static double temperature(int simulation) {
    return TEMPERATURES[simulation % TEMPERATURES.length];
  }

  static String id(int simulation) {
    return "T" + temperature(simulation) + "-" + simulation / TEMPERATURES.length;
  }

  private static void simulation(ResultsStore store, int s, int windows) throws IOException {
    double temperature = temperature(s);
    String id = id(s);
    int frames = windows + 10;
    Random random = new Random(s);
    List<ResultRow> rows = new ArrayList<>();
    rows.add(
        new SimulationRow(
            NAME,
            id,
            "simulate?T=" + temperature + "&seed=" + s,
            "simulate",
            "inclusive",
            temperature,
            PARTICLES,
            TARGETS,
            1000,
            10_000,
            frames - 1,
            frames,
            RunState.FINISHED,
            ""));
    double noise = 0;
    double hot = Math.exp(-2.6 / temperature) * 3;
    for (int t = 0; t < frames; t++) {
      noise = 0.95 * noise + 0.31 * random.nextGaussian();
      double energy = PARTICLES * (-7.7 + 1.6 * temperature + 0.01 * noise);
      rows.add(
          new FrameRow(
              NAME,
              id,
              1000L * t,
              200L * t,
              energy,
              1 + 8 * temperature + 0.05 * noise,
              temperature * (1 + 0.02 * random.nextGaussian()),
              0));
      if (t >= 5 && t < frames - 5) {
        double fraction = hot * Math.exp(0.4 * noise) * (t == frames / 2 ? 4 : 1);
        long hops = Math.min(TARGETS, Math.round(TARGETS * fraction + 0.4 * random.nextGaussian()));
        rows.add(window(id, t, Math.max(0, hops), temperature, noise));
      }
      if (rows.size() >= BATCH) {
        store.apply(rows);
        rows.clear();
      }
    }
    blocks(id, temperature, windows, random, rows);
    histograms(id, temperature, windows, rows);
    relaxation(id, temperature, frames, s % 10 == 9 ? "ageing" : "equilibrated", rows);
    if (s < 8) {
      for (int t = frames - 100; t < frames - 5; t += 5) {
        rows.add(snapshot(id, t, hot, random));
      }
    }
    store.apply(rows);
  }

  private static WindowRow window(String id, int t, long hops, double temperature, double noise) {
    return new WindowRow(
        NAME,
        id,
        ExampleStudy.MODEL,
        1000L * t,
        "v1",
        TARGETS,
        hops,
        new WindowRow.HopMoments(0.02 * temperature, 0.01, 1e-4, 2),
        new WindowRow.ScoreMoments(-1 + temperature + 0.02 * noise, ExampleStudy.SIGMA, 0, 0),
        0.1,
        List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0));
  }

  private static void blocks(
      String id, double temperature, int windows, Random random, List<ResultRow> rows) {
    int blocks = Math.min(12, Math.max(1, windows / 50));
    for (int block = 0; block < blocks; block++) {
      List<CounterBin> bins = new ArrayList<>();
      for (int i = -75; i < 60; i++) {
        double x = ((i + 0.5) / 50 - ExampleStudy.BIAS) / ExampleStudy.SIGMA;
        double barrier = 3 - 0.7 * Math.rint(x / 0.5) * 0.5;
        double p = Math.exp(-1.5 + barrier * (1 / T0 - 1 / temperature)) / temperature;
        long structures = Math.round(20_000 * Math.exp(-x * x / 2)) + 1;
        double hops = structures * p * (1 + 0.05 * random.nextGaussian());
        bins.add(new CounterBin(i, structures, Math.min(structures, Math.round(hops))));
      }
      rows.add(
          new CounterBlock(
              NAME, id, ExampleStudy.MODEL, "v1", temperature, 50_000, block, 50, bins));
    }
  }

  private static void histograms(String id, double temperature, int windows, List<ResultRow> rows) {
    List<HistogramTotal.Bin> hops = new ArrayList<>();
    for (int i = -60; i < 20; i++) {
      double u = (i + 30 - 40 * (temperature - 0.5)) / 8;
      hops.add(new HistogramTotal.Bin(i, Math.round(1e6 * Math.exp(-u * u / 2)) + 1));
    }
    rows.add(new HistogramTotal(NAME, id, "p_hop", windows, Binning.P_HOP, hops));
    rows.add(bell(id, "score:" + ExampleStudy.MODEL, windows, Binning.RAW_SCORE, 30));
    rows.add(bell(id, "van_hove_1d", windows, Binning.DISPLACEMENT, (int) (40 * temperature)));
  }

  /** A Gaussian of this many bins with tails of an exponential. */
  private static HistogramTotal bell(
      String id, String kind, int windows, Binning binning, int width) {
    List<HistogramTotal.Bin> bins = new ArrayList<>();
    for (int i = -4 * width; i <= 4 * width; i++) {
      double u = Math.abs((double) i / width);
      double tail = kind.startsWith("van") ? 3e3 * Math.exp(-u) : 0;
      bins.add(new HistogramTotal.Bin(i, Math.round(1e6 * Math.exp(-u * u / 2) + tail)));
    }
    return new HistogramTotal(NAME, id, kind, windows, binning, bins);
  }

  private static void relaxation(
      String id, double temperature, int frames, String verdict, List<ResultRow> rows) {
    double tau = Math.exp(1.5 / (temperature - 0.3));
    for (int lag = 1; lag < frames / 2; lag = Math.max(lag + 1, lag * 5 / 4)) {
      double u = lag / tau;
      double error = 0.005 * Math.sqrt(1 + lag / 100.0);
      double bump = Math.exp(-Math.pow(Math.log(4 * u), 2) / 8);
      rows.add(value(id, "Fs", 7.25, lag, 0.8 * Math.exp(-Math.pow(u, 0.6) * 0.8), error, frames));
      rows.add(value(id, "msd", Double.NaN, lag, 0.03 + 0.08 * u, 0.01 * u, frames));
      rows.add(value(id, "alpha2", Double.NaN, lag, bump, error, frames));
      rows.add(value(id, "Q", Double.NaN, lag, Math.exp(-Math.sqrt(u) * 0.7), error, frames));
      rows.add(value(id, "chi4", Double.NaN, lag, 5 * bump, 20 * error, frames));
    }
    for (int t = 0; t < frames; t += Math.max(10, frames / 400 / 10 * 10)) {
      for (int shell = 1; shell <= 3; shell++) {
        double value = 0.09 + 0.06 * Math.sin(0.031 * t * shell + tau);
        rows.add(new StaticsRow(NAME, id, 1000L * t, "S_cc/" + shell, 0.417 * shell, value));
      }
      rows.add(new StaticsRow(NAME, id, 1000L * t, "S_cc_low", 0.417, 0.01));
      rows.add(new StaticsRow(NAME, id, 1000L * t, "S_cc_high", 0.417, 0.29));
    }
    rows.add(
        new EquilibriumRow(
            NAME,
            id,
            1000L * (frames - 1),
            verdict,
            verdict.equals("ageing") ? Double.NaN : 0,
            tau,
            tau / 20,
            0.9 * tau,
            1.1 * tau,
            "tau_alpha = " + (float) tau + " +- " + (float) (tau / 20) + " tau"));
  }

  private static RelaxationRow value(
      String id, String name, double k, int lag, double value, double error, int frames) {
    return new RelaxationRow(
        NAME, id, "A", name, k, 1000L * lag, value, error, frames / lag, frames - lag);
  }

  /** A gas of particles; those that rearrange sit together. */
  private static SnapshotRow snapshot(String id, int t, double fraction, Random random) {
    float[] values = new float[(SnapshotRow.FIELDS + 2) * PARTICLES];
    float edge = 9.41f;
    for (int i = 0; i < PARTICLES; i++) {
      int at = SnapshotRow.FIELDS * i;
      for (int d = 0; d < 3; d++) {
        values[at + d] = edge * random.nextFloat();
      }
      boolean moves = values[at] < edge * Math.sqrt(fraction) && values[at + 1] < edge / 2;
      boolean looked = i % 5 != 0;
      values[at + 3] = looked ? (moves ? 0.3f : 0.02f) * (0.5f + random.nextFloat()) : Float.NaN;
      values[at + 4] = looked ? (float) (0.6 * random.nextGaussian()) : Float.NaN;
      values[SnapshotRow.FIELDS * PARTICLES + i] = looked ? 1 : 0.88f;
      values[(SnapshotRow.FIELDS + 1) * PARTICLES + i] = i + 1;
    }
    return new SnapshotRow(
        NAME,
        id,
        1000L * t,
        ExampleStudy.MODEL,
        List.of((double) edge, (double) edge, (double) edge, 0.0, 0.0, 0.0),
        PARTICLES,
        SnapshotRow.pack(values));
  }
}
