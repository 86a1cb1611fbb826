package io.vitrine.results.rows;

import java.util.List;
import java.util.function.Function;

/** The kinds of row, each with its table and its tag on the wire. */
@SuppressWarnings("ImmutableEnumChecker") // List.of and method references do not change
public enum RowKind {
  /** A simulation of a study. */
  SIMULATION(
      0,
      "simulations",
      2,
      "wall_updated",
      SimulationRow::of,
      "study, simulation, identity, source, convention, temperature, particles, targets,"
          + " interval_ms, window_ms, until_time, expected_frames, state, error"),
  /** A frame that was read. */
  FRAME(
      1,
      "frames",
      3,
      "wall_seen",
      FrameRow::of,
      "study, simulation, time_ms, step, potential_energy, pressure, temperature, frames_thinned"),
  /** A frame that could not be used. */
  DEAD_LETTER(
      2,
      "dead_letters",
      3,
      "wall_written",
      DeadLetterRow::of,
      "study, simulation, ordinal, time, place, reason"),
  /** A complete window. */
  WINDOW(
      3,
      "windows",
      4,
      "wall_written",
      WindowRow::of,
      "study, simulation, model, time_ms, model_version, n, hops, mean_p_hop, variance_p_hop,"
          + " min_p_hop, max_p_hop, mean_score, sigma_score, skewness_score, kurtosis_score,"
          + " largest_step, msd_1, msd_2, msd_3, msd_4, msd_5, msd_6, msd_7, msd_8, msd_9, msd_10"),
  /** A window that lacks frames. */
  INCOMPLETE_WINDOW(
      4,
      "incomplete_windows",
      3,
      "wall_written",
      IncompleteWindowRow::of,
      "study, simulation, time_ms, present"),
  /** Rearrangement counters of a simulation. */
  COUNTER_TOTAL(
      5,
      "counter_total",
      5,
      "wall_written",
      CounterTotal::of,
      "study, simulation, model, model_version, temperature, windows"),
  /** Rearrangement counters of one block of time. */
  COUNTER_BLOCK(
      6,
      "counter_block",
      7,
      "wall_written",
      CounterBlock::of,
      "study, simulation, model, model_version, temperature, block_ms, block, windows, bins"),
  /** A histogram of a simulation. */
  HISTOGRAM_TOTAL(
      7,
      "histogram_total",
      3,
      "wall_written",
      HistogramTotal::of,
      "study, simulation, kind, windows, scale, bins_per_unit, first_bin, last_bin"),
  /** A published classifier. */
  MODEL(8, "models", 3, "wall_written", ModelRow::of, "study, model, version, json"),
  /** How far a training set has come. */
  TRAINING_COUNT(
      9,
      "training_counts",
      3,
      "wall_written",
      TrainingCountRow::of,
      "study, simulation, rule, windows, candidates, samples, target, threshold"),
  /** Particles to look at. */
  SNAPSHOT(
      10,
      "snapshots",
      3,
      "wall_written",
      SnapshotRow::of,
      "study, simulation, time_ms, model, lx, ly, lz, xy, xz, yz, count, payload"),
  /** A value of a relaxation function. */
  RELAXATION(
      11,
      "relaxation_values",
      6,
      "wall_written",
      RelaxationRow::of,
      "study, simulation, species, observable, wavevector, lag_ms, value, error, blocks, pairs"),
  /** A verdict on equilibrium. */
  EQUILIBRIUM(
      12,
      "verdicts",
      3,
      "wall_written",
      EquilibriumRow::of,
      "study, simulation, time_ms, verdict, since, tau_alpha, tau_alpha_error, tau_alpha_above,"
          + " tau_alpha_below, reason"),
  /** A number of the structure of a frame. */
  STATICS(
      13,
      "statics_values",
      4,
      "wall_written",
      StaticsRow::of,
      "study, simulation, time_ms, quantity, wavevector, value"),
  /** g(r) of a block of time. */
  PAIR_CORRELATION(
      14,
      "pair_correlation_blocks",
      4,
      "wall_written",
      PairCorrelationRow::of,
      "study, simulation, pair, time_ms, frames, width, g"),
  /** What a source left out or did otherwise. */
  NOTICE(
      15, "notices", 3, "wall_written", NoticeRow::of, "study, simulation, subject, count, text"),
  /** A hop of a particle. */
  HOP_EVENT(
      16,
      "hop_events",
      4,
      "wall_written",
      HopEventRow::of,
      "study, simulation, begin, particle, species, time, \"end\", p_hop"),
  /** How well a model predicts in a window. */
  PREDICTION(
      21,
      "predictions",
      4,
      "wall_written",
      PredictionRow::of,
      "study, simulation, model, time, model_version, label, n, r"),
  /** A convention. */
  CONVENTION(
      20, "conventions", 3, "wall_written", ConventionRow::of, "study, simulation, name, value");

  private final int tag;
  private final String table;
  private final int keys;
  private final String wall;
  private final Function<RowCells, ResultRow> factory;
  private final List<String> columns;

  RowKind(
      int tag,
      String table,
      int keys,
      String wall,
      Function<RowCells, ResultRow> factory,
      String columns) {
    this.tag = tag;
    this.table = table;
    this.keys = keys;
    this.wall = wall;
    this.factory = factory;
    this.columns = List.of(columns.split(", "));
  }

  /** The table that holds such rows. */
  public String table() {
    return table;
  }

  /** Column names, key columns first; the wall column is not among them. */
  public List<String> columns() {
    return columns;
  }

  int tag() {
    return tag;
  }

  /** The kind of a tag, or null. */
  static RowKind ofTag(int tag) {
    for (RowKind kind : values()) {
      if (kind.tag == tag) {
        return kind;
      }
    }
    return null;
  }

  public List<String> keyColumns() {
    return columns.subList(0, keys);
  }

  public List<String> valueColumns() {
    return columns.subList(keys, columns.size());
  }

  public String wallColumn() {
    return wall;
  }

  public ResultRow row(RowCells cells) {
    return factory.apply(cells);
  }
}
