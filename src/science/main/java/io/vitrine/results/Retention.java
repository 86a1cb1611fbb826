package io.vitrine.results;

import io.vitrine.results.rows.PredictionRow;
import io.vitrine.results.rows.ResultRow;
import io.vitrine.results.rows.WindowRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Thins old rows of {@code windows} and {@code predictions}: the newest K windows of a simulation
 * stay, of older ones every tenth.
 *
 * <p>A window at time t has the number floor(t / interval). Let m be the number of the newest
 * window less K, rounded down to a multiple of 100. Windows with smaller numbers than m stay where
 * the number is a multiple of 10; all others stay. What stays is a function of the windows that
 * have been written, whatever their order and however often. {@link Thinned} keeps the number and
 * the sums of what goes.
 *
 * <p>Two writers: m is committed ({@code due_ms}) before rows are deleted, and each writer looks at
 * it after its own rows are committed. A row below m is therefore seen by who announced m or by who
 * wrote the row. A row of {@code retention} is the lock of a simulation. Rows between {@code
 * done_ms} and {@code due_ms}, which a kill may leave, are deleted with the next hundred.
 *
 * <p>Cost: two look-ups a batch; a scan of the primary key over the rows of a hundred windows each
 * hundred windows.
 */
final class Retention {
  /** Of old windows one in so many stays. */
  private static final int ONE_IN = 10;

  /** Windows that are thinned together, and of one row of sums. */
  private static final int BLOCK = 100;

  /** Blocks of one transaction: bounds its rows. */
  private static final int BLOCKS = 100;

  /** Predictions are summed over the blocks that their errors are computed from. */
  static final long PREDICTION_BLOCK_MILLIS = 20_000;

  /** Before any window. */
  private static final long NEVER = -1_000_000_000_000_000L;

  /** A simulation: how far it is to be thinned, and is. */
  private record Mark(String study, String simulation, long interval, long due, long done) {
    boolean goes(long time) {
      return time < due && time / interval % ONE_IN != 0;
    }

    Mark dueFor(long newest, long keep) {
      long first = Math.floorDiv(Math.floorDiv(newest, interval) - keep, BLOCK) * BLOCK;
      return new Mark(study, simulation, interval, Math.max(due, first * interval), done);
    }
  }

  private final Connection connection;
  private final Dialect dialect;

  Retention(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /**
   * Thins the simulations that have rows in a batch that is committed.
   *
   * @param keep newest windows that stay; 0 for all: then only rows of windows that were thinned
   *     before go again
   */
  void after(List<? extends ResultRow> rows, long keep) throws SQLException {
    Map<String, Map<String, NavigableSet<Long>>> times = new TreeMap<>();
    for (ResultRow row : rows) {
      if (row instanceof WindowRow w) {
        times(times, w.study(), w.simulation()).add(w.timeMillis());
      } else if (row instanceof PredictionRow p) {
        times(times, p.study(), p.simulation()).add(p.timeMillis());
      }
    }
    for (Map.Entry<String, Map<String, NavigableSet<Long>>> study : times.entrySet()) {
      dialect.begin(connection);
      List<Mark> marks = announce(study.getKey(), study.getValue(), keep);
      dialect.commit(connection);
      for (Mark mark : marks) {
        NavigableSet<Long> late = new TreeSet<>(study.getValue().get(mark.simulation));
        late.removeIf(time -> time >= mark.done || !mark.goes(time));
        thin(mark, late);
      }
    }
  }

  private static NavigableSet<Long> times(
      Map<String, Map<String, NavigableSet<Long>>> times, String study, String simulation) {
    return times
        .computeIfAbsent(study, s -> new TreeMap<>())
        .computeIfAbsent(simulation, s -> new TreeSet<>());
  }

  /** Says how far simulations are to be thinned; returns those that are or were. */
  private List<Mark> announce(String study, Map<String, NavigableSet<Long>> times, long keep)
      throws SQLException {
    List<Mark> marks = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT s.simulation, s.interval_ms, r.due_ms, r.done_ms FROM simulations s"
                    + " LEFT JOIN retention r ON r.study = s.study AND r.simulation = s.simulation"
                    + " WHERE s.study = ? ORDER BY s.simulation");
        PreparedStatement upsert =
            connection.prepareStatement(
                "INSERT INTO retention (study, simulation, due_ms, done_ms) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (study, simulation) DO UPDATE SET due_ms = excluded.due_ms"
                    + " WHERE retention.due_ms < excluded.due_ms")) {
      query.setString(1, study);
      boolean any = false;
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          NavigableSet<Long> own = times.get(found.getString(1));
          if (own == null) {
            continue;
          }
          boolean known = found.getObject(3) != null;
          Mark mark =
              new Mark(
                  study,
                  found.getString(1),
                  found.getLong(2),
                  known ? found.getLong(3) : NEVER,
                  known ? found.getLong(4) : NEVER);
          Mark next = keep == 0 ? mark : mark.dueFor(own.last(), keep);
          // Nothing lies before time 0 in a simulation that has not so many windows yet.
          if (next.due > mark.due && (known || next.due > 0)) {
            upsert.setString(1, study);
            upsert.setString(2, next.simulation);
            upsert.setLong(3, next.due);
            upsert.setLong(4, next.done);
            upsert.addBatch();
            any = true;
            known = true;
          }
          if (known) {
            marks.add(next);
          }
        }
      }
      if (any) {
        Upsert.execute(upsert);
      }
    }
    return marks;
  }

  /** Deletes what goes between {@code done} and {@code due}, and the windows that came late. */
  private void thin(Mark mark, NavigableSet<Long> late) throws SQLException {
    long span = mark.interval * BLOCK;
    while (!late.isEmpty()) {
      long from = Math.floorDiv(late.first(), span) * span;
      thin(mark, from, from + span, mark.done);
      late.headSet(from + span).clear();
    }
    long from = mark.done;
    while (from < mark.due) {
      from = Math.max(from, Math.floorDiv(first(mark, from), span) * span);
      long to = Math.min(mark.due, from + BLOCKS * span);
      thin(mark, from, to, to);
      from = to;
    }
  }

  /** The time of the first window that may have to go; {@code due} where there is none. */
  private long first(Mark mark, long from) throws SQLException {
    long first = mark.due;
    for (String model : models(mark, "windows")) {
      try (PreparedStatement query =
          connection.prepareStatement(
              "SELECT MIN(time_ms) FROM windows WHERE study = ? AND simulation = ?"
                  + " AND model = ? AND time_ms >= ?")) {
        bind(query, mark, model);
        query.setLong(4, from);
        try (ResultSet found = query.executeQuery()) {
          if (found.next() && found.getObject(1) != null) {
            first = Math.min(first, found.getLong(1));
          }
        }
      }
    }
    return first;
  }

  private void thin(Mark mark, long from, long to, long done) throws SQLException {
    dialect.begin(connection);
    try (PreparedStatement lock =
        connection.prepareStatement(
            "UPDATE retention SET done_ms = CASE WHEN done_ms < ? THEN ? ELSE done_ms END"
                + " WHERE study = ? AND simulation = ?")) {
      lock.setLong(1, done);
      lock.setLong(2, done);
      lock.setString(3, mark.study);
      lock.setString(4, mark.simulation);
      lock.executeUpdate();
    }
    Thinned windows = new Thinned(connection, Thinned.WINDOWS);
    for (String model : models(mark, "windows")) {
      windows(mark, model, from, to, windows);
    }
    windows.write();
    Thinned predictions = new Thinned(connection, Thinned.PREDICTIONS);
    for (String model : models(mark, "predictions")) {
      predictions(mark, model, from, to, predictions);
    }
    predictions.write();
    dialect.commit(connection);
  }

  private void windows(Mark mark, String model, long from, long to, Thinned thinned)
      throws SQLException {
    String rows =
        " FROM windows WHERE study = ? AND simulation = ? AND model = ? AND time_ms >= ?"
            + " AND time_ms < ? AND time_ms / ? % "
            + ONE_IN
            + " <> 0";
    try (PreparedStatement query =
        connection.prepareStatement("SELECT time_ms, n, hops, mean_p_hop" + rows)) {
      bind(query, mark, model);
      bind(query, from, to, mark.interval);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          long number = Math.floorDiv(found.getLong(1), mark.interval);
          double pHop = found.getDouble(4);
          thinned.add(
              (int) Math.floorMod(number, (long) BLOCK),
              new long[] {
                found.getLong(2),
                found.getLong(3),
                Thinned.whole(found.wasNull() ? Double.NaN : pHop)
              },
              mark.study,
              mark.simulation,
              Math.floorDiv(number, (long) BLOCK));
        }
      }
    }
    delete(rows, mark, model, from, to);
  }

  private void predictions(Mark mark, String model, long from, long to, Thinned thinned)
      throws SQLException {
    // The index is on the time in tau; half a millisecond is less than any interval.
    String rows =
        " FROM predictions WHERE study = ? AND simulation = ? AND model = ?"
            + " AND time >= (? - 0.5) / 1000 AND time < (? - 0.5) / 1000"
            + " AND CAST(ROUND(time * 1000) AS BIGINT) / ? % "
            + ONE_IN
            + " <> 0";
    try (PreparedStatement query =
        connection.prepareStatement("SELECT time, model_version, label, r" + rows)) {
      bind(query, mark, model);
      bind(query, from, to, mark.interval);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          double r = found.getDouble(4);
          if (found.wasNull()) {
            continue; // the means leave it out as well
          }
          long time = Math.round(found.getDouble(1) * 1000);
          long whole = Thinned.whole(r);
          thinned.add(
              (int) (Math.floorMod(time, PREDICTION_BLOCK_MILLIS) / mark.interval),
              new long[] {time, whole, whole, whole},
              mark.study,
              mark.simulation,
              model,
              found.getString(2),
              found.getString(3),
              Math.floorDiv(time, PREDICTION_BLOCK_MILLIS));
        }
      }
    }
    delete(rows, mark, model, from, to);
  }

  private void delete(String rows, Mark mark, String model, long from, long to)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("DELETE" + rows)) {
      bind(delete, mark, model);
      bind(delete, from, to, mark.interval);
      delete.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, Mark mark, String model)
      throws SQLException {
    statement.setString(1, mark.study);
    statement.setString(2, mark.simulation);
    statement.setString(3, model);
  }

  private static void bind(PreparedStatement statement, long from, long to, long interval)
      throws SQLException {
    statement.setLong(4, from);
    statement.setLong(5, to);
    statement.setLong(6, interval);
  }

  /** The models of a simulation, one look-up in the key each. */
  private List<String> models(Mark mark, String table) throws SQLException {
    List<String> models = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT MIN(model) FROM "
                + table
                + " WHERE study = ? AND simulation = ? AND model > ?")) {
      // The name of no model is empty, and no name is smaller.
      String last = "";
      models.add(last);
      while (last != null) {
        bind(query, mark, last);
        try (ResultSet found = query.executeQuery()) {
          last = found.next() ? found.getString(1) : null;
        }
        if (last != null) {
          models.add(last);
        }
      }
    }
    return models;
  }
}
