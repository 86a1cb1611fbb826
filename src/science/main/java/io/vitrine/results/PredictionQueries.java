package io.vitrine.results;

import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.RowKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

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

  /** Means of r over stretches of time, by simulation, model and version. */
  static List<PredictionMean> means(ReadConnection store, String study, long widthMillis)
      throws StoreException {
    String sql =
        "SELECT simulation, model, model_version, label, AVG(time), COUNT(*), AVG(r), MIN(r),"
            + " MAX(r) FROM predictions WHERE study = ? AND r IS NOT NULL"
            + " GROUP BY simulation, model, model_version, label,"
            + " CAST(ROUND(time * 1000) AS BIGINT) / "
            + widthMillis
            + " ORDER BY simulation, model, MIN(time)";
    return store.has(RowKind.PREDICTION)
        ? store.each(sql, PredictionQueries::mean, study)
        : List.of();
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
