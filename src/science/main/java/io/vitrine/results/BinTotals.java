package io.vitrine.results;

import io.vitrine.results.bins.Binning;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Totals with a table of bins beside them: replaced as a whole where the number of windows is not
 * smaller than the stored one. Only bins that differ are written.
 */
final class BinTotals {
  private static final BinTotals COUNTERS =
      new BinTotals(RowKind.COUNTER_TOTAL, "counter_bin", List.of("structures", "rearranging"));
  private static final BinTotals HISTOGRAMS =
      new BinTotals(RowKind.HISTOGRAM_TOTAL, "histogram_bin", List.of("count"));

  private final int counts;
  private final int keys;
  private final String insert;
  private final String select;
  private final String update;
  private final String selectBins;
  private final String upsertBin;
  private final String deleteBin;

  private BinTotals(RowKind kind, String binTable, List<String> countColumns) {
    this.counts = countColumns.size();
    this.keys = kind.keyColumns().size();
    String keyList = String.join(", ", kind.keyColumns());
    String byKey =
        kind.keyColumns().stream().map(c -> c + " = ?").collect(Collectors.joining(" AND "));
    insert =
        "INSERT INTO "
            + kind.table()
            + " ("
            + String.join(", ", kind.columns())
            + ", "
            + kind.wallColumn()
            + ") VALUES ("
            + "?, ".repeat(kind.columns().size())
            + "?) ON CONFLICT ("
            + keyList
            + ") DO NOTHING";
    select = "SELECT windows FROM " + kind.table() + " WHERE " + byKey;
    update =
        "UPDATE "
            + kind.table()
            + " SET "
            + kind.valueColumns().stream().map(c -> c + " = ?, ").collect(Collectors.joining())
            + kind.wallColumn()
            + " = ? WHERE "
            + byKey;
    String countList = String.join(", ", countColumns);
    selectBins = "SELECT bin, " + countList + " FROM " + binTable + " WHERE " + byKey;
    upsertBin =
        "INSERT INTO "
            + binTable
            + " ("
            + keyList
            + ", bin, bin_low, bin_high, "
            + countList
            + ") VALUES ("
            + "?, ".repeat(keys + 2)
            + "?"
            + ", ?".repeat(counts)
            + ") ON CONFLICT ("
            + keyList
            + ", bin) DO UPDATE SET "
            + countColumns.stream()
                .map(c -> c + " = excluded." + c)
                .collect(Collectors.joining(", "));
    deleteBin = "DELETE FROM " + binTable + " WHERE " + byKey + " AND bin = ?";
  }

  static BinTotals of(RowKind kind) {
    return kind == RowKind.COUNTER_TOTAL ? COUNTERS : HISTOGRAMS;
  }

  /** Writes one total; {@code lock} is what keeps a second writer away from the row. */
  void write(Connection connection, ResultRow row, Binning binning, String lock, long wall)
      throws SQLException {
    Object[] cells = row.cells();
    Object[] key = Arrays.copyOf(cells, keys);
    long windows = (Long) cells[keys];
    boolean fresh = execute(connection, insert, Arrays.copyOf(cells, cells.length - 1), wall) > 0;
    if (!fresh && storedWindows(connection, key, lock) > windows) {
      return;
    }
    boolean changed =
        replaceBins(connection, key, (long[]) cells[cells.length - 1], binning)
            || storedWindows(connection, key, "") != windows;
    if (changed && !fresh) {
      Object[] values = Arrays.copyOfRange(cells, keys, cells.length - 1);
      Object[] all = Arrays.copyOf(values, values.length + 1 + keys);
      all[values.length] = wall;
      System.arraycopy(key, 0, all, values.length + 1, keys);
      execute(connection, update, all);
    }
  }

  private boolean replaceBins(Connection connection, Object[] key, long[] flat, Binning binning)
      throws SQLException {
    Map<Long, long[]> stored = storedBins(connection, key);
    boolean changed = false;
    try (PreparedStatement upsert = connection.prepareStatement(upsertBin)) {
      for (int i = 0; i < flat.length; i += 1 + counts) {
        long[] wanted = Arrays.copyOfRange(flat, i + 1, i + 1 + counts);
        if (!Arrays.equals(wanted, stored.remove(flat[i]))) {
          int bin = Math.toIntExact(flat[i]);
          bindAll(upsert, 1, key);
          upsert.setLong(keys + 1, bin);
          Upsert.bind(upsert, keys + 2, finite(binning.low(bin)));
          Upsert.bind(upsert, keys + 3, finite(binning.high(bin)));
          for (int c = 0; c < counts; c++) {
            upsert.setLong(keys + 4 + c, wanted[c]);
          }
          upsert.addBatch();
          changed = true;
        }
      }
      if (changed) {
        Upsert.execute(upsert);
      }
    }
    for (long gone : stored.keySet()) {
      Object[] all = Arrays.copyOf(key, keys + 1);
      all[keys] = gone;
      execute(connection, deleteBin, all);
      changed = true;
    }
    return changed;
  }

  private Map<Long, long[]> storedBins(Connection connection, Object[] key) throws SQLException {
    Map<Long, long[]> stored = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(selectBins)) {
      bindAll(query, 1, key);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          long[] values = new long[counts];
          for (int c = 0; c < counts; c++) {
            values[c] = found.getLong(2 + c);
          }
          stored.put(found.getLong(1), values);
        }
      }
    }
    return stored;
  }

  private long storedWindows(Connection connection, Object[] key, String lock) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(select + lock)) {
      bindAll(query, 1, key);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? found.getLong(1) : -1;
      }
    }
  }

  private static int execute(Connection connection, String sql, Object[] cells, Object... more)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bindAll(statement, 1, cells);
      bindAll(statement, 1 + cells.length, more);
      return statement.executeUpdate();
    }
  }

  private static void bindAll(PreparedStatement statement, int from, Object[] cells)
      throws SQLException {
    for (int i = 0; i < cells.length; i++) {
      Upsert.bind(statement, from + i, cells[i]);
    }
  }

  /** Infinite edges are NULL: under- and overflow. */
  private static Double finite(double edge) {
    return Double.isInfinite(edge) ? Double.NaN : edge;
  }
}
