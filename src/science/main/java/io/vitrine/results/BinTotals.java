package io.vitrine.results;

import io.vitrine.results.bins.Binning;
import io.vitrine.results.rows.HistogramTotal;
import io.vitrine.results.rows.RowCells;
import io.vitrine.results.rows.RowKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

  /** Bounds the bins in memory: some hundred each. */
  private static final int TOTALS = 100;

  private final RowKind kind;
  private final String binTable;
  private final List<String> binColumns;
  private final int counts;
  private final int keys;
  private final String insert;
  private final String select;
  private final String update;
  private final String selectBins;
  private final String upsertBin;
  private final String deleteBin;
  private final Function<String, String> upsertBins;
  private final Function<String, String> deleteBins;
  private final Function<String, String> selectAllBins;

  private BinTotals(RowKind kind, String binTable, List<String> countColumns) {
    this.kind = kind;
    this.binTable = binTable;
    this.binColumns = new ArrayList<>(kind.keyColumns());
    binColumns.addAll(List.of("bin", "bin_low", "bin_high"));
    binColumns.addAll(countColumns);
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
    String same = matching(kind.keyColumns(), "b", "r");
    upsertBins =
        table ->
            "INSERT INTO "
                + binTable
                + " ("
                + String.join(", ", binColumns)
                + ") SELECT * FROM "
                + table
                + " ON CONFLICT ("
                + keyList
                + ", bin) DO UPDATE SET "
                + countColumns.stream()
                    .map(c -> c + " = excluded." + c)
                    .collect(Collectors.joining(", "));
    deleteBins =
        table ->
            "DELETE FROM "
                + binTable
                + " b USING "
                + table
                + " WHERE "
                + same
                + " AND b.bin = r.bin";
    selectAllBins =
        table ->
            "SELECT r.place, b.bin, b."
                + String.join(", b.", countColumns)
                + " FROM "
                + table
                + " JOIN "
                + kind.table()
                + " t ON "
                + matching(kind.keyColumns(), "t", "r")
                + " AND t.windows = r.windows LEFT JOIN "
                + binTable
                + " b ON "
                + same;
    deleteBin = "DELETE FROM " + binTable + " WHERE " + byKey + " AND bin = ?";
  }

  private static String matching(List<String> columns, String a, String b) {
    return columns.stream()
        .map(c -> a + "." + c + " = " + b + "." + c)
        .collect(Collectors.joining(" AND "));
  }

  /** Totals of this kind, or null where it has no bins. */
  static BinTotals of(RowKind kind) {
    return switch (kind) {
      case COUNTER_TOTAL -> COUNTERS;
      case HISTOGRAM_TOTAL -> HISTOGRAMS;
      default -> null;
    };
  }

  /** What the bins of a total mean. */
  private Binning binning(Object[] cells) {
    return kind == RowKind.COUNTER_TOTAL
        ? Binning.RAW_SCORE
        : HistogramTotal.of(new RowCells(cells)).binning();
  }

  /**
   * Writes totals together: one statement for them, one that reads the bins of those that were not
   * refused, one that writes the bins that differ. The first locks the totals, in the order of
   * their keys.
   */
  void asArrays(Connection connection, Collection<Object[]> totals, long wall) throws SQLException {
    List<Object[]> all = new ArrayList<>(totals);
    for (int from = 0; from < all.size(); from += TOTALS) {
      together(connection, all.subList(from, Math.min(all.size(), from + TOTALS)), wall);
    }
  }

  private void together(Connection connection, List<Object[]> totals, long wall)
      throws SQLException {
    Upsert.asArrays(connection, kind, totals, wall);
    List<Map<Long, long[]>> stored = storedBins(connection, totals);
    List<Object[]> changed = new ArrayList<>();
    List<Object[]> gone = new ArrayList<>();
    for (int t = 0; t < totals.size(); t++) {
      Map<Long, long[]> bins = stored.get(t);
      if (bins == null) {
        continue; // the stored total covers more windows
      }
      Object[] cells = totals.get(t);
      Binning binning = binning(cells);
      long[] flat = (long[]) cells[cells.length - 1];
      for (int i = 0; i < flat.length; i += 1 + counts) {
        long[] wanted = Arrays.copyOfRange(flat, i + 1, i + 1 + counts);
        if (!Arrays.equals(wanted, bins.remove(flat[i]))) {
          Object[] row = Arrays.copyOf(cells, keys + 3 + counts);
          int bin = Math.toIntExact(flat[i]);
          row[keys] = flat[i];
          row[keys + 1] = finite(binning.low(bin));
          row[keys + 2] = finite(binning.high(bin));
          for (int c = 0; c < counts; c++) {
            row[keys + 3 + c] = wanted[c];
          }
          changed.add(row);
        }
      }
      for (Long bin : bins.keySet()) {
        Object[] row = Arrays.copyOf(cells, keys + 1);
        row[keys] = bin;
        gone.add(row);
      }
    }
    run(connection, upsertBins, binColumns, changed);
    run(connection, deleteBins, binColumns.subList(0, keys + 1), gone);
  }

  private void run(
      Connection connection,
      Function<String, String> sql,
      List<String> columns,
      List<Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    ColumnArrays arrays = ColumnArrays.of(connection, binTable, columns);
    try (PreparedStatement statement =
        connection.prepareStatement(sql.apply(arrays.table("r", columns)))) {
      for (int from = 0; from < rows.size(); from += ColumnArrays.ROWS) {
        arrays.bind(
            statement, 1, rows.subList(from, Math.min(rows.size(), from + ColumnArrays.ROWS)));
        statement.executeUpdate();
      }
    }
  }

  /** The bins of each total that is stored with the windows it has here; null of others. */
  private List<Map<Long, long[]>> storedBins(Connection connection, List<Object[]> totals)
      throws SQLException {
    List<String> columns = kind.columns().subList(0, keys + 1); // key, windows
    ColumnArrays arrays = ColumnArrays.of(connection, kind.table(), columns);
    List<Map<Long, long[]>> stored =
        new ArrayList<>(Collections.nCopies(totals.size(), (Map<Long, long[]>) null));
    try (PreparedStatement query =
        connection.prepareStatement(selectAllBins.apply(arrays.counted("r", columns, "place")))) {
      arrays.bind(query, 1, totals);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          int place = (int) found.getLong(1) - 1;
          if (stored.get(place) == null) {
            stored.set(place, new HashMap<>());
          }
          long bin = found.getLong(2);
          if (!found.wasNull()) {
            stored.get(place).put(bin, counts(found, 3));
          }
        }
      }
    }
    return stored;
  }

  private long[] counts(ResultSet found, int from) throws SQLException {
    long[] values = new long[counts];
    for (int c = 0; c < counts; c++) {
      values[c] = found.getLong(from + c);
    }
    return values;
  }

  /** Writes totals one by one, in a transaction without another writer. */
  void oneByOne(Connection connection, Collection<Object[]> totals, long wall) throws SQLException {
    for (Object[] total : totals) {
      write(connection, total, wall);
    }
  }

  private void write(Connection connection, Object[] cells, long wall) throws SQLException {
    Object[] key = Arrays.copyOf(cells, keys);
    long windows = (Long) cells[keys];
    boolean fresh = execute(connection, insert, Arrays.copyOf(cells, cells.length - 1), wall) > 0;
    if (!fresh && storedWindows(connection, key) > windows) {
      return;
    }
    boolean changed =
        replaceBins(connection, key, (long[]) cells[cells.length - 1], binning(cells))
            || storedWindows(connection, key) != windows;
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
          stored.put(found.getLong(1), counts(found, 2));
        }
      }
    }
    return stored;
  }

  private long storedWindows(Connection connection, Object[] key) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(select)) {
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
