package io.vitrine.results;

import io.vitrine.results.bins.BinText;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Inserts rows, or replaces those of their keys where a value differs: an identical row changes
 * nothing, not even its wall column. What only grows is replaced only by what covers no fewer
 * windows or pairs of frames.
 *
 * <p>Of rows with the same key one is written, the one that would be left if they were written one
 * by one. Rows are written in the order of their keys, so that two writers do not wait for each
 * other crosswise.
 */
final class Upsert {
  /** Rows that are sent together: bounds the memory a driver holds. */
  private static final int BATCH = 1000;

  /** Keys are texts and numbers, each column of one type. */
  private static final Comparator<Object[]> BY_KEY = Upsert::compare;

  private final RowKind kind;
  private final TreeMap<Object[], Object[]> rows = new TreeMap<>(BY_KEY);
  private final int growing;

  Upsert(RowKind kind) {
    this.kind = kind;
    this.growing =
        Stream.of("windows", "pairs")
            .mapToInt(kind.columns()::indexOf)
            .filter(i -> i >= 0)
            .findFirst()
            .orElse(-1);
  }

  /** Adds a row. */
  void add(ResultRow row) {
    Object[] cells = row.cells();
    rows.merge(
        Arrays.copyOf(cells, kind.keyColumns().size()),
        cells,
        (a, b) -> growing >= 0 && (Long) b[growing] < (Long) a[growing] ? a : b);
  }

  /** Writes all rows. */
  void write(Connection connection, Dialect dialect, long wall) throws SQLException {
    dialect.upsert(connection, kind, rows.values(), wall);
  }

  /** One statement a row, in batches. */
  static void inBatches(Connection connection, RowKind kind, Collection<Object[]> rows, long wall)
      throws SQLException {
    String values = "VALUES (" + "?, ".repeat(kind.columns().size()) + "?)";
    try (PreparedStatement statement = connection.prepareStatement(sql(kind, values))) {
      int pending = 0;
      for (Object[] cells : rows) {
        for (int i = 0; i < cells.length; i++) {
          bind(statement, i + 1, cells[i]);
        }
        statement.setLong(cells.length + 1, wall);
        statement.addBatch();
        if (++pending % BATCH == 0) {
          execute(statement);
        }
      }
      if (pending % BATCH != 0) {
        execute(statement);
      }
    }
  }

  /** One statement for many rows. */
  static void asArrays(Connection connection, RowKind kind, Collection<Object[]> rows, long wall)
      throws SQLException {
    List<String> columns = kind.columns();
    ColumnArrays arrays = ColumnArrays.of(connection, kind.table(), columns);
    String values = "SELECT r.*, ? FROM " + arrays.table("r", columns);
    List<Object[]> all = new ArrayList<>(rows);
    try (PreparedStatement statement = connection.prepareStatement(sql(kind, values))) {
      for (int from = 0; from < all.size(); from += ColumnArrays.ROWS) {
        statement.setLong(1, wall);
        arrays.bind(
            statement, 2, all.subList(from, Math.min(all.size(), from + ColumnArrays.ROWS)));
        statement.executeUpdate();
      }
    }
  }

  private static String sql(RowKind kind, String values) {
    String table = kind.table();
    List<String> replaced = kind.valueColumns();
    String differs =
        replaced.stream()
            .map(c -> table + "." + c + " IS DISTINCT FROM excluded." + c)
            .collect(Collectors.joining(" OR ", "(", ")"));
    String monotone =
        Stream.of("windows", "pairs")
            .filter(replaced::contains)
            .map(c -> " AND excluded." + c + " >= " + table + "." + c)
            .collect(Collectors.joining());
    return "INSERT INTO "
        + table
        + " ("
        + String.join(", ", kind.columns())
        + ", "
        + kind.wallColumn()
        + ") "
        + values
        + " ON CONFLICT ("
        + String.join(", ", kind.keyColumns())
        + ") DO UPDATE SET "
        + replaced.stream().map(c -> c + " = excluded." + c + ", ").collect(Collectors.joining())
        + kind.wallColumn()
        + " = excluded."
        + kind.wallColumn()
        + " WHERE "
        + differs
        + monotone;
  }

  /** Runs a batch; PostgreSQL's driver 42.7 says with an Error that the connection is gone. */
  static void execute(PreparedStatement statement) throws SQLException {
    try {
      statement.executeBatch();
    } catch (AssertionError e) {
      throw new SQLException("connection lost: " + e.getMessage(), "08006", e);
    }
  }

  /** Binds a cell: NaN is NULL, bins are text. */
  static void bind(PreparedStatement statement, int index, Object cell) throws SQLException {
    if (cell == null || (cell instanceof Double real && real.isNaN())) {
      statement.setNull(index, cell == null ? java.sql.Types.BIGINT : java.sql.Types.DOUBLE);
    } else if (cell instanceof long[] numbers) {
      statement.setString(index, BinText.format(numbers, 3));
    } else {
      statement.setObject(index, cell);
    }
  }

  private static int compare(Object[] a, Object[] b) {
    int order = 0;
    for (int i = 0; i < a.length && order == 0; i++) {
      order =
          a[i] instanceof Long whole
              ? whole.compareTo((Long) b[i])
              : a[i] instanceof Double real
                  ? real.compareTo((Double) b[i])
                  : ((String) a[i]).compareTo((String) b[i]);
    }
    return order;
  }
}
