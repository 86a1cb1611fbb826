package io.vitrine.serving;

import io.vitrine.results.bins.Binning;
import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.rows.CounterTotal;
import io.vitrine.results.rows.DeadLetterRow;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.HistogramTotal;
import io.vitrine.results.rows.ModelRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RunState;
import io.vitrine.results.rows.SimulationRow;
import io.vitrine.results.rows.SnapshotRow;
import io.vitrine.results.rows.TrainingCountRow;
import io.vitrine.results.rows.WindowRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A study of four temperatures whose barriers are known: dE = 3 - 0.7 x, T0 = 0.95. */
public final class ExampleStudy {
  public static final String NAME = "example";
  static final String MODEL = "fluidity";

  /** A classifier that has scored nothing. */
  static final String OTHER = "softness";

  static final double BIAS = -0.1;
  static final double SIGMA = 0.6;
  static final double T0 = 0.95;
  static final double[] TEMPERATURES = {0.5, 0.6, 0.7, 0.8};

  private ExampleStudy() {}

  static String id(double temperature) {
    return "T" + temperature;
  }

  /** Everything after so many frames. */
  public static List<ResultRow> rows(int frames) {
    List<ResultRow> rows = new ArrayList<>();
    rows.add(new ModelRow(NAME, MODEL, "v1", modelJson(50)));
    rows.add(new ModelRow(NAME, OTHER, "v7", modelJson(20)));
    for (double temperature : TEMPERATURES) {
      rows.addAll(simulation(temperature, frames));
    }
    rows.add(new DeadLetterRow(NAME, id(0.5), 3, 3.0, "run.gsd frame 3", "NaN <b>in</b> x"));
    rows.add(new TrainingCountRow(NAME, id(0.5), "low", frames - 10, 8000, 20, 80, 1e-4));
    rows.add(new TrainingCountRow(NAME, id(0.5), "high", frames - 10, 8000, 20, 20, 1.1));
    return rows;
  }

  /** Versions v1, v2, ... of a live classifier. */
  static List<ResultRow> versions(int count) {
    List<ResultRow> rows = new ArrayList<>();
    for (int v = 1; v <= count; v++) {
      String convention =
          ",\"convention\":{\"live_version\":" + v + ",\"live_trained_at\":" + 50 * v;
      String json = modelJson(v).replace(",\"C\"", convention + "},\"C\"");
      rows.add(new ModelRow(NAME, "live", "v" + v, json));
    }
    return rows;
  }

  /** A cubic lattice of 16^3 particles whose p_hop and score grow with height. */
  static SnapshotRow snapshot(double temperature, int t) {
    int edge = 16;
    int count = edge * edge * edge;
    float[] values = new float[7 * count];
    for (int i = 0; i < count; i++) {
      int z = i / (edge * edge);
      values[5 * i] = i % edge + 0.5f;
      values[5 * i + 1] = i / edge % edge + 0.5f;
      values[5 * i + 2] = z + 0.5f;
      values[5 * i + 3] = i % 5 == 0 ? Float.NaN : 0.02f * (z + 1);
      values[5 * i + 4] = i % 5 == 0 ? Float.NaN : 0.1f * z - 0.8f;
      values[5 * count + i] = 1;
      values[6 * count + i] = 1000 + i;
    }
    return new SnapshotRow(
        NAME,
        id(temperature),
        1000L * t,
        MODEL,
        List.of(16.0, 16.0, 16.0, 0.0, 0.0, 0.0),
        count,
        SnapshotRow.pack(values));
  }

  static List<ResultRow> simulation(double temperature, int frames) {
    return simulation(temperature, frames, id(temperature), 0);
  }

  /** The same under another name, with more hops. */
  static List<ResultRow> simulation(double temperature, int frames, String id, int more) {
    List<ResultRow> rows = new ArrayList<>();
    rows.add(
        new SimulationRow(
            NAME,
            id,
            "simulate?T=" + temperature,
            "simulate",
            "inclusive",
            temperature,
            1000,
            800,
            1000,
            10_000,
            200,
            201,
            RunState.RUNNING,
            ""));
    for (int t = 0; t < frames; t++) {
      rows.add(new FrameRow(NAME, id, 1000L * t, 200L * t, -7000 - t, 5.5, temperature + 0.001, 0));
    }
    for (int t = 5; t < frames - 5; t++) {
      rows.add(window(id, temperature, t, (long) (100 * temperature) + t % 7 + more));
    }
    rows.add(new CounterTotal(NAME, id, MODEL, "v1", temperature, frames - 10, bins(temperature)));
    List<HistogramTotal.Bin> hops = new ArrayList<>();
    for (int i = -60; i < 20; i++) {
      hops.add(new HistogramTotal.Bin(i, 10 + Math.abs(i)));
    }
    rows.add(new HistogramTotal(NAME, id, "p_hop", frames - 10, Binning.P_HOP, hops));
    rows.add(bell(id, "score:" + MODEL, frames, Binning.RAW_SCORE, 30));
    rows.add(bell(id, "van_hove_1d", frames, Binning.DISPLACEMENT, (int) (100 * temperature)));
    return rows;
  }

  private static HistogramTotal bell(
      String id, String kind, int frames, Binning binning, int width) {
    List<HistogramTotal.Bin> bins = new ArrayList<>();
    for (int i = -4 * width; i <= 4 * width; i++) {
      double u = (double) i / width;
      bins.add(new HistogramTotal.Bin(i + 10, Math.round(1e6 * Math.exp(-u * u / 2))));
    }
    return new HistogramTotal(NAME, id, kind, frames - 10, binning, bins);
  }

  static WindowRow window(double temperature, int t, long hops) {
    return window(id(temperature), temperature, t, hops);
  }

  private static WindowRow window(String id, double temperature, int t, long hops) {
    return new WindowRow(
        NAME,
        id,
        MODEL,
        1000L * t,
        "v1",
        800,
        hops,
        new WindowRow.HopMoments(0.02 * temperature, 0.01, 1e-4, 2),
        new WindowRow.ScoreMoments(-1 + temperature + 0.001 * t, SIGMA, 0, 0),
        0.1,
        List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0));
  }

  static List<CounterBin> bins(double temperature) {
    List<CounterBin> bins = new ArrayList<>();
    for (int i = -75; i < 60; i++) {
      double score = (i + 0.5) / 50;
      double x = Math.rint((score - BIAS) / SIGMA / 0.5) * 0.5;
      double barrier = 3 - 0.7 * x;
      double p = Math.exp(-1.5 + barrier * (1 / T0 - 1 / temperature)) / temperature;
      long structures = 1_000_000;
      bins.add(new CounterBin(i, structures, Math.round(structures * p)));
    }
    return bins;
  }

  /** Weights -zero, 1 - zero, ...; accuracies over 21 biases. */
  static String modelJson(int zero) {
    StringBuilder weights = new StringBuilder();
    List<String> radii = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      weights.append(i == 0 ? "" : ",").append(i - zero);
      if (i < 50) {
        radii.add("" + (i + 1) / 10.0);
      }
    }
    List<String> biases = new ArrayList<>();
    List<String> held = new ArrayList<>();
    List<String> training = new ArrayList<>();
    for (int i = -10; i <= 10; i++) {
      biases.add("" + i / 10.0);
      held.add("" + (0.9 - 0.004 * i * i));
      training.add("" + (0.92 - 0.003 * i * i - zero * 1e-4));
    }
    return "{\"weights\":["
        + weights
        + "],\"means\":"
        + Collections.nCopies(100, 0)
        + ",\"deviations\":"
        + Collections.nCopies(100, 1)
        + ",\"features\":{\"radii\":"
        + radii
        + ",\"delta\":0.2,\"cutoff\":6.2,\"species\":[\"A\",\"B\"]}"
        + ",\"bias\":0.12,\"bias_train\":0.05,\"bias_best\":"
        + BIAS
        + ",\"sigma\":"
        + SIGMA
        + ",\"temperature\":0.5,\"C\":0.01,\"training_set\":{\"n\":"
        + (1184 + zero)
        + "},\"accuracies\":{\"cross_validation\":[0.8,0.9],\"cross_validation_grouped\":[0.7]},"
        + "\"bias_scan\":{\"bias\":"
        + biases
        + ",\"cross_validation\":"
        + held
        + ",\"training\":"
        + training
        + "}}";
  }
}
