package io.vitrine.results;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The reading end of a results store; its handle cannot write. Every call sees one consistent
 * state. Not for use by several threads at once without its own lock: calls queue.
 */
public final class ResultsReader implements AutoCloseable {
  private final String url;
  private final Dialect dialect;
  private Connection connection;

  private ResultsReader(String url) {
    this.url = url;
    this.dialect = Dialect.of(url);
  }

  /** Opens a store that exists. */
  public static ResultsReader open(String url) throws StoreException {
    ResultsReader reader = new ResultsReader(url);
    reader.ask(connection -> true);
    return reader;
  }

  /** The studies of the store, in alphabetical order. */
  public List<String> studies() throws StoreException {
    return ask(
        connection -> {
          List<String> studies = new ArrayList<>();
          try (PreparedStatement query =
                  connection.prepareStatement(
                      "SELECT DISTINCT study FROM simulations ORDER BY study");
              ResultSet found = query.executeQuery()) {
            while (found.next()) {
              studies.add(found.getString(1));
            }
          }
          return studies;
        });
  }

  /** Where every simulation of the study stands, by name. */
  public List<SimulationStatus> simulations(String study) throws StoreException {
    return ask(connection -> StatusQuery.run(connection, study));
  }

  /** Counters of the study summed over its simulations, by model, version and temperature. */
  public List<CounterSum> counters(String study) throws StoreException {
    return ask(connection -> BinQueries.counters(connection, study));
  }

  /** Histograms of the study, one a simulation and kind. */
  public List<HistogramTotal> histograms(String study) throws StoreException {
    return ask(connection -> BinQueries.histograms(connection, study));
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
    return some(type, kind, order, Integer.MAX_VALUE, study);
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
    return some(
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
    return some(
        WindowRow.class,
        RowKind.WINDOW,
        "study = ? AND simulation = ? AND model = ? ORDER BY time_ms DESC",
        limit,
        study,
        simulation,
        model);
  }

  /** The newest frames of one simulation, newest first. */
  public List<FrameRow> newestFrames(String study, String simulation, int limit)
      throws StoreException {
    return some(
        FrameRow.class,
        RowKind.FRAME,
        "study = ? AND simulation = ? ORDER BY time_ms DESC",
        limit,
        study,
        simulation);
  }

  /** Times of the snapshots of one simulation, ms, ascending. */
  public List<Long> snapshotTimes(String study, String simulation) throws StoreException {
    return ask(
        connection -> {
          List<Long> times = new ArrayList<>();
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT time_ms FROM snapshots WHERE study = ? AND simulation = ?"
                      + " ORDER BY time_ms")) {
            query.setString(1, study);
            query.setString(2, simulation);
            try (ResultSet found = query.executeQuery()) {
              while (found.next()) {
                times.add(found.getLong(1));
              }
            }
          }
          return times;
        });
  }

  /** The snapshot at an instant, or none. */
  public Optional<SnapshotRow> snapshot(String study, String simulation, long timeMillis)
      throws StoreException {
    return some(
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

  private <R extends ResultRow> List<R> some(
      Class<R> type, RowKind kind, String whereAndOrder, int limit, Object... keys)
      throws StoreException {
    List<String> columns = kind.columns();
    String sql =
        "SELECT "
            + String.join(", ", columns)
            + " FROM "
            + kind.table()
            + " WHERE "
            + whereAndOrder
            + " LIMIT "
            + limit;
    return ask(
        connection -> {
          List<R> rows = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < keys.length; i++) {
              query.setObject(i + 1, keys[i]);
            }
            try (ResultSet found = query.executeQuery()) {
              while (found.next()) {
                rows.add(type.cast(kind.row(cells(found, columns.size()))));
              }
            }
          }
          return rows;
        });
  }

  static Cells cells(ResultSet found, int count) throws SQLException {
    Object[] cells = new Object[count];
    for (int i = 0; i < count; i++) {
      cells[i] = found.getObject(i + 1);
    }
    return new Cells(cells);
  }

  /** A query of one read-only transaction. */
  private interface Query<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Runs a query; a connection that was lost since the last one is made anew once. */
  private synchronized <T> T ask(Query<T> query) throws StoreException {
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
