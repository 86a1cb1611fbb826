package io.vitrine.results;

import io.vitrine.results.bins.CounterBin;
import io.vitrine.results.bins.CounterSum;
import io.vitrine.results.rows.HistogramTotal;
import io.vitrine.results.rows.RowCells;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.Rule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads counters and histograms with their bins. */
final class BinQueries {
  private static final String SUMS =
      "SELECT model, model_version, temperature, SUM(windows) FROM counter_total WHERE study = ?"
          + " GROUP BY model, model_version, temperature"
          + " ORDER BY model, model_version, temperature";
  private static final String SUM_BINS =
      "SELECT bin, SUM(structures), SUM(rearranging) FROM counter_bin WHERE study = ?"
          + " AND model = ? AND model_version = ? AND temperature = ? GROUP BY bin ORDER BY bin";
  private static final String BINS =
      "SELECT bin, count FROM histogram_bin WHERE study = ? AND simulation = ? AND kind = ?"
          + " ORDER BY bin";

  private BinQueries() {}

  static List<CounterSum> counters(Connection connection, String study) throws SQLException {
    List<CounterSum> sums = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(SUMS)) {
      query.setString(1, study);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          String model = found.getString(1);
          String version = found.getString(2);
          double key = found.getDouble(3);
          List<CounterBin> bins = new ArrayList<>();
          for (long[] bin : read(connection, SUM_BINS, 3, study, model, version, key)) {
            bins.add(new CounterBin(Math.toIntExact(bin[0]), bin[1], bin[2]));
          }
          sums.add(
              new CounterSum(model, version, Rule.unknownIfNegative(key), found.getLong(4), bins));
        }
      }
    }
    return sums;
  }

  static List<HistogramTotal> histograms(Connection connection, String study) throws SQLException {
    int columns = RowKind.HISTOGRAM_TOTAL.columns().size();
    List<HistogramTotal> totals = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT "
                + String.join(", ", RowKind.HISTOGRAM_TOTAL.columns())
                + " FROM histogram_total WHERE study = ? ORDER BY simulation, kind")) {
      query.setString(1, study);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          Object[] cells = new Object[columns + 1];
          for (int i = 0; i < columns; i++) {
            cells[i] = found.getObject(i + 1);
          }
          List<long[]> bins = read(connection, BINS, 2, study, cells[1], cells[2]);
          cells[columns] = bins.stream().flatMapToLong(java.util.Arrays::stream).toArray();
          totals.add(HistogramTotal.of(new RowCells(cells)));
        }
      }
    }
    return totals;
  }

  private static List<long[]> read(Connection connection, String sql, int columns, Object... keys)
      throws SQLException {
    List<long[]> bins = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < keys.length; i++) {
        query.setObject(i + 1, keys[i]);
      }
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          long[] bin = new long[columns];
          for (int i = 0; i < columns; i++) {
            bin[i] = found.getLong(i + 1);
          }
          bins.add(bin);
        }
      }
    }
    return bins;
  }
}
