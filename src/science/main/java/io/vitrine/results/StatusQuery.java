package io.vitrine.results;

import io.vitrine.results.rows.RowCells;
import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.SimulationRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@link SimulationStatus}: a few look-ups by key a simulation. */
final class StatusQuery {
  private static final String KEY = " WHERE study = ? AND simulation = ?";

  private static final String FRAMES =
      "SELECT MIN(time_ms), MAX(time_ms), COUNT(*) FROM frames" + KEY;
  private static final String NEWEST_FRAME =
      "SELECT frames_thinned, potential_energy, pressure, temperature, wall_seen FROM frames"
          + KEY
          + " ORDER BY time_ms DESC LIMIT 1";
  private static final String PACE =
      "SELECT COUNT(*), MIN(wall_seen), MAX(wall_seen) FROM (SELECT wall_seen FROM frames"
          + KEY
          + " ORDER BY time_ms DESC LIMIT 100) AS newest";
  private static final String WINDOWS =
      "SELECT model, COUNT(*), MAX(time_ms) FROM windows" + KEY + " GROUP BY model ORDER BY model";
  private static final String DISTINCT = "SELECT COUNT(DISTINCT time_ms) FROM windows" + KEY;

  /** Windows whose rows were thinned; those that are left are not among them. */
  private static final String THINNED = "SELECT SUM(windows) FROM thinned_windows" + KEY;

  /** Windows that a model has scored. */
  private static final String COUNTED =
      "SELECT SUM(windows) FROM counter_total" + KEY + " AND model = ?";

  private static final String NEWEST_WINDOW =
      "SELECT n, hops, mean_p_hop, mean_score FROM windows"
          + KEY
          + " AND model = ? AND time_ms = ?";

  /** The windows at either end of a trajectory reach beyond it: they are no loss. */
  private static final String INCOMPLETE =
      "SELECT COUNT(*) FROM incomplete_windows" + KEY + " AND time_ms BETWEEN ? AND ?";

  private static final String NOTICED =
      "SELECT MAX(CASE WHEN subject = 'thinned' THEN count ELSE 0 END),"
          + " MAX(CASE WHEN subject = 'repeated' THEN count ELSE 0 END),"
          + " MAX(CASE WHEN subject = 'outage' AND count > 0 THEN text ELSE '' END) FROM notices"
          + KEY;

  private static final String DEAD = "SELECT COUNT(*) FROM dead_letters" + KEY;

  private StatusQuery() {}

  /**
   * The simulations of a study.
   *
   * @param hasThinned whether the store has the table of thinned windows
   */
  static List<SimulationStatus> run(Connection connection, String study, boolean hasThinned)
      throws SQLException {
    List<SimulationRow> rows = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT "
                + String.join(", ", RowKind.SIMULATION.columns())
                + " FROM simulations WHERE study = ? ORDER BY simulation")) {
      query.setString(1, study);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          rows.add(SimulationRow.of(RowCells.of(found, RowKind.SIMULATION.columns().size())));
        }
      }
    }
    List<SimulationStatus> all = new ArrayList<>();
    for (SimulationRow row : rows) {
      all.add(status(connection, row, hasThinned));
    }
    return all;
  }

  private static SimulationStatus status(
      Connection connection, SimulationRow row, boolean hasThinned) throws SQLException {
    Object[] span = one(connection, FRAMES, 3, row.study(), row.simulation());
    Object[] frame = one(connection, NEWEST_FRAME, 5, row.study(), row.simulation());
    Object[] counted = newestModel(connection, row);
    RowCells s = new RowCells(span);
    long first = s.whole();
    long latest = s.whole();
    RowCells f = new RowCells(frame);
    RowCells c = new RowCells(counted);
    String model = c.text();
    long windows = Math.max(0, c.whole());
    if (hasThinned) {
      windows += count(connection, THINNED, row.study(), row.simulation());
    }
    long newest = c.whole();
    RowCells w =
        new RowCells(
            one(connection, NEWEST_WINDOW, 4, row.study(), row.simulation(), model, newest));
    double n = w.real();
    double hops = w.real();
    RowCells noticed = new RowCells(one(connection, NOTICED, 3, row.study(), row.simulation()));
    long thinned = Math.max(0, Math.max(f.whole(), noticed.whole()));
    long repeated = Math.max(0, noticed.whole());
    String outage = noticed.text();
    return new SimulationStatus(
        row,
        first,
        latest,
        s.whole(),
        thinned,
        repeated,
        outage == null ? "" : outage,
        windows,
        count(
            connection,
            INCOMPLETE,
            row.study(),
            row.simulation(),
            first + row.windowMillis() / 2,
            latest - row.windowMillis() / 2),
        expectedWindows(first, latest, row),
        count(connection, DEAD, row.study(), row.simulation()),
        newest,
        hops / n,
        w.real(),
        w.real(),
        model,
        f.real(),
        f.real(),
        f.real(),
        pace(connection, row),
        f.whole());
  }

  /** Windows that fit between the first frame and the newest; none before a frame. */
  private static long expectedWindows(long first, long latest, SimulationRow row) {
    long span = row.windowMillis();
    return latest - first < span ? 0 : (latest - first - span) / row.intervalMillis() + 1;
  }

  /** Frames that came after the oldest of the newest hundred, by the time since then. */
  private static double pace(Connection connection, SimulationRow row) throws SQLException {
    RowCells c = new RowCells(one(connection, PACE, 3, row.study(), row.simulation()));
    double count = c.real();
    double from = c.real();
    double to = c.real();
    return to > from ? (count - 1) * 1000 / (to - from) : Double.NaN;
  }

  /**
   * Model, windows and newest centre. The model is the first by name of those that have the most
   * windows, none before any; a model that is trained during the run scores later windows only, so
   * with several the windows are counted by their times. Where rows were thinned two models may
   * have as many; then the counters decide.
   */
  private static Object[] newestModel(Connection connection, SimulationRow row)
      throws SQLException {
    Object[] best = {"", null, null};
    int models = 0;
    try (PreparedStatement query = connection.prepareStatement(WINDOWS)) {
      query.setString(1, row.study());
      query.setString(2, row.simulation());
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          models++;
          String model = found.getString(1);
          long windows = found.getLong(2);
          if (best[1] == null
              || best[0].equals("")
              || windows > (long) best[1]
              || (windows == (long) best[1]
                  && counted(connection, row, model)
                      > counted(connection, row, (String) best[0]))) {
            best = new Object[] {model, windows, found.getLong(3)};
          }
        }
      }
    }
    if (models > 1) {
      best[1] = count(connection, DISTINCT, row.study(), row.simulation());
    }
    return best;
  }

  private static long counted(Connection connection, SimulationRow row, String model)
      throws SQLException {
    return count(connection, COUNTED, row.study(), row.simulation(), model);
  }

  private static long count(Connection connection, String sql, Object... keys) throws SQLException {
    Object count = one(connection, sql, 1, keys)[0];
    return count == null ? 0 : ((Number) count).longValue();
  }

  /** The first row of a query, all NULL where there is none. */
  private static Object[] one(Connection connection, String sql, int columns, Object... keys)
      throws SQLException {
    Object[] cells = new Object[columns];
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < keys.length; i++) {
        query.setObject(i + 1, keys[i]);
      }
      try (ResultSet found = query.executeQuery()) {
        if (found.next()) {
          for (int i = 0; i < columns; i++) {
            cells[i] = found.getObject(i + 1);
          }
        }
      }
    }
    return cells;
  }
}
