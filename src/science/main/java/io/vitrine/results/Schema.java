package io.vitrine.results;

import io.vitrine.results.rows.WindowRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * The tables and views, the same in every database. Columns {@code *_ms} are ms of simulation time,
 * {@code wall_*} ms since 1970; other times are in tau; unknown numbers are NULL.
 */
final class Schema {
  /** Raised whenever a statement below changes. */
  static final int VERSION = 3;

  private static final String SIMULATION_KEY = "study TEXT NOT NULL, simulation TEXT NOT NULL, ";
  private static final String COUNTER_KEY =
      SIMULATION_KEY
          + "model TEXT NOT NULL, model_version TEXT NOT NULL,"
          + " temperature DOUBLE PRECISION NOT NULL, "; // -1 where unknown

  private static final List<String> STATEMENTS =
      List.of(
          "CREATE TABLE schema_version (version INTEGER NOT NULL)",
          "INSERT INTO schema_version (version) VALUES (" + VERSION + ")",
          "CREATE TABLE simulations ("
              + SIMULATION_KEY
              + "identity TEXT NOT NULL, source TEXT NOT NULL, convention TEXT NOT NULL,"
              + " temperature DOUBLE PRECISION, particles BIGINT, targets BIGINT, interval_ms"
              + " BIGINT NOT NULL, window_ms BIGINT NOT NULL, until_time DOUBLE PRECISION,"
              + " expected_frames BIGINT, state TEXT NOT NULL, error TEXT NOT NULL, wall_started"
              + " BIGINT NOT NULL, wall_updated BIGINT NOT NULL, PRIMARY KEY (study, simulation))",
          "CREATE TABLE frames ("
              + SIMULATION_KEY
              + "time_ms BIGINT NOT NULL, step BIGINT NOT NULL,"
              + " potential_energy DOUBLE PRECISION, pressure DOUBLE PRECISION,"
              + " temperature DOUBLE PRECISION, frames_thinned BIGINT NOT NULL,"
              + " wall_seen BIGINT NOT NULL, PRIMARY KEY (study, simulation, time_ms))",
          "CREATE TABLE dead_letters ("
              + SIMULATION_KEY
              + "ordinal BIGINT NOT NULL, time DOUBLE PRECISION, place TEXT NOT NULL,"
              + " reason TEXT NOT NULL, wall_written BIGINT NOT NULL,"
              + " PRIMARY KEY (study, simulation, ordinal))",
          "CREATE TABLE windows ("
              + SIMULATION_KEY
              + "model TEXT NOT NULL, time_ms BIGINT NOT NULL, model_version TEXT NOT NULL,"
              + " n BIGINT NOT NULL, hops BIGINT NOT NULL, mean_p_hop DOUBLE PRECISION,"
              + " variance_p_hop DOUBLE PRECISION, min_p_hop DOUBLE PRECISION,"
              + " max_p_hop DOUBLE PRECISION, mean_score DOUBLE PRECISION,"
              + " sigma_score DOUBLE PRECISION, skewness_score DOUBLE PRECISION,"
              + " kurtosis_score DOUBLE PRECISION, largest_step DOUBLE PRECISION,"
              + lags("msd_%d DOUBLE PRECISION, ")
              + "wall_written BIGINT NOT NULL, PRIMARY KEY (study, simulation, model, time_ms))",
          "CREATE TABLE incomplete_windows ("
              + SIMULATION_KEY
              + "time_ms BIGINT NOT NULL, present BIGINT NOT NULL, wall_written BIGINT NOT NULL,"
              + " PRIMARY KEY (study, simulation, time_ms))",
          "CREATE TABLE counter_total ("
              + COUNTER_KEY
              + "windows BIGINT NOT NULL, wall_written BIGINT NOT NULL,"
              + " PRIMARY KEY (study, simulation, model, model_version, temperature))",
          "CREATE TABLE counter_bin ("
              + COUNTER_KEY
              + "bin BIGINT NOT NULL, bin_low DOUBLE PRECISION, bin_high DOUBLE PRECISION,"
              + " structures BIGINT NOT NULL, rearranging BIGINT NOT NULL,"
              + " PRIMARY KEY (study, simulation, model, model_version, temperature, bin))",
          "CREATE TABLE counter_block ("
              + COUNTER_KEY
              + "block_ms BIGINT NOT NULL, block BIGINT NOT NULL, windows BIGINT NOT NULL,"
              + " bins TEXT NOT NULL, wall_written BIGINT NOT NULL, PRIMARY KEY"
              + " (study, simulation, model, model_version, temperature, block_ms, block))",
          "CREATE TABLE histogram_total ("
              + SIMULATION_KEY
              + "kind TEXT NOT NULL, windows BIGINT NOT NULL, scale TEXT NOT NULL,"
              + " bins_per_unit BIGINT NOT NULL, first_bin BIGINT NOT NULL,"
              + " last_bin BIGINT NOT NULL, wall_written BIGINT NOT NULL,"
              + " PRIMARY KEY (study, simulation, kind))",
          "CREATE TABLE histogram_bin ("
              + SIMULATION_KEY
              + "kind TEXT NOT NULL, bin BIGINT NOT NULL, bin_low DOUBLE PRECISION,"
              + " bin_high DOUBLE PRECISION, count BIGINT NOT NULL,"
              + " PRIMARY KEY (study, simulation, kind, bin))",
          "CREATE TABLE notices ("
              + SIMULATION_KEY
              + "subject TEXT NOT NULL, count BIGINT NOT NULL, text TEXT NOT NULL,"
              + " wall_written BIGINT NOT NULL, PRIMARY KEY (study, simulation, subject))",
          "CREATE TABLE models ("
              + "study TEXT NOT NULL, model TEXT NOT NULL, version TEXT NOT NULL,"
              + " json TEXT NOT NULL, wall_written BIGINT NOT NULL,"
              + " PRIMARY KEY (study, model, version))",
          "CREATE TABLE conventions ("
              + SIMULATION_KEY
              + "name TEXT NOT NULL, value TEXT NOT NULL, wall_written BIGINT NOT NULL,"
              + " PRIMARY KEY (study, simulation, name))",
          "CREATE TABLE training_counts ("
              + SIMULATION_KEY
              + "rule TEXT NOT NULL, windows BIGINT NOT NULL, candidates BIGINT NOT NULL,"
              + " samples BIGINT NOT NULL, target BIGINT, threshold DOUBLE PRECISION,"
              + " wall_written BIGINT NOT NULL, PRIMARY KEY (study, simulation, rule))",
          "CREATE TABLE snapshots ("
              + SIMULATION_KEY
              + "time_ms BIGINT NOT NULL, model TEXT NOT NULL, lx DOUBLE PRECISION,"
              + " ly DOUBLE PRECISION, lz DOUBLE PRECISION, xy DOUBLE PRECISION,"
              + " xz DOUBLE PRECISION, yz DOUBLE PRECISION, count BIGINT NOT NULL,"
              + " payload TEXT NOT NULL, wall_written BIGINT NOT NULL,"
              + " PRIMARY KEY (study, simulation, time_ms))",
          "CREATE TABLE relaxation_values ("
              + SIMULATION_KEY
              + "species TEXT NOT NULL, observable TEXT NOT NULL,"
              + " wavevector DOUBLE PRECISION NOT NULL," // -1 where there is none
              + " lag_ms BIGINT NOT NULL, value DOUBLE PRECISION, error DOUBLE PRECISION,"
              + " blocks BIGINT NOT NULL, pairs BIGINT NOT NULL, wall_written BIGINT NOT NULL,"
              + " PRIMARY KEY (study, simulation, species, observable, wavevector, lag_ms))",
          "CREATE TABLE verdicts ("
              + SIMULATION_KEY
              + "time_ms BIGINT NOT NULL, verdict TEXT NOT NULL, since DOUBLE PRECISION,"
              + " tau_alpha DOUBLE PRECISION, tau_alpha_error DOUBLE PRECISION,"
              + " tau_alpha_above DOUBLE PRECISION, tau_alpha_below DOUBLE PRECISION,"
              + " reason TEXT NOT NULL, wall_written BIGINT NOT NULL,"
              + " PRIMARY KEY (study, simulation, time_ms))",
          "CREATE TABLE statics_values ("
              + SIMULATION_KEY
              + "time_ms BIGINT NOT NULL, quantity TEXT NOT NULL, wavevector DOUBLE PRECISION,"
              + " value DOUBLE PRECISION, wall_written BIGINT NOT NULL,"
              + " PRIMARY KEY (study, simulation, time_ms, quantity))",
          "CREATE TABLE pair_correlation_blocks ("
              + SIMULATION_KEY
              + "pair TEXT NOT NULL, time_ms BIGINT NOT NULL, frames BIGINT NOT NULL,"
              + " width DOUBLE PRECISION NOT NULL, g TEXT NOT NULL, wall_written BIGINT NOT NULL,"
              + " PRIMARY KEY (study, simulation, pair, time_ms))",
          "CREATE VIEW relaxation AS SELECT study, simulation, species, observable,"
              + " NULLIF(wavevector, -1) AS wavevector, lag_ms / 1000.0 AS lag, value, error,"
              + " blocks, pairs, wall_written FROM relaxation_values",
          "CREATE VIEW equilibrium AS SELECT study, simulation, time_ms / 1000.0 AS time, verdict,"
              + " since, tau_alpha, tau_alpha_error, reason, tau_alpha_above, tau_alpha_below,"
              + " wall_written FROM verdicts",
          "CREATE VIEW statics AS SELECT study, simulation, time_ms / 1000.0 AS time, quantity,"
              + " wavevector, value, wall_written FROM statics_values",
          "CREATE VIEW pair_correlation AS SELECT study, simulation, pair,"
              + " time_ms / 1000.0 AS time, frames, width, g, wall_written"
              + " FROM pair_correlation_blocks",
          "CREATE VIEW window_summary AS SELECT study, simulation, model, time_ms / 1000.0 AS time,"
              + " hops, mean_p_hop, n, CAST(hops AS DOUBLE PRECISION) / NULLIF(n, 0)"
              + " AS hop_fraction, variance_p_hop, min_p_hop, max_p_hop, mean_score, sigma_score,"
              + " skewness_score, kurtosis_score, largest_step,"
              + lags("msd_%d, ")
              + "model_version, wall_written FROM windows",
          "CREATE VIEW rearrangements AS SELECT b.study, b.simulation, b.model,"
              + " NULLIF(b.temperature, -1) AS temperature, b.bin_low, b.bin_high, b.structures,"
              + " b.rearranging, t.windows, b.model_version FROM counter_bin b"
              + " JOIN counter_total t ON t.study = b.study AND t.simulation = b.simulation"
              + " AND t.model = b.model AND t.model_version = b.model_version"
              + " AND t.temperature = b.temperature",
          "CREATE VIEW histograms AS SELECT b.study, b.simulation, b.kind, b.bin_low, b.bin_high,"
              + " b.count, t.windows FROM histogram_bin b JOIN histogram_total t"
              + " ON t.study = b.study AND t.simulation = b.simulation AND t.kind = b.kind");

  /** What stores of this version may lack that were made by earlier builds, by name. */
  private static final Map<String, String> ADDED =
      Map.of(
          "retention",
          "CREATE TABLE retention ("
              + SIMULATION_KEY
              + "due_ms BIGINT NOT NULL, done_ms BIGINT NOT NULL,"
              + " PRIMARY KEY (study, simulation))",
          "thinned_windows",
          "CREATE TABLE thinned_windows ("
              + SIMULATION_KEY
              + "block BIGINT NOT NULL, windows BIGINT NOT NULL, n BIGINT NOT NULL,"
              + " hops BIGINT NOT NULL, mean_p_hop BIGINT NOT NULL, seen TEXT NOT NULL,"
              + " PRIMARY KEY (study, simulation, block))",
          "thinned_predictions",
          "CREATE TABLE thinned_predictions ("
              + SIMULATION_KEY
              + "model TEXT NOT NULL, model_version TEXT NOT NULL, label TEXT NOT NULL,"
              + " block BIGINT NOT NULL, windows BIGINT NOT NULL, time_ms BIGINT NOT NULL,"
              + " r BIGINT NOT NULL, low BIGINT NOT NULL, high BIGINT NOT NULL,"
              + " seen TEXT NOT NULL, PRIMARY KEY"
              + " (study, simulation, model, model_version, label, block))",
          "hop_events",
          "CREATE TABLE hop_events ("
              + SIMULATION_KEY
              + "particle BIGINT NOT NULL, species TEXT NOT NULL, begin DOUBLE PRECISION NOT NULL,"
              + " time DOUBLE PRECISION NOT NULL, \"end\" DOUBLE PRECISION NOT NULL,"
              + " p_hop DOUBLE PRECISION NOT NULL, wall_written BIGINT NOT NULL,"
              + " PRIMARY KEY (study, simulation, begin, particle))",
          "predictions",
          "CREATE TABLE predictions ("
              + SIMULATION_KEY
              + "model TEXT NOT NULL, time DOUBLE PRECISION NOT NULL, model_version TEXT NOT NULL,"
              + " label TEXT NOT NULL, n BIGINT NOT NULL, r DOUBLE PRECISION, wall_written BIGINT"
              + " NOT NULL, PRIMARY KEY (study, simulation, model, time))",
          "window_totals",
          "CREATE VIEW window_totals AS SELECT study, simulation,"
              + " CAST(time_ms AS DOUBLE PRECISION) / 1000 AS time,"
              + " MAX(n) AS n, MAX(hops) AS hops, CAST(MAX(hops) AS DOUBLE PRECISION)"
              + " / NULLIF(MAX(n), 0) AS hop_fraction, MAX(mean_p_hop) AS mean_p_hop,"
              + " MAX(variance_p_hop) AS variance_p_hop, MIN(min_p_hop) AS min_p_hop,"
              + " MAX(max_p_hop) AS max_p_hop, MAX(largest_step) AS largest_step"
              + lags(", MAX(msd_%1$d) AS msd_%1$d")
              + " FROM windows GROUP BY study, simulation, time_ms");

  private Schema() {}

  /**
   * Creates what is missing in the current transaction, for which other starting processes wait;
   * refuses a store of another version.
   */
  static void ensure(Connection connection, Dialect dialect) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      dialect.lockSchema(statement);
      if (!dialect.schemaStands(statement)) {
        for (String sql : STATEMENTS) {
          statement.executeUpdate(sql);
        }
        for (String sql : dialect.storage()) {
          statement.executeUpdate(sql);
        }
      }
      check(statement);
      for (Map.Entry<String, String> each : ADDED.entrySet()) {
        if (!dialect.has(statement, each.getKey())) {
          statement.executeUpdate(each.getValue());
        }
      }
    }
  }

  /** Refuses a database without our schema, or with another version of it. */
  static void check(Connection connection, Dialect dialect) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!dialect.schemaStands(statement)) {
        throw new SQLException("it holds no results (no table schema_version)");
      }
      check(statement);
    }
  }

  /** Whether a table has rows. */
  static boolean holds(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
      return found.next();
    }
  }

  private static void check(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery("SELECT version FROM schema_version")) {
      int version = found.next() ? found.getInt(1) : 0;
      if (version != VERSION) {
        throw new SQLException("its schema_version must be " + VERSION + ", but was " + version);
      }
    }
  }

  private static String lags(String format) {
    StringBuilder text = new StringBuilder();
    for (int lag = 1; lag <= WindowRow.LAGS; lag++) {
      text.append(String.format(format, lag));
    }
    return text.toString();
  }
}
