package io.vitrine.results;

import io.vitrine.results.bins.BinText;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.SnapshotRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Inserts a row, or replaces the one of its key where a value differs: an identical row changes
 * nothing, not even its wall column.
 */
final class Upsert implements AutoCloseable {
  /** Flush so often: bounds the memory a driver holds. */
  private static final int BATCH = 1000;

  private final PreparedStatement statement;
  private int pending;

  private Upsert(PreparedStatement statement) {
    this.statement = statement;
  }

  /** What only grows is replaced only by what covers no fewer windows or pairs of frames. */
  static Upsert of(Connection connection, RowKind kind) throws SQLException {
    String table = kind.table();
    List<String> values = kind.valueColumns();
    String differs =
        values.stream()
            .map(c -> table + "." + c + " IS DISTINCT FROM excluded." + c)
            .collect(Collectors.joining(" OR ", "(", ")"));
    String monotone =
        Stream.of("windows", "pairs")
            .filter(values::contains)
            .map(c -> " AND excluded." + c + " >= " + table + "." + c)
            .collect(Collectors.joining());
    String sql =
        "INSERT INTO "
            + table
            + " ("
            + String.join(", ", kind.columns())
            + ", "
            + kind.wallColumn()
            + ") VALUES ("
            + "?, ".repeat(kind.columns().size())
            + "?) ON CONFLICT ("
            + String.join(", ", kind.keyColumns())
            + ") DO UPDATE SET "
            + values.stream().map(c -> c + " = excluded." + c + ", ").collect(Collectors.joining())
            + kind.wallColumn()
            + " = excluded."
            + kind.wallColumn()
            + " WHERE "
            + differs
            + monotone;
    return new Upsert(connection.prepareStatement(sql));
  }

  void add(ResultRow row, long wall) throws SQLException {
    Object[] cells = row.cells();
    for (int i = 0; i < cells.length; i++) {
      bind(statement, i + 1, cells[i]);
    }
    statement.setLong(cells.length + 1, wall);
    statement.addBatch();
    if (++pending == BATCH) {
      flush();
    }
  }

  void flush() throws SQLException {
    if (pending > 0) {
      execute(statement);
      pending = 0;
    }
  }

  /** Forgets all but the newest snapshots of a simulation. */
  static void prune(Connection connection, SnapshotRow row) throws SQLException {
    String key = " WHERE study = ? AND simulation = ?";
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM snapshots"
                + key
                + " AND time_ms NOT IN (SELECT time_ms FROM snapshots"
                + key
                + " ORDER BY time_ms DESC LIMIT "
                + SnapshotRow.KEPT
                + ")")) {
      delete.setString(1, row.study());
      delete.setString(2, row.simulation());
      delete.setString(3, row.study());
      delete.setString(4, row.simulation());
      delete.executeUpdate();
    }
  }

  /** Runs a batch; PostgreSQL's driver 42.7 says with an Error that the connection is gone. */
  static void execute(PreparedStatement statement) throws SQLException {
    try {
      statement.executeBatch();
    } catch (AssertionError e) {
      throw new SQLException("connection lost: " + e.getMessage(), "08006", e);
    }
  }

  @Override
  public void close() throws SQLException {
    statement.close();
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
}
