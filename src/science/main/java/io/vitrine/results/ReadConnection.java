package io.vitrine.results;

import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.RowCells;
import io.vitrine.results.rows.RowKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection that reads a store: each question is one read-only transaction, and a connection
 * that was lost since the last question is made anew once. Questions of several threads queue.
 */
final class ReadConnection implements AutoCloseable {
  private final String url;
  private final Dialect dialect;
  private Connection connection;

  private ReadConnection(String url) {
    this.url = url;
    this.dialect = Dialect.of(url);
  }

  /** Opens a store that exists. */
  static ReadConnection open(String url) throws StoreException {
    ReadConnection store = new ReadConnection(url);
    store.ask(connection -> true);
    return store;
  }

  /** A query of one read-only transaction. */
  interface Query<T> {
    T run(Connection connection) throws SQLException;
  }

  /** What is made of one row of an answer. */
  interface FromRow<T> {
    T of(ResultSet found) throws SQLException;
  }

  /** Runs a query. */
  synchronized <T> T ask(Query<T> query) throws StoreException {
    boolean kept = connection != null;
    for (; ; ) {
      try {
        if (connection == null) {
          connection = dialect.connect(url, true);
          Schema.check(connection, dialect);
        }
        T answer = query.run(connection);
        connection.rollback();
        return answer;
      } catch (SQLException e) {
        drop();
        if (!kept || !dialect.passes(e)) {
          throw failure(e);
        }
        kept = false;
      }
    }
  }

  /** Runs a query with its keys; makes one value of each row. */
  <T> List<T> each(String sql, FromRow<T> from, Object... keys) throws StoreException {
    return ask(
        connection -> {
          List<T> values = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < keys.length; i++) {
              query.setObject(i + 1, keys[i]);
            }
            try (ResultSet found = query.executeQuery()) {
              while (found.next()) {
                values.add(from.of(found));
              }
            }
          }
          return values;
        });
  }

  /** The rows of one kind of which the condition holds, in its order; at most {@code limit}. */
  <R extends ResultRow> List<R> rows(
      Class<R> type, RowKind kind, String whereAndOrder, int limit, Object... keys)
      throws StoreException {
    String sql =
        "SELECT "
            + String.join(", ", kind.columns())
            + " FROM "
            + kind.table()
            + " WHERE "
            + whereAndOrder
            + " LIMIT "
            + limit;
    return each(sql, found -> type.cast(row(kind, found)), keys);
  }

  /** The row of one kind that begins at the first column of an answer. */
  static ResultRow row(RowKind kind, ResultSet found) throws SQLException {
    return kind.row(RowCells.of(found, kind.columns().size()));
  }

  /** Whether the store has the table of a kind: an earlier build of this version may lack it. */
  boolean has(RowKind kind) throws StoreException {
    return has(kind.table());
  }

  /** The same of any table. */
  boolean has(String table) throws StoreException {
    return ask(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return dialect.has(statement, table);
          }
        });
  }

  @Override
  public synchronized void close() throws StoreException {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw failure(e);
      } finally {
        connection = null;
      }
    }
  }

  private void drop() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException ignored) {
      // It is the first error that is reported.
    }
    connection = null;
  }

  private StoreException failure(SQLException e) {
    return new StoreException("store " + url + ": " + ResultsStore.message(e), e);
  }
}
