package io.vitrine.results;

import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.RowKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads how well models predict, over all simulations of a study. */
final class PredictionQueries {
  private PredictionQueries() {}

  static List<PredictionRow> latest(ReadConnection store, String study) throws StoreException {
    List<String> columns = RowKind.PREDICTION.columns();
    String sql =
        "SELECT p."
            + String.join(", p.", columns)
            + " FROM predictions p JOIN (SELECT study, simulation, model, MAX(time) AS newest"
            + " FROM predictions WHERE study = ? AND r IS NOT NULL"
            + " GROUP BY study, simulation, model) n ON p.study = n.study"
            + " AND p.simulation = n.simulation AND p.model = n.model AND p.time = n.newest"
            + " ORDER BY p.simulation, p.model";
    return store.has(RowKind.PREDICTION)
        ? store.each(
            sql, found -> (PredictionRow) ReadConnection.row(RowKind.PREDICTION, found), study)
        : List.of();
  }

  /**
   * Means of r over stretches of time, by simulation, model and version. Rows that were thinned
   * count in the stretch that the middle of their 20 tau lies in.
   */
  static List<PredictionMean> means(ReadConnection store, String study, long widthMillis)
      throws StoreException {
    if (!store.has(RowKind.PREDICTION)) {
      return List.of();
    }
    Map<List<Object>, PredictionMean> stretches = new LinkedHashMap<>();
    String rows =
        "SELECT simulation, model, model_version, label, AVG(time), COUNT(*), AVG(r), MIN(r),"
            + " MAX(r), CAST(ROUND(time * 1000) AS BIGINT) / "
            + widthMillis
            + " AS stretch FROM predictions WHERE study = ? AND r IS NOT NULL"
            + " GROUP BY simulation, model, model_version, label, stretch";
    store.each(rows, found -> add(stretches, mean(found), found.getLong(10)), study);
    if (store.has(Thinned.PREDICTIONS.name())) {
      long middle = Retention.PREDICTION_BLOCK_MILLIS / 2;
      String thinned =
          "SELECT simulation, model, model_version, label, windows, time_ms, r, low, high,"
              + " block FROM thinned_predictions WHERE study = ?";
      store.each(
          thinned,
          found ->
              add(
                  stretches,
                  thinned(found),
                  (found.getLong(10) * Retention.PREDICTION_BLOCK_MILLIS + middle) / widthMillis),
          study);
    }
    return stretches.values().stream()
        .sorted(
            Comparator.comparing(PredictionMean::simulation)
                .thenComparing(PredictionMean::model)
                .thenComparing(PredictionMean::time))
        .toList();
  }

  private static PredictionMean add(
      Map<List<Object>, PredictionMean> stretches, PredictionMean mean, long stretch) {
    List<Object> key =
        List.of(mean.simulation(), mean.model(), mean.modelVersion(), mean.label(), stretch);
    return stretches.merge(key, mean, PredictionMean::with);
  }

  private static PredictionMean thinned(ResultSet found) throws SQLException {
    long windows = found.getLong(5);
    return new PredictionMean(
        found.getString(1),
        found.getString(2),
        found.getString(3),
        found.getString(4),
        found.getLong(6) / 1000.0 / windows,
        windows,
        Thinned.real(found.getDouble(7)) / windows,
        Thinned.real(found.getDouble(8)),
        Thinned.real(found.getDouble(9)),
        Double.NaN);
  }

  private static PredictionMean mean(ResultSet found) throws SQLException {
    return new PredictionMean(
        found.getString(1),
        found.getString(2),
        found.getString(3),
        found.getString(4),
        found.getDouble(5),
        found.getLong(6),
        found.getDouble(7),
        found.getDouble(8),
        found.getDouble(9),
        Double.NaN);
  }
}
