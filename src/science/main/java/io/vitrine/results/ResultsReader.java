package io.vitrine.results;

import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.CounterBlock;
import io.vitrine.results.rows.EquilibriumRow;
import io.vitrine.results.rows.FrameRow;
import io.vitrine.results.rows.HistogramTotal;
import io.vitrine.results.rows.HopEventRow;
import io.vitrine.results.rows.ModelRow;
import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowCells;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.SnapshotRow;
import io.vitrine.results.rows.StaticsRow;
import io.vitrine.results.rows.WindowRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The reading end of a results store; its handle cannot write. Every call sees one consistent
 * state. Not for use by several threads at once without its own lock: calls queue.
 */
public final class ResultsReader implements AutoCloseable {
  private final ReadConnection store;

  private ResultsReader(ReadConnection store) {
    this.store = store;
  }

  /** Opens a store that exists. */
  public static ResultsReader open(String url) throws StoreException {
    return new ResultsReader(ReadConnection.open(url));
  }

  /** The studies of the store, in alphabetical order. */
  public List<String> studies() throws StoreException {
    return store.each(
        "SELECT DISTINCT study FROM simulations ORDER BY study", found -> found.getString(1));
  }

  /** State of every simulation of the study, by name. */
  public List<SimulationStatus> simulations(String study) throws StoreException {
    boolean thinned = store.has(Thinned.WINDOWS.name());
    return store.ask(connection -> StatusQuery.run(connection, study, thinned));
  }

  /** Counters of the study summed over its simulations, by model, version and temperature. */
  public List<CounterSum> counters(String study) throws StoreException {
    return store.ask(connection -> BinQueries.counters(connection, study));
  }

  /** Histograms of the study, one a simulation and kind. */
  public List<HistogramTotal> histograms(String study) throws StoreException {
    return store.ask(connection -> BinQueries.histograms(connection, study));
  }

  /** The models of a study by name, their versions in the order in which they were first stored. */
  public SortedMap<String, List<String>> modelVersions(String study) throws StoreException {
    return versions(
        "SELECT model, version FROM models WHERE study = ? ORDER BY wall_written, version", study);
  }

  private SortedMap<String, List<String>> versions(String sql, Object... keys)
      throws StoreException {
    SortedMap<String, List<String>> versions = new TreeMap<>();
    store.each(
        sql,
        found ->
            versions
                .computeIfAbsent(found.getString(1), name -> new ArrayList<>())
                .add(found.getString(2)),
        keys);
    return versions;
  }

  /**
   * The models of a study that have counters, by name, their versions in the order in which they
   * were first stored.
   */
  public SortedMap<String, List<String>> countedVersions(String study) throws StoreException {
    return versions(
        "SELECT c.model, c.model_version FROM (SELECT study, model, model_version FROM"
            + " counter_total WHERE study = ? UNION SELECT study, model, model_version FROM"
            + " counter_block WHERE study = ?) AS c LEFT JOIN models m ON m.study = c.study AND"
            + " m.model = c.model AND m.version = c.model_version"
            + " ORDER BY COALESCE(m.wall_written, -1), c.model_version",
        study,
        study);
  }

  /** Blocks of counters of one version of a model, ordered by key. */
  public List<CounterBlock> counterBlocks(String study, String model, String version)
      throws StoreException {
    return store.rows(
        CounterBlock.class,
        RowKind.COUNTER_BLOCK,
        "study = ? AND model = ? AND model_version = ? ORDER BY "
            + String.join(", ", RowKind.COUNTER_BLOCK.keyColumns()),
        Integer.MAX_VALUE,
        study,
        model,
        version);
  }

  /** One version of a model, or none. */
  public Optional<ModelRow> model(String study, String model, String version)
      throws StoreException {
    return store
        .rows(
            ModelRow.class,
            RowKind.MODEL,
            "study = ? AND model = ? AND version = ?",
            1,
            study,
            model,
            version)
        .stream()
        .findFirst();
  }

  /**
   * The rows of one kind (not counter or histogram totals), ordered by key.
   *
   * @param type class of the rows
   * @param study whose rows
   */
  public <R extends ResultRow> List<R> rows(Class<R> type, RowKind kind, String study)
      throws StoreException {
    String order = "study = ? ORDER BY " + String.join(", ", kind.keyColumns());
    return store.rows(type, kind, order, Integer.MAX_VALUE, study);
  }

  /**
   * Windows of one simulation in bins of time: fraction rearranging, mean score w.z - b and spread
   * of the score, by bin and version. Bins are counted from time 0.
   *
   * @param model name of the classifier; empty for windows that none scored
   * @param fromMillis first instant
   * @param toMillis first instant that is left out
   */
  public List<TimeBin> windowBins(
      String study,
      String simulation,
      String model,
      long widthMillis,
      long fromMillis,
      long toMillis)
      throws StoreException {
    return store.ask(
        connection ->
            TimeBinQuery.WINDOWS.run(
                connection, widthMillis, fromMillis, toMillis, study, simulation, model));
  }

  /** The same of frames: temperature, potential energy, pressure. */
  public List<TimeBin> frameBins(
      String study, String simulation, long widthMillis, long fromMillis, long toMillis)
      throws StoreException {
    return store.ask(
        connection ->
            TimeBinQuery.FRAMES.run(
                connection, widthMillis, fromMillis, toMillis, study, simulation));
  }

  /**
   * Complete windows of one simulation after an instant, in time order.
   *
   * @param model name of the classifier; empty for windows that none scored
   * @param afterMillis only windows whose centre is later
   * @param limit at most so many
   */
  public List<WindowRow> windows(
      String study, String simulation, String model, long afterMillis, int limit)
      throws StoreException {
    return store.rows(
        WindowRow.class,
        RowKind.WINDOW,
        "study = ? AND simulation = ? AND model = ? AND time_ms > ? ORDER BY time_ms",
        limit,
        study,
        simulation,
        model,
        afterMillis);
  }

  /** The newest windows of one simulation, newest first. */
  public List<WindowRow> newestWindows(String study, String simulation, String model, int limit)
      throws StoreException {
    return store.rows(
        WindowRow.class,
        RowKind.WINDOW,
        "study = ? AND simulation = ? AND model = ? ORDER BY time_ms DESC",
        limit,
        study,
        simulation,
        model);
  }

  /** Means over all windows of one simulation, those whose rows were thinned as well. */
  public WindowMeans windowMeans(String study, String simulation) throws StoreException {
    return WindowMeans.read(store, study, simulation);
  }

  /** The newest windows of one simulation in brief, newest first. */
  public List<WindowGlance> glance(String study, String simulation, String model, int limit)
      throws StoreException {
    return store.each(
        "SELECT CAST(hops AS DOUBLE PRECISION) / NULLIF(n, 0), mean_score, sigma_score"
            + " FROM windows WHERE study = ? AND simulation = ? AND model = ?"
            + " ORDER BY time_ms DESC LIMIT ?",
        found -> {
          RowCells c = RowCells.of(found, 3);
          return new WindowGlance(c.real(), c.real(), c.real());
        },
        study,
        simulation,
        model,
        limit);
  }

  /** The newest frames of one simulation, newest first. */
  public List<FrameRow> newestFrames(String study, String simulation, int limit)
      throws StoreException {
    return store.rows(
        FrameRow.class,
        RowKind.FRAME,
        "study = ? AND simulation = ? ORDER BY time_ms DESC",
        limit,
        study,
        simulation);
  }

  /** The newest verdict on the equilibrium of one simulation, or none. */
  public Optional<EquilibriumRow> newestVerdict(String study, String simulation)
      throws StoreException {
    return store
        .rows(
            EquilibriumRow.class,
            RowKind.EQUILIBRIUM,
            "study = ? AND simulation = ? ORDER BY time_ms DESC",
            1,
            study,
            simulation)
        .stream()
        .findFirst();
  }

  /** The newest of one simulation's verdicts that said this, or none. */
  public Optional<EquilibriumRow> newestVerdict(String study, String simulation, String verdict)
      throws StoreException {
    return store
        .rows(
            EquilibriumRow.class,
            RowKind.EQUILIBRIUM,
            "study = ? AND simulation = ? AND verdict = ? ORDER BY time_ms DESC",
            1,
            study,
            simulation,
            verdict)
        .stream()
        .findFirst();
  }

  /** What one simulation's structure was, of the quantities whose names begin so, in time order. */
  public List<StaticsRow> statics(String study, String simulation, String prefix)
      throws StoreException {
    return store.rows(
        StaticsRow.class,
        RowKind.STATICS,
        "study = ? AND simulation = ? AND substr(quantity, 1, ?) = ? ORDER BY time_ms, quantity",
        Integer.MAX_VALUE,
        study,
        simulation,
        prefix.length(),
        prefix);
  }

  /** The hops of one particle, in order of time; none where the store was made without hops. */
  public List<HopEventRow> hops(String study, String simulation, int particle)
      throws StoreException {
    return !store.has(RowKind.HOP_EVENT)
        ? List.of()
        : store.rows(
            HopEventRow.class,
            RowKind.HOP_EVENT,
            "study = ? AND simulation = ? AND particle = ? ORDER BY begin",
            Integer.MAX_VALUE,
            study,
            simulation,
            particle);
  }

  /**
   * How many hops of one simulation began from this time on, and in how many windows each is seen
   * in the mean; empty where there are none.
   */
  public Optional<HopDuration> hopDuration(String study, String simulation, double fromTau)
      throws StoreException {
    return !store.has(RowKind.HOP_EVENT)
        ? Optional.empty()
        : store
            .each(
                "SELECT COUNT(*), AVG((h.\"end\" - h.begin) * 1000 / s.interval_ms) + 1"
                    + " FROM hop_events h JOIN simulations s ON s.study = h.study"
                    + " AND s.simulation = h.simulation"
                    + " WHERE h.study = ? AND h.simulation = ? AND h.begin >= ?",
                found -> new HopDuration(found.getLong(1), found.getDouble(2)),
                study,
                simulation,
                fromTau)
            .stream()
            .filter(d -> d.hops() > 0)
            .findFirst();
  }

  /** The newest windows of one simulation that a model predicts, newest first. */
  public List<PredictionRow> newestPredictions(
      String study, String simulation, String model, int limit) throws StoreException {
    return store.rows(
        PredictionRow.class,
        RowKind.PREDICTION,
        "study = ? AND simulation = ? AND model = ? ORDER BY time DESC",
        limit,
        study,
        simulation,
        model);
  }

  /** The newest window of each simulation and model that is predicted; none in an older store. */
  public List<PredictionRow> latestPredictions(String study) throws StoreException {
    return PredictionQueries.latest(store, study);
  }

  /**
   * Means of r, by simulation, model and version, with errors from blocks of 20 tau; a version that
   * knows no r has none.
   */
  public List<PredictionMean> predictionMeans(String study) throws StoreException {
    return PredictionMean.ofVersions(predictionMeans(study, 20_000));
  }

  /** The same over stretches of time, in their order within a version. */
  public List<PredictionMean> predictionMeans(String study, long widthMillis)
      throws StoreException {
    return PredictionQueries.means(store, study, widthMillis);
  }

  /** Times of the snapshots of one simulation, ms, ascending. */
  public List<Long> snapshotTimes(String study, String simulation) throws StoreException {
    return store.each(
        "SELECT time_ms FROM snapshots WHERE study = ? AND simulation = ? ORDER BY time_ms",
        found -> found.getLong(1),
        study,
        simulation);
  }

  /** The snapshot at an instant, or none. */
  public Optional<SnapshotRow> snapshot(String study, String simulation, long timeMillis)
      throws StoreException {
    return store
        .rows(
            SnapshotRow.class,
            RowKind.SNAPSHOT,
            "study = ? AND simulation = ? AND time_ms = ?",
            1,
            study,
            simulation,
            timeMillis)
        .stream()
        .findFirst();
  }

  @Override
  public void close() throws StoreException {
    store.close();
  }
}
