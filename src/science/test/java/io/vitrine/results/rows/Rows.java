package io.vitrine.results.rows;

import io.vitrine.results.bins.Binning;
import io.vitrine.results.bins.CounterBin;
import java.util.ArrayList;
import java.util.List;

/** Example rows. */
public final class Rows {
  public static final String STUDY = "default";

  private Rows() {}

  public static SimulationRow simulation(String id, String identity, RunState state) {
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

  public static FrameRow frame(String id, long tau) {
    return new FrameRow(STUDY, id, tau * 1000, tau * 200, -7000.5 - tau, Double.NaN, 0.51, 3);
  }

  public static WindowRow window(String id, String model, long tau, long hops) {
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

  public static CounterTotal counters(
      String id, double temperature, long windows, CounterBin... bins) {
    return new CounterTotal(STUDY, id, "fluidity", "v1", temperature, windows, List.of(bins));
  }

  public static HistogramTotal histogram(String id, long windows, HistogramTotal.Bin... bins) {
    return new HistogramTotal(STUDY, id, "p_hop", windows, Binning.P_HOP, List.of(bins));
  }

  /** One of each kind, with unknown numbers, and text that needs quoting. */
  public static List<ResultRow> oneOfEach() {
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
    rows.add(new ConventionRow(STUDY, "cold", "window", "10.0"));
    rows.add(new ModelRow(STUDY, "fluidity", "v1", "{\"weights\": []}"));
    rows.add(new TrainingCountRow(STUDY, "cold", "low", 4, 3200, 1, -1, Double.NaN));
    rows.add(snapshot("cold", 5));
    rows.add(relaxation("cold", 0.7, 12));
    rows.add(
        new RelaxationRow(STUDY, "cold", "A", "msd", Double.NaN, 1000, 0.03, Double.NaN, 1, 12));
    rows.add(
        new EquilibriumRow(
            STUDY, "cold", 50_000, "too short", Double.NaN, 8.5, 0.25, 8, 9, "120 tau more"));
    rows.add(new StaticsRow(STUDY, "cold", 10_000, "S_cc/1", 0.417, 0.09));
    rows.add(new PairCorrelationRow(STUDY, "cold", "AB", 50_000, 2, 0.05, List.of(0.0, 2.5)));
    rows.add(new HopEventRow(STUDY, "cold", 17, "A", 5100, 6300, 9000, 0.41));
    rows.add(new NoticeRow(STUDY, "cold", NoticeRow.THINNED, 3, "left out"));
    rows.add(new PredictionRow(STUDY, "cold", "live", 5000, "v1", "log-p_hop", 800, 0.41));
    return rows;
  }

  public static RelaxationRow relaxation(String id, double value, long pairs) {
    return new RelaxationRow(STUDY, id, "A", "Fs", 7.25, 1000, value, 0.01, 6, pairs);
  }

  public static SnapshotRow snapshot(String id, long tau) {
    return new SnapshotRow(
        STUDY,
        id,
        tau * 1000,
        "fluidity",
        List.of(10.0, 10.0, 10.0, 0.0, 0.0, 0.0),
        1,
        SnapshotRow.pack(new float[] {1, 2, 3, 0.25f, Float.NaN, 17}));
  }
}
