package io.vitrine.results;

import io.vitrine.results.rows.RowKind;
import io.vitrine.results.rows.SimulationRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes a {@link SimulationRow} by the rules stated there. */
final class SimulationUpsert {
  private static final String KEEP_KNOWN =
      "temperature = COALESCE(excluded.temperature, s.temperature),"
          + " particles = COALESCE(excluded.particles, s.particles),"
          + " targets = COALESCE(excluded.targets, s.targets),"
          + " until_time = COALESCE(excluded.until_time, s.until_time),"
          + " expected_frames = COALESCE(excluded.expected_frames, s.expected_frames)";

  /** Something other than the state differs; unknown numbers never do. */
  private static final String DIFFERS =
      "excluded.source <> s.source OR excluded.convention <> s.convention"
          + " OR excluded.interval_ms <> s.interval_ms OR excluded.window_ms <> s.window_ms"
          + " OR (excluded.temperature IS NOT NULL"
          + " AND s.temperature IS DISTINCT FROM excluded.temperature)"
          + " OR (excluded.particles IS NOT NULL"
          + " AND s.particles IS DISTINCT FROM excluded.particles)"
          + " OR (excluded.targets IS NOT NULL AND s.targets IS DISTINCT FROM excluded.targets)"
          + " OR (excluded.until_time IS NOT NULL"
          + " AND s.until_time IS DISTINCT FROM excluded.until_time)"
          + " OR (excluded.expected_frames IS NOT NULL"
          + " AND s.expected_frames IS DISTINCT FROM excluded.expected_frames)";

  private static final String SQL =
      "INSERT INTO simulations AS s ("
          + String.join(", ", RowKind.SIMULATION.columns())
          + ", wall_started, wall_updated) VALUES ("
          + "?, ".repeat(RowKind.SIMULATION.columns().size())
          + "?, ?) ON CONFLICT (study, simulation) DO UPDATE SET source = excluded.source,"
          + " convention = excluded.convention, interval_ms = excluded.interval_ms,"
          + " window_ms = excluded.window_ms, "
          + KEEP_KNOWN
          + ", state = excluded.state, error = excluded.error,"
          + " wall_updated = excluded.wall_updated"
          + " WHERE s.identity = excluded.identity AND ((s.state <> excluded.state"
          + " AND NOT (s.state = 'finished' AND excluded.state IN ('running', 'paused')))"
          + " OR excluded.error <> s.error OR "
          + DIFFERS
          + ")";

  private static final String STORED =
      "SELECT identity FROM simulations WHERE study = ? AND simulation = ?";

  private SimulationUpsert() {}

  static void write(Connection connection, SimulationRow row, long wall)
      throws SQLException, DifferentInputException {
    try (PreparedStatement upsert = connection.prepareStatement(SQL)) {
      Object[] cells = row.cells();
      for (int i = 0; i < cells.length; i++) {
        Upsert.bind(upsert, i + 1, cells[i]);
      }
      upsert.setLong(cells.length + 1, wall);
      upsert.setLong(cells.length + 2, wall);
      upsert.executeUpdate();
    }
    try (PreparedStatement query = connection.prepareStatement(STORED)) {
      query.setString(1, row.study());
      query.setString(2, row.simulation());
      try (ResultSet found = query.executeQuery()) {
        if (found.next() && !found.getString(1).equals(row.identity())) {
          throw new DifferentInputException(row, found.getString(1));
        }
      }
    }
  }
}
