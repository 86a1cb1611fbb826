package io.vitrine.results;

import java.util.ArrayList;
import java.util.List;

/** Example rows. */
final class Rows {
  static final String STUDY = "default";

  private Rows() {}

  static SimulationRow simulation(String id, String identity, RunState state) {
    return new SimulationRow(
        STUDY,
        id,
        identity,
        "replay:run.gsd",
        "inclusive",
        0.5,
        1000,
        800,
        1000,
        10_000,
        Double.NaN,
        -1,
        state,
        "");
  }

  static FrameRow frame(String id, long tau) {
    return new FrameRow(STUDY, id, tau * 1000, tau * 200, -7000.5 - tau, Double.NaN, 0.51, 3);
  }

  static WindowRow window(String id, String model, long tau, long hops) {
    return new WindowRow(
        STUDY,
        id,
        model,
        tau * 1000,
        model.isEmpty() ? "" : "v1",
        800,
        hops,
        new WindowRow.HopMoments(0.05 + 0.001 * tau, 0.002, 1e-3, 1.5),
        model.isEmpty()
            ? WindowRow.ScoreMoments.NONE
            : new WindowRow.ScoreMoments(-0.2, 0.7, 0.01, -0.02),
        0.25,
        List.of(0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1));
  }

  static CounterTotal counters(String id, double temperature, long windows, CounterBin... bins) {
    return new CounterTotal(STUDY, id, "fluidity", "v1", temperature, windows, List.of(bins));
  }

  static HistogramTotal histogram(String id, long windows, HistogramTotal.Bin... bins) {
    return new HistogramTotal(STUDY, id, "p_hop", windows, Binning.P_HOP, List.of(bins));
  }

  /** One of each kind, with unknown numbers, and text that needs quoting. */
  static List<ResultRow> oneOfEach() {
    List<ResultRow> rows = new ArrayList<>();
    rows.add(simulation("cold", "replay?T=0.5", RunState.RUNNING));
    rows.add(frame("cold", 7));
    rows.add(new DeadLetterRow(STUDY, "cold", 3, Double.NaN, "run.gsd:77", "it's \"NaN\" ε"));
    rows.add(window("cold", "", 5, 12));
    rows.add(window("cold", "fluidity", 5, 12));
    rows.add(new IncompleteWindowRow(STUDY, "cold", 9000, 6));
    rows.add(counters("cold", 0.5, 4, new CounterBin(-1001, 2, 0), new CounterBin(3, 100, 7)));
    rows.add(
        new CounterBlock(
            STUDY,
            "cold",
            "fluidity",
            "v1",
            Double.NaN,
            50_000,
            1,
            4,
            List.of(new CounterBin(-3, 5, 0), new CounterBin(1000, 9, 9))));
    rows.add(histogram("cold", 4, new HistogramTotal.Bin(-161, 1), new HistogramTotal.Bin(0, 50)));
    rows.add(new ModelRow(STUDY, "fluidity", "v1", "{\"weights\": []}"));
    rows.add(new TrainingCountRow(STUDY, "cold", "low", 4, 3200, 1, -1, Double.NaN));
    rows.add(snapshot("cold", 5));
    return rows;
  }

  static SnapshotRow snapshot(String id, long tau) {
    return new SnapshotRow(
        STUDY,
        id,
        tau * 1000,
        "fluidity",
        List.of(10.0, 10.0, 10.0, 0.0, 0.0, 0.0),
        1,
        SnapshotRow.pack(new float[] {1, 2, 3, 0.25f, Float.NaN}));
  }
}
