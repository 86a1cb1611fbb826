package io.vitrine.results;

import io.vitrine.results.rows.RowCells;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads quantities over time in bins: mean, smallest and largest value. */
enum TimeBinQuery {
  /** Fraction rearranging, mean score, spread of the score; by version. */
  WINDOWS(
      "windows",
      "model_version",
      "model = ? AND ",
      List.of("CAST(hops AS DOUBLE PRECISION) / NULLIF(n, 0)", "mean_score", "sigma_score")),
  /** Temperature, potential energy, pressure. */
  FRAMES("frames", "''", "", List.of("temperature", "potential_energy", "pressure"));

  private final String sql;
  private final int quantities;

  TimeBinQuery(String table, String version, String more, List<String> columns) {
    StringBuilder text =
        new StringBuilder("SELECT " + version + ", time_ms / ? AS bin, COUNT(*), ");
    text.append("AVG(CAST(time_ms AS DOUBLE PRECISION))");
    for (String column : columns) {
      for (String of : List.of("AVG", "MIN", "MAX")) {
        text.append(", ").append(of).append('(').append(column).append(')');
      }
    }
    text.append(" FROM ").append(table).append(" WHERE study = ? AND simulation = ? AND ");
    text.append(more).append("time_ms >= ? AND time_ms < ? GROUP BY 2, 1 ORDER BY 2, 1");
    this.sql = text.toString();
    this.quantities = columns.size();
  }

  /**
   * The bins with rows whose times are in [from, to).
   *
   * @param keys study, simulation and, of windows, model
   */
  List<TimeBin> run(
      Connection connection, long widthMillis, long fromMillis, long toMillis, String... keys)
      throws SQLException {
    List<TimeBin> bins = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setLong(1, widthMillis);
      for (int i = 0; i < keys.length; i++) {
        query.setString(2 + i, keys[i]);
      }
      query.setLong(2 + keys.length, fromMillis);
      query.setLong(3 + keys.length, toMillis);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          RowCells c = RowCells.of(found, 4 + 3 * quantities);
          String version = c.text();
          long bin = c.whole();
          long rows = c.whole();
          double time = c.real();
          List<TimeBin.Spread> values = new ArrayList<>();
          for (int q = 0; q < quantities; q++) {
            values.add(new TimeBin.Spread(c.real(), c.real(), c.real()));
          }
          bins.add(new TimeBin(version, bin, rows, time, values));
        }
      }
    }
    return bins;
  }
}
