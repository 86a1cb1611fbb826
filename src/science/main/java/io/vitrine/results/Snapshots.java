package io.vitrine.results;

import io.vitrine.results.rows.SnapshotRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Forgets all but the newest snapshots of a simulation. */
final class Snapshots {
  private static final String KEY = " WHERE study = ? AND simulation = ?";
  private static final String PRUNE =
      "DELETE FROM snapshots"
          + KEY
          + " AND time_ms < (SELECT time_ms FROM snapshots"
          + KEY
          + " ORDER BY time_ms DESC LIMIT 1 OFFSET "
          + (SnapshotRow.KEPT - 1)
          + ")";

  private Snapshots() {}

  static void prune(Connection connection, SnapshotRow row) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(PRUNE)) {
      delete.setString(1, row.study());
      delete.setString(2, row.simulation());
      delete.setString(3, row.study());
      delete.setString(4, row.simulation());
      delete.executeUpdate();
    }
  }
}
